"""One headless Chromium for as many tools as there are to try."""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from khue.domains.prototypes.browsing.pipe import Gone, Hung, Pipe, Refused
from khue.domains.prototypes.browsing.tab import Tab

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--mute-audio",
    # no name is ever looked up and no address reached, whatever the tool tries
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
START = 40
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


class NoBrowser(RuntimeError):
    """No Chromium on this machine, or it does not start."""


def program() -> str | None:
    named = os.environ.get("KHUE_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class Chromium:
    """`with Chromium() as browser: with browser.tab() as tab: …`; raises NoBrowser."""

    def __enter__(self) -> "Chromium":
        path = program()
        if path is None:
            raise NoBrowser("no Chromium on this machine")
        self._home = tempfile.mkdtemp(prefix="khue-browser-")
        try:
            self._start(path)
        except (OSError, TimeoutError, RuntimeError) as error:
            self._end()
            raise NoBrowser("Chromium does not start") from error
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._end()

    @contextmanager
    def tab(self, *, width: int = 1280, height: int = 800, dark: bool = False, paper: bool = False) -> Iterator[Tab]:
        """With storage of its own, gone afterwards; a hung one ends with its process."""
        context = self.pipe.call("Target.createBrowserContext")["browserContextId"]
        target = self.pipe.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.pipe.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        try:
            yield Tab(self.pipe, session, width=width, height=height, dark=dark, paper=paper)
        finally:
            with suppress(Gone, Hung, Refused):
                self.pipe.call("Target.disposeBrowserContext", browserContextId=context)

    def _start(self, path: str) -> None:
        self._pid = 0
        to_child, ours_out = _pair()
        ours_in, from_child = _pair()
        # only for root, under whom Chromium's own sandbox cannot start
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        pipes = [(os.POSIX_SPAWN_DUP2, to_child, 3), (os.POSIX_SPAWN_DUP2, from_child, 4)]
        arguments = [path, *ARGUMENTS, *sandbox, f"--user-data-dir={self._home}", "about:blank"]
        self._pid = os.posix_spawn(path, arguments, _bare(), file_actions=[*quiet, *pipes], setpgroup=0)
        os.close(to_child)
        os.close(from_child)
        self.pipe = Pipe(ours_in, ours_out)
        self.pipe.call("Browser.getVersion", seconds=START)

    def _end(self) -> None:
        if pid := getattr(self, "_pid", 0):
            self._ask_to_close()
            with _gone_already():
                os.killpg(pid, signal.SIGKILL)
            with _gone_already():
                os.waitpid(pid, 0)
        if pipe := getattr(self, "pipe", None):
            pipe.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _ask_to_close(self) -> None:
        try:
            self.pipe.call("Browser.close", seconds=2)
        except (AttributeError, Hung, Gone, RuntimeError):
            return


@contextmanager
def _gone_already() -> Iterator[None]:
    try:
        yield
    except (ProcessLookupError, ChildProcessError):
        return


def _bare() -> dict[str, str]:
    """Nothing that this process was told in secret goes to the browser."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def _pair() -> tuple[int, int]:
    """Ends above the numbers that the browser takes, closed in every other child."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in low)
    for one in low:
        os.close(one)
    return high[0], high[1]
