"""What is wrong in a definition, by a code that pages put into words."""


class Fault(ValueError):
    """`code`: site, hours, hours-order; `value`: what was written. Its text is for files and programs."""

    def __init__(self, code: str, value: str, text: str) -> None:
        super().__init__(text)
        self.code, self.value = code, value
