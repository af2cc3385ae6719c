"""Where does the guide's text come from, and how is it shown?"""

import re
from functools import cache
from itertools import count
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from folkmoot.apps.places.pages import open_door
from folkmoot.core.kernel.errors import NotFound

PACKAGE = Path(__file__).resolve().parent.parent
LONGEST_NAME = 200
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
# Beside the source in a checkout; inside the package once it is installed.
SHELVES = (PACKAGE.parent.parent / "docs", PACKAGE / "guide_pages")


@open_door("the guide is for everybody")
def guide(request: HttpRequest, page: str = "index") -> HttpResponse:
    """One page of the guide."""
    title, body = _rendered(page)
    crumbs = [] if page == "index" else page.split("/")[:-1]
    return render(request, "guide.html", {"title": title, "body": body, "crumbs": crumbs})


@open_door("the guide's pictures are for everybody")
def picture(request: HttpRequest, name: str, kind: str) -> FileResponse:
    """One picture of the guide: a page as it looks, or one that is drawn by the program."""
    for shelf in SHELVES:
        path = shelf / "pictures" / f"{name}.{kind}"
        if path.is_file():
            answer = FileResponse(path.open("rb"), content_type=PICTURES[kind])
            answer.headers["Cache-Control"] = "public, max-age=3600"
            return answer
    raise NotFound("There is no such picture in the guide.")


@cache
def _rendered(page: str) -> tuple[str, SafeString]:
    source = _source(page)
    text = source.read_text(encoding="utf-8")
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), "Guide")
    # Our own pages only, and raw HTML in them stays text.
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return title, mark_safe(_framed(body))  # noqa: S308 - rendered with html off from files we ship


def _source(page: str) -> Path:
    if len(page) > LONGEST_NAME:  # a file system would raise
        raise NotFound("There is no such page in the guide.")
    for shelf in SHELVES:
        for candidate in (shelf / f"{page}.md", shelf / page / "index.md"):
            if candidate.is_file() and shelf.resolve() in candidate.resolve().parents:
                return candidate
    raise NotFound("There is no such page in the guide.")


def _framed(body: str) -> str:
    # A wide table or example scrolls by itself, also by keyboard, instead of the page. How wide it comes out
    # depends on the reader's letters, so each one can be reached.
    tables, examples = count(1), count(1)
    opening = '<div class="table-scroll" role="region" aria-label="Table {}" tabindex="0"><table>'
    framed = re.sub("<table>", lambda _: opening.format(next(tables)), body).replace(
        "</table>", "</table></div>"
    )
    example = '<pre role="region" aria-label="Example {}" tabindex="0">'
    return re.sub("<pre>", lambda _: example.format(next(examples)), framed)
