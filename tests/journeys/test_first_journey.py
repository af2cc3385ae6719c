"""Can a convenor come in by code, read in a messy file, undo it, read it in again, and record a stance?"""

import re

from playwright.sync_api import Page, expect

from folkmoot.demo import cast
from folkmoot.demo.scenes import HELD_BACK
from folkmoot.demo.story import FILES
from serving import Server

WHOLE = f"/{cast.MARRAM.slug}/"
ROOMS = ("", "mine/", "network/", "network/people/", "network/promises/")
MONEY = ("spend/", "spend/payments/", "spend/payees/", "spend/files/")
WITH_FIGURES = tuple(WHOLE + page for page in ROOMS + MONEY)


def sign_in_by_code(page: Page, server: Server) -> None:
    """Asks for a code, reads it in the mail, and enters it."""
    page.goto(f"{server.address}/")
    page.get_by_role("link", name="Sign in", exact=True).first.click()
    page.get_by_label("E-mail address").fill(cast.CONVENOR.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(server.newest_code())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def figures(page: Page, server: Server, *paths: str) -> list[str]:
    """Every figure of the pages as it stands, its name and its words."""
    told = []
    for path in paths or WITH_FIGURES:
        page.goto(server.address + path)
        each = "each => each.map(one => one.dataset.figure + ': ' + one.textContent)"
        told += page.locator("[data-figure]").evaluate_all(each)
    return told


def words(told: list[str]) -> list[str]:
    """What the figures say, without their names."""
    return sorted(figure.partition(": ")[2] for figure in told)


def read_in(page: Page, server: Server) -> None:
    """Uploads the housing association's newest file and reads it in."""
    page.goto(f"{server.address}{WHOLE}spend/")
    page.get_by_role("link", name="Upload a spending file").click()
    page.get_by_label("anchor", exact=False).first.select_option(label="Pennant Shore Homes")
    page.locator("input[type=file]").set_input_files(FILES / HELD_BACK)
    page.get_by_role("button", name="Look at this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this how to read it?")
    page.get_by_role("button", name="Read this file in").click()
    expect(page.get_by_role("heading", name="Every row and every penny")).to_be_visible(timeout=20_000)


def test_money_in_undone_and_in_again(page: Page, own_server: Server) -> None:
    sign_in_by_code(page, own_server)
    before = figures(page, own_server)
    read_in(page, own_server)
    file_page = page.url
    expect(page.get_by_role("heading", name="Why rows were set aside")).to_be_visible()
    page.get_by_role("link", name="See each row that was set aside").click()
    assert page.locator("main tbody tr").count() > 0
    after = figures(page, own_server)
    assert after != before
    page.goto(file_page)
    page.get_by_role("link", name="Undo this file").click()
    page.get_by_role("button", name="Undo this file").click()
    assert figures(page, own_server) == before
    read_in(page, own_server)
    # The second reading is another part with an id of its own; what the figures say is the same.
    assert words(figures(page, own_server)) == words(after)


def test_a_stance_moves_the_whole(page: Page, own_server: Server) -> None:
    sign_in_by_code(page, own_server)
    assert "13 of the 20" in figures(page, own_server, WHOLE)[0]
    page.goto(f"{own_server.address}{WHOLE}network/stances/new/")
    someone = page.get_by_role("option", name=re.compile("Denise Rowbotham")).get_attribute("value")
    page.get_by_label("Who", exact=True).select_option(someone)
    page.get_by_label("Towards which ask").select_option(index=1)
    page.get_by_label("Active: does something for it").check()
    page.get_by_label("How we know").fill("Put repairs in lots before her board.")
    page.get_by_role("button", name="Record it").click()
    whole = figures(page, own_server, WHOLE)
    assert "14 of the 20" in whole[0]
    assert "5 of 7" in whole[1]
