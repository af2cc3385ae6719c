"""Can a partner be invited, and come in on a phone?"""

import re
import time
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from folkmoot.demo import cast
from serving import Server

PHONE = {"width": 360, "height": 740}
PARTNER = "petra.lindqvist@quayside.example"
MEMBERS = "/marram-bay/members/"
CLARET = "rgb(123, 30, 58)"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone of somebody else's, with no script and nobody signed in."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def letter_to(server: Server, address: str, holding: str) -> str:
    """The newest letter to somebody that holds this."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        files = sorted(
            (server.data / "outgoing-mail").glob("*.log"), key=lambda path: -path.stat().st_mtime_ns
        )
        for letter in map(message_from_bytes, map(Path.read_bytes, files)):
            body = (letter.get_payload(decode=True) or b"").decode()
            if letter["To"] == address and re.search(holding, body):
                return body
        time.sleep(0.1)
    raise AssertionError(f"no letter to {address} was written")


def link_in(letter: str) -> str:
    """The one link of the letter."""
    (found,) = re.findall(r"https?://\S+", letter)
    return found


def invite(page: Page, server: Server) -> str:
    """The convenor invites a partner; answers the letter's link."""
    page.goto(server.sign_in_link(cast.CONVENOR.email))
    page.get_by_role("link", name="Members").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(PARTNER)
    page.get_by_label("Name (optional)").fill("Petra Lindqvist")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"A letter is on its way to {PARTNER}.")).to_be_visible()
    return link_in(letter_to(server, PARTNER, "invites you"))


def test_a_partner_who_is_invited_joins_on_a_phone_and_leaves(
    page: Page, phone: Page, own_server: Server
) -> None:
    phone.goto(invite(page, own_server))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Join Marram Bay Anchor Network")
    expect(phone.get_by_text("An invitation from Ruth Calder")).to_be_visible()
    phone.get_by_role("button", name="Send me a code to p…@quayside.example").click()
    expect(phone.get_by_text("A code is on its way to the address that was invited.")).to_be_visible()
    letter_to(own_server, PARTNER, "Your code")
    phone.get_by_label("Code").fill(own_server.newest_code())
    phone.get_by_role("button", name="Sign in").click()
    phone.get_by_role("button", name="Join Marram Bay Anchor Network").click()
    expect(phone.get_by_text("Welcome to Marram Bay Anchor Network.")).to_be_visible()
    phone.get_by_role("link", name="Members").click()
    expect(phone.get_by_role("row", name="Petra Lindqvist")).to_contain_text("you")
    expect(phone.get_by_text(cast.CONVENOR.email)).to_have_count(0)
    page.goto(f"{own_server.address}{MEMBERS}")
    expect(page.get_by_role("row", name="Petra Lindqvist")).to_contain_text(PARTNER)
    phone.get_by_role("link", name="Leave Marram Bay").click()
    phone.get_by_role("button", name="Leave").click()
    expect(phone.get_by_text("You have left Marram Bay Anchor Network.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("row", name="Petra Lindqvist")).to_have_count(0)


def test_a_link_that_was_sent_again_or_withdrawn_is_over(page: Page, phone: Page, own_server: Server) -> None:
    first = invite(page, own_server)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("The old link is dead.")).to_be_visible()
    phone.goto(first)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This invitation does not hold")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text(f"The invitation to {PARTNER} was withdrawn.")).to_be_visible()
    expect(page.get_by_text("Invited, not here yet")).to_have_count(0)


def test_pages_fit_a_phone_and_a_colour_comes_onto_them(page: Page, own_server: Server) -> None:
    page.goto(own_server.sign_in_link(cast.CONVENOR.email))
    page.set_viewport_size(PHONE)
    settings = f"{own_server.address}/marram-bay/settings/"
    page.goto(f"{settings}colour/")
    page.get_by_label("Colour").fill("#ffcc00")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label("Colour").fill("#7b1e3a")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".masthead")).to_have_css("background-color", CLARET)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".masthead")).not_to_have_css("background-color", CLARET)
    for path in ("", "name/", "levels/", "support/", "where/", "keeping/", "parts/", "publish/"):
        page.goto(f"{settings}{path}")
        assert not page.evaluate(TOO_WIDE), path
    for path in ("", "invite/", "invite/many/", "tokens/", "leave/"):
        page.goto(f"{own_server.address}{MEMBERS}{path}")
        assert not page.evaluate(TOO_WIDE), path
