"""What went wrong, why, and what can a person do next?"""


class FolkmootError(Exception):
    """One error family: a sentence, the reason for it, and the next step.

    >>> str(FolkmootError("This file was not read.", "It is empty.", "Choose another file."))
    'This file was not read. It is empty. Choose another file.'
    """

    def __init__(self, sentence: str, reason: str = "", next_step: str = "") -> None:
        super().__init__(sentence, reason, next_step)
        self.sentence = sentence
        self.reason = reason
        self.next_step = next_step

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.reason, self.next_step) if part)


class NotAllowed(FolkmootError):
    """This actor may not do this."""


class NotFound(FolkmootError):
    """There is no such thing, or none that this actor may see: outsiders cannot tell which."""


class Refused(FolkmootError):
    """What was handed in cannot be used as it is; nothing was changed."""

    def __init__(self, sentence: str, reason: str = "", next_step: str = "", *, field: str = "") -> None:
        super().__init__(sentence, reason, next_step)
        self.field = field
