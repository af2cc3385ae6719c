"""Which pages are there to look at? Those that a reader comes to by following links."""

import re
from collections import deque
from collections.abc import Callable
from html import unescape
from urllib.error import HTTPError

from django.urls import Resolver404, resolve

LINK = re.compile(r'href="(/[^"#]*)"')
# Not pages: files to download, and links that change who is signed in.
LEFT_OUT = re.compile(r"^/(static|demo/sign-in)/|\.(atom|csv|json|toml|zip)$")
MOST_VISITS = 150


def one_of_each(read: Callable[[str], str], *starts: str) -> dict[str, str]:
    """An address for each page that can be reached from where one starts, by the name of its route."""
    found: dict[str, str] = {}
    waiting, seen = deque(starts), set(starts)
    while waiting and len(found) < MOST_VISITS:
        path = waiting.popleft()
        name = route(path)
        if not name or name in found:
            continue
        found[name] = path
        try:
            text = read(path)
        except HTTPError as error:
            raise AssertionError(f"a link leads nowhere: {path}") from error
        for link in LINK.findall(text):
            address = unescape(link)
            if address not in seen and not LEFT_OUT.search(address.partition("?")[0]):
                seen.add(address)
                waiting.append(address)
    return found


def route(path: str) -> str:
    """The name of the route, and for the guide the page, since each has its own text."""
    bare = path.partition("?")[0]
    try:
        match = resolve(bare)
    except Resolver404:
        return ""
    return bare if match.url_name == "guide_page" else match.view_name
