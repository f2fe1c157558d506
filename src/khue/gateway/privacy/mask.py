"""What a call hides, and puts back."""

from uuid import UUID

from khue.gateway.privacy.pseudonyms import Pseudonyms, Restorer


class Mask:
    """The pseudonyms of one conversation, or of one call only."""

    def __init__(self, pseudonyms: Pseudonyms, conversation_id: UUID | None = None) -> None:
        self._pseudonyms, self._conversation_id = pseudonyms, conversation_id

    @classmethod
    def open(cls, conversation_id: UUID | None) -> "Mask":
        """With what the conversation has hidden so far; None: nothing is kept. Raises VaultNotReadable."""
        if conversation_id is None:
            return cls(Pseudonyms())
        from khue.gateway.privacy import vault

        return cls(vault.load(conversation_id), conversation_id)

    def hide(self, text: str) -> str:
        """Raises DetectorFailed, and then nothing may be sent."""
        return self._pseudonyms.hide(text)

    def restore(self, text: str) -> str:
        return self._pseudonyms.restore(text)

    def restorer(self, *, within_json: bool = False) -> Restorer:
        """For a stream: `feed(piece)`, then `end()`. `within_json`: the text is JSON, values are quoted as its strings
        are."""
        return self._pseudonyms.restorer(within_json=within_json)

    @property
    def counts(self) -> dict[str, int]:
        """How many were hidden since this was opened, by type."""
        return dict(self._pseudonyms.counts)

    def save(self) -> None:
        """Encrypted, until KHUE_PSEUDONYM_DAYS after the last use."""
        if self._conversation_id is not None:
            from khue.gateway.privacy import vault

            vault.save(self._conversation_id, self._pseudonyms)
