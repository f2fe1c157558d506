#!/usr/bin/env python3
"""Checks a proof from a Khuê ledger, without Khuê: python verify_proof.py PROOF.json [--key KEY] [--checkpoint FILE]

Needs Python 3.9 and the package `cryptography`. What is checked, in the words of RFC 9162 and of signed notes:

- that the checkpoint bears an Ed25519 signature of the ledger: of KEY, if you give the one that you were given (compare
  it with what `khue ledger key` says there); otherwise of the key in the proof, which then proves no more than that all
  was signed by one and the same;
- that each entry of the proof is in the tree of that checkpoint, at its number, word for word;
- for a proof of growth: that the tree of the checkpoint begins with the tree of the older one, and with --checkpoint,
  that the older one is the very one which you hold.

Exit 0: it holds. 1: it does not. 2: the file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    """The proof does not hold."""


def leaf_hash(payload):
    return hashlib.sha256(b"\0" + payload).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def signed(note, key):
    """(name, number of entries, root) of a checkpoint that `key` (NAME+ID+KEY) has signed."""
    name, key_id, encoded = key.split("+", 2)
    public = base64.b64decode(encoded)
    if public[0] != 1 or hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex() != key_id:
        raise Wrong("the public key does not fit its own name")
    text, _, lines = note.partition("\n\n")
    for line in lines.splitlines():
        dash, signer, value = line.split(" ")
        value = base64.b64decode(value)
        if dash == "\u2014" and signer == name and value[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(value[4:], (text + "\n").encode())
            except InvalidSignature:
                raise Wrong(f"the checkpoint was changed after {name} signed it") from None
            origin, size, root = text.split("\n")[:3]
            if origin != name:
                raise Wrong(f"the checkpoint is of {origin}, the signature of {name}")
            return int(size), base64.b64decode(root)
    raise Wrong(f"the checkpoint is not signed by {name}")


def check_entry(entry, size, root):
    number, payload = entry["number"], entry["payload"]
    if json.loads(payload).get("#") != number:
        raise Wrong(f"entry {number} calls itself otherwise")
    place, last, found = number - 1, size - 1, leaf_hash(payload.encode())
    if not 0 <= place <= last:
        raise Wrong(f"entry {number} is not among the {size} that were signed for")
    for step in map(base64.b64decode, entry["path"]):
        if last == 0:
            raise Wrong(f"the path of entry {number} is too long")
        if place & 1 or place == last:
            found = node_hash(step, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise Wrong(f"entry {number} is not what was signed for")


def check_growth(first, first_root, size, root, path):
    if first == size:
        if path or first_root != root:
            raise Wrong("the two checkpoints have the same size and do not say the same")
        return
    if not 0 < first < size or not path:
        raise Wrong("the path does not fit the two checkpoints")
    steps = [first_root, *path] if first & (first - 1) == 0 else path
    place, last = first - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise Wrong("the path is too long")
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    if last or old != first_root or new != root:
        raise Wrong("the ledger was not only added to since the older checkpoint")


def check(proof, key, held):
    """The lines to print."""
    key = key or proof["public_key"]
    size, root = signed(proof["checkpoint"], key)
    if proof["format"] == "khue-entries-1":
        for entry in proof["entries"]:
            check_entry(entry, size, root)
            yield f"entry {entry['number']} of {size}: {entry['payload']}"
    elif proof["format"] == "khue-growth-1":
        old = proof["old_checkpoint"]
        if held is not None and held.partition("\n\n")[0] != old.partition("\n\n")[0]:
            raise Wrong("the older checkpoint is not the one that you hold")
        first, first_root = signed(old, key)
        check_growth(first, first_root, size, root, [base64.b64decode(step) for step in proof["path"]])
        yield f"the ledger of {size} entries continues the one of {first}"
    else:
        raise ValueError(f"unknown format {proof['format']}")
    yield f"signed by {key}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("proof")
    parser.add_argument("--key", help="the ledger's public key, as you were given it: NAME+ID+KEY")
    parser.add_argument("--checkpoint", help="the older checkpoint that you hold, for a proof of growth")
    asked = parser.parse_args()
    try:
        with open(asked.proof, encoding="utf-8") as file:
            proof = json.load(file)
        held = None
        if asked.checkpoint:
            with open(asked.checkpoint, encoding="utf-8", newline="") as file:
                held = file.read()
        for line in list(check(proof, asked.key, held)):
            print(line)
    except Wrong as wrong:
        print(f"The proof does not hold: {wrong}.", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
        print(f"The proof cannot be read: {problem!r}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
