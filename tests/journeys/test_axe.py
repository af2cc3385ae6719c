"""Can everybody use each page: by screen reader, in the dark, at 360 pixels, with the keyboard alone?"""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from folkmoot.demo import cast
from journeys.pages import one_of_each
from serving import Server, Visitor, visitor

AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
EVERYTHING = os.environ.get("FOLKMOOT_AXE") == "all"
WHOLE = f"/{cast.MARRAM.slug}/"
ROLES = {"nobody": "", "member": cast.MEMBER.email, "core": cast.CORE.email, "convenor": cast.CONVENOR.email}


def pages_of(server: Server, email: str) -> dict[str, str]:
    """What somebody of the cast can come to by following links."""
    reader = visitor(server, email) if email else Visitor(server)
    return one_of_each(reader, "/", WHOLE)


def violations(page: Page, options: dict) -> list[str]:
    """What axe finds, a line each."""
    found = AXE.run(page, options=options).response["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def looked_at(browser: Browser, server: Server, email: str, **how: object) -> Page:
    """A page of a browser in which somebody is signed in."""
    page = browser.new_context(locale="en-GB", **how).new_page()
    if email:
        page.goto(server.sign_in_link(email))
    return page


@pytest.mark.parametrize("role", ["convenor", *(ROLES if EVERYTHING else ["nobody"])])
def test_axe_finds_nothing_in_the_light(browser: Browser, server: Server, role: str) -> None:
    pages = pages_of(server, ROLES[role])
    assert len(pages) > (25 if role == "convenor" else 8), pages
    page = looked_at(browser, server, ROLES[role], viewport={"width": 1240, "height": 900})
    found = []
    for path in pages.values():
        page.goto(server.address + path)
        found += violations(page, EVERY_RULE)
    page.context.close()
    assert found == []


def test_axe_finds_enough_contrast_in_the_dark(browser: Browser, server: Server) -> None:
    page = looked_at(browser, server, cast.CONVENOR.email, color_scheme="dark")
    found = []
    for path in pages_of(server, cast.CONVENOR.email).values():
        page.goto(server.address + path)
        found += violations(page, EVERY_RULE if EVERYTHING else CONTRAST)
    page.context.close()
    assert found == []


def test_axe_and_the_projector(browser: Browser, server: Server) -> None:
    page = looked_at(browser, server, cast.CONVENOR.email, viewport={"width": 1280, "height": 720})
    page.goto(f"{server.address}{WHOLE}?projector")
    found = violations(page, EVERY_RULE)
    taller = page.evaluate("document.documentElement.scrollHeight - window.innerHeight")
    page.context.close()
    assert found == []
    assert taller <= 0, "the projector's page scrolls"


def test_nothing_scrolls_sideways_at_360_pixels(browser: Browser, server: Server) -> None:
    page = looked_at(browser, server, cast.CONVENOR.email, viewport={"width": 360, "height": 760})
    wide = []
    for path in pages_of(server, cast.CONVENOR.email).values():
        page.goto(server.address + path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    page.context.close()
    assert wide == []


def test_nothing_scrolls_sideways_at_400_per_cent(browser: Browser, server: Server) -> None:
    # 1280 pixels at 400 % is a viewport of 320 (WCAG 1.4.10).
    page = looked_at(browser, server, cast.CONVENOR.email, viewport={"width": 320, "height": 256})
    wide = []
    for path in (WHOLE, f"{WHOLE}mine/", f"{WHOLE}network/", f"{WHOLE}spend/", f"{WHOLE}spend/payments/"):
        page.goto(server.address + path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    page.context.close()
    assert wide == []


def test_the_keyboard_alone_reaches_the_money(browser: Browser, server: Server) -> None:
    page = looked_at(browser, server, cast.CONVENOR.email)
    page.goto(server.address + WHOLE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "See the money":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WHOLE}spend/")
    page.context.close()


def test_the_first_load_is_small(browser: Browser, server: Server) -> None:
    page = looked_at(browser, server, "")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(server.address + WHOLE, wait_until="networkidle")
    page.context.close()
    assert len(sizes) >= 4
    assert sum(sizes) < 100_000
