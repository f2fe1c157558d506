"""How many of the credentials in a folder openbadgeslib accepts: python open_badges.py FOLDER → JSON."""

import json
import sys
import time
from pathlib import Path

from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError


def main(folder: Path) -> None:
    verifiers: dict[str, OB3LdpVerifier] = {}
    started, verified, refused = time.perf_counter(), 0, []
    for path in sorted(folder.iterdir()):
        issuer = json.loads(path.read_bytes())["issuer"]["id"]
        verifier = verifiers.setdefault(issuer, OB3LdpVerifier.for_issuer_did(issuer))
        try:
            verifier.verify(path.read_bytes())
            verified += 1
        except OB3VerificationError:
            refused.append(path.name)
    print(json.dumps({"verified": verified, "refused": refused, "seconds": time.perf_counter() - started}))


main(Path(sys.argv[1]))
