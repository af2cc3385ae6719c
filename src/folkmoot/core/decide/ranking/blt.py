"""What does a BLT file hold, and how is one written?"""

import re
from dataclasses import dataclass, replace

from folkmoot.core.decide.ranking.ballots import Candidate, Ranked, Rankings, Tiers
from folkmoot.core.kernel.errors import Refused

MOST_CANDIDATES = 1_000
MOST_DIGITS = 9  # of a count: sums stay far within 64 bits
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of the file, or what stands in quotes."""

    text: str
    line: int
    quoted: bool = False


def read_blt(text: str) -> Rankings:
    """The ballots of a BLT file, the format of most programs for STV.

    First how many candidates and seats; then, each with a minus, the numbers of those who withdrew; then
    the ballots: how many people, the candidates in order, 0. `=` puts two in one place, `-` is a place left
    empty, a ballot's id in brackets is passed over. A single 0 ends the ballots; then the names in quotes and
    a title. `#` begins a remark. Candidates are known by their numbers.

    Raises Refused, with the line, for whatever does not fit.

    >>> held = read_blt('2 1 5 1 2 0 3 2 0 0 "Anna" "Ben" "Treasurer"'.replace(" 0 ", " 0" + chr(10)))
    >>> held.title, [one.name for one in held.candidates], [one.count for one in held.ballots]
    ('Treasurer', ['Anna', 'Ben'], [5, 3])
    """
    return _Reader(_words(text)).all()


def write_blt(rankings: Rankings, seats: int = 1) -> str:
    """The same ballots as a BLT file, for so many seats; names are the ids where there are none.

    >>> print(write_blt(read_blt('2 1\\n5 1 2 0\\n0\\n"Anna"\\n"Ben"\\n"Treasurer"')), end="")
    2 1
    5 1 2 0
    0
    "Anna"
    "Ben"
    "Treasurer"
    """
    lines = [f"{len(rankings.candidates)} {seats}"]
    if rankings.withdrawn:
        lines.append(" ".join(f"-{one + 1}" for one in sorted(rankings.withdrawn)))
    for ballot in (one for one in rankings.ballots if one.count):  # a 0 would end the ballots
        places = ["=".join(str(one + 1) for one in tier) for tier in ballot.tiers]
        lines.append(" ".join([str(ballot.count), *places, "0"]))
    lines.append("0")
    lines += [_quoted(one.name or one.id) for one in rankings.candidates]
    lines.append(_quoted(rankings.title))
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(text: str) -> list[_Word]:
    told = []
    for number, line in enumerate(text.splitlines(), 1):
        at = 0
        while at < len(line):
            if line[at].isspace():
                at += 1
            elif line[at] == "#":
                break
            elif found := _WORD.match(line, at):
                quoted = found.group(1) is not None
                inside = re.sub(r"\\(.)", r"\1", found.group(1)) if quoted else found.group(2)
                told.append(_Word(inside, number, quoted))
                at = found.end()
            else:
                raise wrong("A quotation mark is not closed.", number)
    return told


def is_count(text: str) -> bool:
    """Whether it is a whole number that counts people, candidates or seats.

    >>> [is_count(text) for text in ("12", "-1", "²", "1" * 10)]
    [True, False, False, False]
    """
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def wrong(reason: str, line: int) -> Refused:
    """The refusal of a file, with the line on which it goes wrong."""
    where = f"Line {line}: " if line else ""
    return Refused("This file was not read.", where + reason, "Correct it and try again.", field="ballots")


class _Reader:
    """The words one after the other."""

    def __init__(self, words: list[_Word]) -> None:
        self.words, self.at = words, 0
        self.length = 0

    def all(self) -> Rankings:
        if not self.words:
            raise wrong("It is empty.", 0)
        self.length, seats = self._number("how many candidates there are"), self._number("how many seats")
        if self.length < 1 or seats < 1:
            raise wrong("There is not at least one candidate and one seat.", self.words[0].line)
        if self.length > MOST_CANDIDATES:
            raise wrong(f"There are more than {MOST_CANDIDATES:,} candidates.", self.words[0].line)
        withdrawn = self._withdrawn()
        ballots = self._ballots()
        names, title = self._names()
        candidates = [Candidate(str(place + 1), name) for place, name in enumerate(names)]
        told = Rankings.gathered(candidates, ballots)
        return replace(told, seats=seats, title=title, withdrawn=withdrawn)

    def _peek(self) -> _Word | None:
        return self.words[self.at] if self.at < len(self.words) else None

    def _take(self, what: str) -> _Word:
        word = self._peek()
        if word is None:
            raise wrong(f"The file ends where {what} should stand.", self.words[-1].line)
        self.at += 1
        return word

    def _number(self, what: str) -> int:
        word = self._take(what)
        if word.quoted or not is_count(word.text):
            raise wrong(f"“{word.text}” stands where {what} should, as a whole number.", word.line)
        return int(word.text)

    def _candidate(self, text: str, line: int) -> int:
        if not (is_count(text) and 1 <= int(text) <= self.length):
            raise wrong(f"“{text}” is no candidate; they are numbered from 1 to {self.length}.", line)
        return int(text) - 1

    def _withdrawn(self) -> frozenset[int]:
        told = set[int]()
        while (word := self._peek()) and not word.quoted and re.fullmatch(r"-\d+", word.text):
            self.at += 1
            told.add(self._candidate(word.text[1:], word.line))
        return frozenset(told)

    def _ballots(self) -> list[Ranked]:
        told: list[Ranked] = []
        while True:
            word = self._take("a ballot or the 0 that ends the ballots")
            if not word.quoted and word.text.startswith("("):
                while not word.text.endswith(")"):
                    word = self._take("the end of a ballot's id")
                word = self._take("how many people cast a ballot")
            if word.text == "0" and not word.quoted:
                return told
            self.at -= 1
            people = self._number("how many people cast the ballot")
            told.append(Ranked(self._tiers(), people, word.line))

    def _tiers(self) -> Tiers:
        told: list[tuple[int, ...]] = []
        named = set[int]()
        while (word := self._take("the 0 that ends a ballot")).text != "0" or word.quoted:
            if word.quoted:
                raise wrong(f"The ballot is not ended by a 0 before “{word.text}”.", word.line)
            if word.text == "-":
                continue
            tier = tuple(self._candidate(part, word.line) for part in word.text.split("="))
            for one in tier:
                if one in named:
                    raise wrong(f"Candidate {one + 1} stands twice on one ballot.", word.line)
                named.add(one)
            told.append(tier)
        return tuple(told)

    def _names(self) -> tuple[list[str], str]:
        rest = self.words[self.at :]
        if bad := next((word for word in rest if not word.quoted), None):
            raise wrong(f"“{bad.text}” stands where a name in quotes should.", bad.line)
        names = [word.text for word in rest]
        if not names:
            return [""] * self.length, ""
        if len(names) not in (self.length, self.length + 1):
            raise wrong(
                f"There are {len(names)} names for {self.length} candidates and a title.", rest[-1].line
            )
        return names[: self.length], names[self.length] if len(names) > self.length else ""
