"""A tool as one file: what was built, its parts and its policy. Works without a network, from a disk, on paper."""

from khue.domains.prototypes.assembling.file import assemble, insert
from khue.domains.prototypes.assembling.policy import policy, seal

__all__ = ["assemble", "insert", "policy", "seal"]
