"""Records of Viet Nam's national portal of public services: their flattened fields become a structure again."""

from khue.domains.procedures.portal.procedure import NotAProcedure, Procedure, parse
from khue.domains.procedures.portal.prose import Section, sections

__all__ = ["NotAProcedure", "Procedure", "Section", "parse", "sections"]
