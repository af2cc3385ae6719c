"""Can a convenor put a wrong guess right, also on a phone, have it remembered, and stop a long reading?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from folkmoot.demo import cast
from journeys.test_axe import EVERY_RULE, violations
from serving import Server

SPEND = f"/{cast.MARRAM.slug}/spend/"
PHONE = {"width": 360, "height": 740}
# “Company” is what many publishers call whom they pay; here it is who pays, and the guess is wrong.
HEADINGS = "Date,Company,Paid party,Purpose,Amount\n"
LONG = 400_000  # rows of two lines each, which are read one by one: that takes seconds


def month(number: int, rows: int = 28) -> str:
    """A month's list of payments."""
    days = ((row % 28 + 1, row) for row in range(rows))
    return HEADINGS + "".join(
        f"{day:02d}/{number:02d}/2026,Pennant Shore Homes,Trader {row % 28 + 1} Ltd,Repairs {row},{day}.25\n"
        for day, row in days
    )


def file(folder: Path, name: str, text: str) -> Path:
    """A file to upload."""
    path = folder / name
    path.write_text(text)
    return path


def look_at(page: Page, server: Server, path: Path) -> None:
    """Uploads a file of the housing association."""
    page.goto(f"{server.address}{SPEND}files/new/")
    page.get_by_label("anchor", exact=False).first.select_option(label="Pennant Shore Homes")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look at this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this how to read it?")


def first_payee(page: Page) -> str:
    """Who the first row says was paid."""
    return page.get_by_role("region", name="The first rows").get_by_role("rowheader").first.inner_text()


def read_as(page: Page, column: str, role: str) -> None:
    """Says what a column is."""
    page.get_by_label(f"{column}, is read as").select_option(label=role)


def read_in(page: Page) -> None:
    """Reads the file in and waits for its report."""
    page.get_by_role("button", name="Read this file in").click()
    expect(page.get_by_role("heading", name="Every row and every penny")).to_be_visible(timeout=20_000)


def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands: for readers with aids, or because it scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return violations(page, EVERY_RULE) + (["it scrolls sideways"] if wide else [])


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_wrong_guess_put_right_is_remembered_and_undone(
    page: Page, own_server: Server, tmp_path: Path
) -> None:
    page.goto(own_server.sign_in_link(cast.CONVENOR.email))
    look_at(page, own_server, file(tmp_path, "april.csv", month(4)))
    assert first_payee(page) == "Pennant Shore Homes", "the guess is wrong, or this journey shows nothing"
    page.set_viewport_size(PHONE)
    read_as(page, "Column 3, Paid party", "Who was paid")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("link", name="Column 2 is “Who was paid” already.")).to_be_visible()
    read_as(page, "Column 2, Company", "Who paid")
    assert faults(page) == []
    page.get_by_role("button", name="Look again").click()
    assert first_payee(page) == "Trader 1 Ltd"
    read_in(page)
    assert faults(page) == []
    page.locator("[data-figure=accepted]").click()
    expect(page.get_by_role("link", name="Trader 28 Ltd")).to_be_visible()
    look_at(page, own_server, file(tmp_path, "may.csv", month(5)))
    assert first_payee(page) == "Trader 1 Ltd", "the correction is remembered"
    read_in(page)
    page.get_by_role("link", name="Undo this file").click()
    page.get_by_role("button", name="Undo this file").click()
    expect(page.get_by_text("No sum holds anything of it.")).to_be_visible()


def test_a_long_reading_is_stopped_and_nothing_of_it_is_read(
    page: Page, own_server: Server, tmp_path: Path
) -> None:
    page.goto(own_server.sign_in_link(cast.CONVENOR.email))
    page.goto(f"{own_server.address}{SPEND}")
    before = page.locator("[data-figure]").all_inner_texts()
    slow = re.sub(r"Repairs (\d+)", '"Repairs\n\\1"', month(6, LONG))
    look_at(page, own_server, file(tmp_path, "long.csv", slow))
    page.get_by_role("button", name="Read this file in").click()
    expect(page.get_by_text("% read")).to_be_visible()
    expect(page.locator("label[for=reading]")).to_have_text(re.compile(r"[1-9]\d?% read"), timeout=20_000)
    assert faults(page) == []
    page.get_by_role("button", name="Stop reading").click()
    expect(page.get_by_text("Nothing of this file was read in.")).to_be_visible()
    expect(page.get_by_role("button", name="Read this file in")).to_be_visible()
    page.goto(f"{own_server.address}{SPEND}")
    assert page.locator("[data-figure]").all_inner_texts() == before


def test_it_all_works_without_scripts(plain: Page, own_server: Server, tmp_path: Path) -> None:
    plain.goto(own_server.sign_in_link(cast.CONVENOR.email))
    look_at(plain, own_server, file(tmp_path, "april.csv", month(4)))
    read_as(plain, "Column 2, Company", "Kept as it stands")
    read_as(plain, "Column 3, Paid party", "Who was paid")
    plain.get_by_role("button", name="Look again").click()
    assert first_payee(plain) == "Trader 1 Ltd"
    read_in(plain)
    plain.get_by_role("button", name="Read it in another way").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Is this how to read it?")
