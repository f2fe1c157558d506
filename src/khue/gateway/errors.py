"""What can go wrong on the way to a model, in words for the person who asked."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from khue.gateway.policy.rules import Decision
from khue.gateway.zones import Zone
from khue.kernel.errors import UserError
from khue.ui import formats


class GatewayError(UserError):
    """The root of all errors of a model call; the ledger has a row for each."""


class NoModel(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("No language model is switched on here. Search and quoted passages work without one; "
              "an administrator can switch a model on.")
        )  # fmt: skip


class ModelUnreachable(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("The language model does not answer at the moment. Nothing was lost; please try again in a minute.")
        )


class ModelDied(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("The language model stopped in the middle of its answer. What had arrived is kept, but it is incomplete; "
              "please ask again.")
        )  # fmt: skip


class ModelTooSlow(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("The language model took too long and the call was ended. It may be busy; please try again in a minute.")
        )


class ModelRefused(GatewayError):
    """The server answered, but not with an answer: a wrong key, an unknown model, a request it does not take."""

    def __init__(self, said: str, *, status: int = 0) -> None:
        super().__init__(
            _("The language model's server did not accept the request. An administrator can find its reason "
              "in the record of model calls.")
        )  # fmt: skip
        self.said = said
        self.status = status


class ModelFlooded(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("The language model's server sent far more than was asked for, and the call was ended. "
              "Please ask again; if it happens often, tell an administrator.")
        )  # fmt: skip


class ContextTooLong(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("This text is too long for the language model. Please shorten it or choose fewer documents.")
        )


class NoEmbeddings(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("Search by meaning is not available at the moment; search by words works. Please try again in a minute.")
        )


class UnknownAlias(GatewayError):
    def __init__(self) -> None:
        super().__init__(_("There is no model of this name here. Please choose one of the list."))


class ClassNotAllowed(GatewayError):
    """The policy lets data of this class go to none of the servers asked for; `decision` is that for the first, which
    stands in `zone`."""

    def __init__(self, decision: Decision, zone: Zone) -> None:
        super().__init__(_("Nothing was sent. %(reason)s %(what_to_do)s"))
        self.decision, self.zone = decision, zone

    def __str__(self) -> str:
        return str(self.message) % {"reason": self.decision.reason, "what_to_do": self.decision.what_to_do}


class QueueFull(GatewayError):
    """`waiting`: how many are before the same model."""

    def __init__(self, *, waiting: int) -> None:
        super().__init__(
            ngettext_lazy(
                "The language model is very busy: %(count)s question is waiting, and no more is taken for now. "
                "Nothing was sent; please try again in a few minutes.",
                "The language model is very busy: %(count)s questions are waiting, and no more are taken for now. "
                "Nothing was sent; please try again in a few minutes.",
                "count",
            )
            % {"count": waiting}
        )
        self.waiting = waiting


class TooManyAtOnce(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("Several of your own questions are waiting already. Please wait until one of them is answered.")
        )


class BudgetSpent(GatewayError):
    """`name` is that of the budget that is too small, `retry_after_s` when it is renewed."""

    def __init__(self, *, name: str, tokens: int, left: int, need: int, renews: date, seconds: int) -> None:
        super().__init__(
            _("%(budget)s is not enough: of %(tokens)s tokens %(left)s are left, and this needs %(need)s at least. "
              "It is renewed on %(day)s. Nothing was sent.")
        )  # fmt: skip
        self.name, self.tokens, self.left, self.need = name, tokens, left, need
        self.renews, self.retry_after_s = renews, seconds

    def __str__(self) -> str:
        return str(self.message) % {
            "budget": BUDGET_NAMES[self.name],
            "tokens": formats.number(self.tokens),
            "left": formats.number(self.left),
            "need": formats.number(self.need),
            "day": formats.day(self.renews),
        }


BUDGET_NAMES = {
    "person-day": _("Your budget for today"),
    "person-month": _("Your budget for this month"),
    "group-day": _("The budget of your group for today"),
    "group-month": _("The budget of your group for this month"),
    "organisation-day": _("The budget of your organisation for today"),
    "organisation-month": _("The budget of your organisation for this month"),
}


class ClassAboveKey(GatewayError):
    """A personal key allows less than the texts turned out to hold."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was sent: the texts hold data of a higher class than this key allows. "
              "Make a key that allows it, or leave out what raises the class.")
        )  # fmt: skip
