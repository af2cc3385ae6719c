"""Which pictures does the guide show, and do the pages still look as it says?

With FOLKMOOT_PICTURES naming a folder, each picture is taken anew: `FOLKMOOT_PICTURES=docs/pictures`.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from folkmoot.demo import cast
from serving import Server

WHOLE = f"/{cast.MARRAM.slug}/"
DOCS = Path(__file__).resolve().parents[2] / "docs"
# The picture's name, the page, its heading, and how much of it is shown (0: all).
PICTURES = (
    ("elephant", WHOLE, "Where we are, all of it", 0),
    ("search", f"{WHOLE}search/?text=council", "Search", 640),
    ("invite", f"{WHOLE}members/invite/", "Invite somebody", 900),
    ("settings", f"{WHOLE}settings/", "What the partnership says of itself", 780),
    ("contacts", f"{WHOLE}people/contacts/", "Bring in contacts", 720),
    ("due", f"{WHOLE}people/due/", "Due to be looked at again", 480),
    ("take-away", f"{WHOLE}take-away/", "Take everything away", 780),
    ("files", f"{WHOLE}spend/files/", "Files", 640),
)


@pytest.mark.parametrize(("name", "path", "heading", "height"), PICTURES, ids=[row[0] for row in PICTURES])
def test_the_guide_shows_the_page(
    browser: Browser, server: Server, name: str, path: str, heading: str, height: int
) -> None:
    context = browser.new_context(viewport={"width": 1040, "height": height or 1200}, locale="en-GB")
    page = context.new_page()
    page.goto(server.sign_in_link(cast.CONVENOR.email))
    page.goto(server.address + path)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert (DOCS / "pictures" / f"{name}.png").exists()
    if folder := os.environ.get("FOLKMOOT_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=not height)
    context.close()


def test_the_guide_serves_its_pictures(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.goto(f"{server.address}/guide/do/invite-a-partner/")
    picture = page.locator(".prose img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 1040
    assert len(picture.get_attribute("alt") or "") > 15
    page.close()
