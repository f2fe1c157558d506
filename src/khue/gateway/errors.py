"""What can go wrong on the way to a model, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from khue.kernel.errors import UserError


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

    def __init__(self, said: str) -> None:
        super().__init__(
            _("The language model's server did not accept the request. An administrator can find its reason "
              "in the record of model calls.")
        )  # fmt: skip
        self.said = said


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


class ClassNotAllowed(GatewayError):
    def __init__(self) -> None:
        super().__init__(
            _("This data is classed as secret, and secret data is never given to a model. Nothing was sent.")
        )


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
