"""What the gateway's terms are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.gateway.classes import DataClass
from khue.gateway.policy.rules import Ruling
from khue.gateway.zones import Zone

CLASS_NAMES = {
    DataClass.PUBLIC: _("Public"),
    DataClass.INTERNAL: _("Internal"),
    DataClass.CONFIDENTIAL: _("Confidential"),
    DataClass.SECRET: _("Secret"),
}
ZONE_NAMES: dict[str, Promise] = {
    Zone.MACHINE: _("This machine"),
    Zone.INSTITUTION: _("Institution"),
    Zone.COUNTRY: _("Country"),
    Zone.ABROAD: _("Abroad"),
    "refused": _("Refused"),
}
DECISION_NAMES = {
    "allow": _("Allowed"),
    "pseudonymise": _("Hidden first"),
    "deny": _("Denied"),
}
# what an organisation can make of a cell
STRICTER_NAMES = {
    Ruling.PSEUDONYMISE: _("Hide identifiers first"),
    Ruling.DENY: _("Deny"),
}
OUTCOME_NAMES = {
    "done": _("Done"),
    "refused": _("Refused"),
    "failed": _("Failed"),
    "cancelled": _("Stopped"),
    "started": _("Running"),
    "interrupted": _("Broken off"),
}
KIND_NAMES = {
    "calls": _("Calls of models"),
    "class": _("Decisions about classes"),
    "policy": _("Changes of policy"),
    "key": _("Personal keys"),
    "egress": _("Refused connections"),
    "database": _("Databases that were read"),
}
TOOL_NAMES = {
    "ask": pgettext_lazy("tool", "Ask documents"),
    "search": pgettext_lazy("tool", "Search"),
    "ingest": pgettext_lazy("tool", "Reading documents in"),
    "cli": pgettext_lazy("tool", "Command line"),
    "v1": pgettext_lazy("tool", "Personal keys (API)"),
}
# the errors of gateway.errors as a report names them
REASON_NAMES = {
    "ClassNotAllowed": _("The policy does not let this class go to any model that is connected"),
    "DeniedByPolicy": _("The policy does not let this class go to any model that is connected"),
    "StateSecret": _("State secret"),
    "DetectorFailed": _("It could not be checked for personal data"),
    "BudgetSpent": _("The budget of tokens was spent"),
    "QueueFull": _("Too many were waiting"),
    "KeyRevoked": _("The key was revoked"),
    "AccountClosed": _("The account was closed"),
    "NoModel": _("No model is switched on"),
    "NoEmbeddings": _("Search by meaning was not available"),
    "ModelUnreachable": _("The model did not answer"),
    "ContextTooLong": _("The text was too long for the model"),
}
