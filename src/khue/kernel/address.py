"""Who can reach a server that listens on an address, and by which address others reach its pages."""

import ipaddress
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

# the settings themselves read this file, before Django is there
if TYPE_CHECKING:
    from django.http import HttpRequest


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def likely(origins: Iterable[str], hosts: Iterable[str], *, https: bool, port: int) -> str:
    """What an installation that does not say so is reached by; patterns for many hosts name none."""
    known = [*origins, *(f"https://{host}" if https else f"http://{host}:{port}" for host in hosts)]
    return next((one for one in known if "*" not in one and "//." not in one), f"http://localhost:{port}")


def hosts_of(address: str) -> list[str]:
    """The host of an address as Django's ALLOWED_HOSTS names it; none where there is none."""
    host = urlsplit(address).hostname
    return [host] if host else []


def outside(request: "HttpRequest", path: str) -> str:
    """The whole address of a page, for letters, slips, calendars and QR codes: under KHUE_ADDRESS whichever way this
    request came, unless that is this machine's own, which nobody else can follow."""
    if is_loopback(urlsplit(settings.KHUE_ADDRESS).hostname or ""):
        return request.build_absolute_uri(path)
    return str(settings.KHUE_ADDRESS) + path


def is_only_here(request: "HttpRequest") -> bool:
    """Whether nobody else could follow an address that this request is answered with."""
    return is_loopback(urlsplit(outside(request, "/")).hostname or "")
