"""Where tools run: a frame of an origin of its own, without a way out."""

from khue.domains.prototypes.sandboxing.frame import POLICY, headers, shell

__all__ = ["POLICY", "headers", "shell"]
