"""What is this thing called, so that nobody can guess its neighbour?"""

import uuid


def new_id() -> str:
    """A fresh random id (UUID version 4, RFC 9562) as a string.

    >>> len(new_id())
    36
    """
    return str(uuid.uuid4())


def is_id(text: str) -> bool:
    """Whether the text is an id as we write them: lower case, with dashes.

    >>> is_id("2f1c1b5e-0c7e-4a52-9b3e-3a1f5d0c7e4a"), is_id("12")
    (True, False)
    """
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
