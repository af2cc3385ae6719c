"""Which e-mail address stands in this cell, and could it be a mailbox that people share?"""

import re

LONGEST_ADDRESS = 254  # characters, RFC 5321
_ADDRESS = re.compile(r"[^@\s,;:<>()\"\\]{1,64}@[^@\s,;:<>()\"\\.]+(?:\.[^@\s,;:<>()\"\\.]+)+")
_SHARED = frozenset(
    ("info", "office", "admin", "administration", "enquiries", "enquiry", "contact", "contactus", "contacts",
     "hello", "hi", "mail", "email", "post", "team", "reception", "secretary", "clerk", "support", "help",
     "helpdesk", "general", "feedback", "noreply", "no-reply", "press", "media", "hr", "finance", "sales",
     "bookings", "customerservices", "customerservice", "democraticservices", "councillors", "members",
     "committee", "trustees", "board", "chair", "ceo", "manager", "director", "volunteers", "volunteering")
)  # fmt: skip


def address_in(cell: str) -> tuple[str, str]:
    """The address in a cell, in small letters, and what to tell about the cell; both may be blank.

    Of several the first is taken. What stands behind a plus sign belongs to the address.

    >>> address_in("Ann Lee <Ann.Lee+work@Town.example>"), address_in("tbc")
    (('ann.lee+work@town.example', ''), ('', '“tbc” is no e-mail address, so none is kept.'))
    """
    if not cell.strip():
        return "", ""
    pieces = [piece.strip(" \t<>()'\".").removeprefix("mailto:") for piece in re.split(r"[\s,;<>]+", cell)]
    met = [piece.lower() for piece in pieces if _ADDRESS.fullmatch(piece)]
    if not met or len(met[0]) > LONGEST_ADDRESS:
        return "", f"“{cell[:60]}” is no e-mail address, so none is kept."
    if len(set(met)) > 1:
        return met[0], f"There are {len(set(met))} e-mail addresses; the first, {met[0]}, is kept."
    return met[0], ""


def is_shared(address: str) -> bool:
    """Whether an address is by its name a mailbox of several people.

    >>> is_shared("info@town.example"), is_shared("ann@town.example")
    (True, False)
    """
    return address.partition("@")[0].partition("+")[0] in _SHARED
