"""The data class of what is taken along, in words: at its beginning, at its end, and for programs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.gateway.classes import DataClass

NAMES = {
    DataClass.PUBLIC: gettext_lazy("Public"),
    DataClass.INTERNAL: gettext_lazy("Internal"),
    DataClass.CONFIDENTIAL: gettext_lazy("Confidential"),
}


def stamp(data_class: DataClass) -> str:
    return _("Data class: %(name)s") % {"name": NAMES[data_class]}


def rule(data_class: DataClass) -> str:
    """What whoever holds the file must keep to."""
    if data_class == DataClass.PUBLIC:
        return _("Everybody may read this file.")
    if data_class == DataClass.INTERNAL:
        return _("For use inside the institution; do not publish or pass on.")
    return _(
        "Holds personal or sensitive data. Only for those whose task needs it; no services outside the institution."
    )


def mark(data_class: DataClass) -> str:
    """As programs read it: "confidential"."""
    return data_class.name.lower()
