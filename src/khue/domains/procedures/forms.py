"""What the list can be narrowed by."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.procedures.queries.procedures import Wanted

LEVELS = [
    ("", _("All levels")),
    ("Cấp xã", pgettext_lazy("level of a procedure", "Commune")),
    ("Cấp tỉnh", pgettext_lazy("level of a procedure", "Province")),
    ("Cấp bộ", pgettext_lazy("level of a procedure", "Ministry")),
    ("Cơ quan khác", pgettext_lazy("level of a procedure", "Other bodies")),
]


class Filter(forms.Form):
    q = forms.CharField(label=_("Name or code"), required=False, max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=LEVELS)
    within = forms.DecimalField(label=_("At most days"), required=False, min_value=0, max_value=1000)
    online = forms.BooleanField(label=_("Can be done online"), required=False)
    free = forms.BooleanField(label=_("Free of charge"), required=False)

    def __init__(self, *args: object, sectors: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _("All sectors")), *((sector, sector) for sector in sectors)]
        self.fields["sector"].choices = choices  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs |= {"type": "search", "autocomplete": "off"}
        self.fields["within"].widget.attrs |= {"inputmode": "numeric"}

    def wanted(self) -> Wanted:
        """What can be used of the fields; a field in error narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        within = given.get("within")
        return Wanted(
            words=given.get("q", ""),
            sector=given.get("sector", ""),
            level=given.get("level", ""),
            online=bool(given.get("online")),
            free=bool(given.get("free")),
            within=Decimal(within) if within is not None else None,
        )
