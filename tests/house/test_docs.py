"""Does every link of the guide lead to a page, and can every page be found?"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

from house.rules import lines_of

TREE = Path(__file__).resolve().parents[2]
DOCS = TREE / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\]\(([^)]+)\)")
LONGEST_DECISION = 30
FOR_PROGRAMS = {"/api/docs", "/api/openapi.json"}


def address(page: Path) -> str:
    """Where the guide shows a page."""
    name = page.relative_to(DOCS).with_suffix("").as_posix()
    return "/guide/" if name == "index" else f"/guide/{name}/"


def dead_links(page: Path, addresses: set[str]) -> list[str]:
    """The links of a page that lead nowhere: the guide's own are checked, the web's are not followed."""
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return [link for link in found if not link.startswith("https://") and link.split("#")[0] not in addresses]


@pytest.mark.parametrize("page", PAGES, ids=address)
def test_links_lead_to_pages(page: Path) -> None:
    pictures = {f"/guide/pictures/{one.name}" for one in (DOCS / "pictures").iterdir()}
    assert dead_links(page, {address(one) for one in PAGES} | FOR_PROGRAMS | pictures) == []


def test_a_planted_dead_link_is_caught(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("[b](/guide/b/) and [c](c.md)\n")
    assert dead_links(page, {"/guide/a/"}) == ["/guide/b/", "c.md"]


def test_the_contents_name_every_page() -> None:
    named = set(LINK.findall((DOCS / "index.md").read_text(encoding="utf-8")))
    assert {address(page) for page in PAGES} - named == {"/guide/"}


def test_decisions_are_short_and_numbered_without_gaps() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    for page in decisions:
        text = page.read_text(encoding="utf-8")
        assert len(lines_of(page)) < LONGEST_DECISION, page.name
        assert re.findall(r"^## (\w+)", text, re.M) == ["Context", "Decision", "Consequence"], page.name


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=address)
def test_the_guide_shows_the_page(page: Path) -> None:
    answer = Client().get(address(page))
    title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    assert answer.status_code == 200
    assert title in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["../README", "..%2f..%2fREADME", "no-such-page", "look-up/../../README", "index.md"]
)
def test_the_guide_shows_nothing_else(path: str) -> None:
    assert Client().get(f"/guide/{path}/").status_code == 404


PICTURE = re.compile(r"!\[([^\]]*)\]\(/?(?:guide|docs)/pictures/([\w-]+\.(?:png|svg))\)")


def test_every_picture_is_there_is_shown_and_says_what_it_shows() -> None:
    shown = set()
    for page in (*DOCS.rglob("*.md"), DOCS.parent / "README.md"):
        for words, name in PICTURE.findall(page.read_text(encoding="utf-8")):
            assert len(words) > 15, f"{page.name}: {name}"
            shown.add(name)
    kept = {picture.name: picture.stat().st_size for picture in (DOCS / "pictures").iterdir()}
    assert shown == set(kept)
    assert max(kept.values()) < 120_000


@pytest.mark.parametrize("page", PAGES, ids=address)
def test_every_column_of_a_table_has_a_heading(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    heads = [line for line, after in pairwise(lines) if re.match(r"\|\s*:?-{3}", after)]
    empty = [head for head in heads if not all(cell.strip() for cell in head.strip().strip("|").split("|"))]
    assert empty == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=address)
def test_whatever_may_scroll_can_be_reached_by_keyboard(page: Path) -> None:
    # However wide the reader's letters are: a browser in a test has only its own.
    shown = Client().get(address(page)).content.decode()
    blocks = re.findall(r"<(?:pre|div class=\"table-scroll\")[^>]*>", shown)
    assert len(blocks) >= shown.count("<table>")
    assert [block for block in blocks if 'tabindex="0"' not in block or "aria-label=" not in block] == []
