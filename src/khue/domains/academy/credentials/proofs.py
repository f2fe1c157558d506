"""Data Integrity proofs, cryptosuite eddsa-rdfc-2022 (W3C Recommendation “Data Integrity EdDSA Cryptosuites v1.0”)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from khue.domains.academy.credentials import multibase
from khue.domains.academy.credentials.canonical import NotCanonical, digest

Json = dict[str, Any]
SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}
FIELDS = {*SUITE, "created", "verificationMethod", "proofValue"}


class BadProof(ValueError):
    """The proof is not there, not of this suite, or does not fit the document."""


@dataclass(frozen=True)
class Key:
    """A private key, by its 32 bytes."""

    seed: bytes

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    @property
    def did(self) -> str:
        return multibase.did(self.public)

    def sign(self, octets: bytes) -> bytes:
        return self._private.sign(octets)

    def __repr__(self) -> str:
        return f"Key({self.did})"


def signed(document: Mapping[str, Any], key: Key, *, at: datetime) -> Json:
    """The document with a proof. Raises NotCanonical where it says what no context defines."""
    proof: Json = SUITE | {"created": stamp(at), "verificationMethod": multibase.method(key.did)}
    value = "z" + multibase.base58(key.sign(_hashes(document, proof)))
    return {**document, "proof": proof | {"proofValue": value}}


def check(document: Mapping[str, Any]) -> str:
    """The did:key that signed exactly this document. Raises BadProof."""
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise BadProof("no proof")
    if set(proof) != FIELDS or any(proof[name] != value for name, value in SUITE.items()):
        raise BadProof("not one proof of eddsa-rdfc-2022")
    if not all(isinstance(value, str) for value in proof.values()):
        raise BadProof("not one proof of eddsa-rdfc-2022")
    did = str(proof["verificationMethod"]).partition("#")[0]
    try:
        public = multibase.from_multikey(did.removeprefix(multibase.DID))
        signature = multibase.from_base58(proof["proofValue"].removeprefix("z"))
    except multibase.NotReadable:
        raise BadProof("key or signature cannot be read") from None
    if proof["verificationMethod"] != multibase.method(did) or not did.startswith(multibase.DID):
        raise BadProof("the key is not named as did:key names it")
    body = {name: value for name, value in document.items() if name != "proof"}
    try:
        hashes = _hashes(body, {name: value for name, value in proof.items() if name != "proofValue"})
        Ed25519PublicKey.from_public_bytes(public).verify(signature, hashes)
    except NotCanonical as error:
        raise BadProof(str(error)) from None
    except InvalidSignature:
        raise BadProof("the signature does not fit") from None
    return did


def written(document: Mapping[str, Any]) -> str:
    """As a file for people and programs to read."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _hashes(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    return digest({"@context": document.get("@context"), **proof}) + digest(document)
