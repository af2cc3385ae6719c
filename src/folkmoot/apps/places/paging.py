"""Which page of a long list is this, and which rows stand on it?"""

from dataclasses import dataclass

A_PAGE = 50  # rows on one page of a list
MOST_CHOICES = 200  # people to choose from in one box; among more one is found by name


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of a long list this is; the query is the list's filter, ending in &."""

    number: int
    last: int
    query: str = ""
    size: int = A_PAGE

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def rows(self) -> slice:
        """The rows of the whole list that stand on this page."""
        return slice((self.number - 1) * self.size, self.number * self.size)


def page_of(total: int, number: int, query: str = "", size: int = A_PAGE) -> Pages:
    """The page with that number, or the nearest that there is."""
    last = max(-(-total // size), 1)
    return Pages(min(max(number, 1), last), last, query, size)


def page_asked(text: str) -> int:
    """The number of the page that an address asks for; the first where it asks for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
