"""Can a convenor bring in a messy sheet, find who is in it twice, and undo all of it, also on a phone?"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from folkmoot.demo import cast
from journeys.test_axe import EVERY_RULE, violations
from rooms.people.messy_contacts import messy_contacts
from serving import Server

PLACE = f"/{cast.MARRAM.slug}/"
PHONE = {"width": 360, "height": 740}
PEOPLE = "SELECT id || name || email FROM places_person"
POSTS = "SELECT id || person_id || title FROM places_post"


def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands: for readers with aids, or because it scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return violations(page, EVERY_RULE) + (["it scrolls sideways"] if wide else [])


def look_at(page: Page, server: Server, folder: Path) -> None:
    """Signs in and hands the messy sheet over."""
    path = folder / "Master.csv"
    path.write_bytes(messy_contacts().content)
    page.goto(server.sign_in_link(cast.CONVENOR.email))
    page.goto(f"{server.address}{PLACE}people/contacts/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look at this file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what would be brought in")


def bring_in(page: Page) -> None:
    """Confirms what was checked."""
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Master.csv")


def undo(page: Page) -> None:
    """Takes the whole file back."""
    page.get_by_role("button", name="Undo all of this").click()
    expect(page.get_by_text("Undone on")).to_be_visible()


def test_a_messy_sheet_of_500_rows_comes_in_and_goes_again(
    page: Page, own_server: Server, tmp_path: Path
) -> None:
    before = own_server.rows(PEOPLE), own_server.rows(POSTS)
    look_at(page, own_server, tmp_path)
    rows, added, aside = (
        page.locator(f"[data-figure={name}]").inner_text() for name in ("rows", "added", "aside")
    )
    assert int(rows) == messy_contacts().rows
    assert int(added) > 380 > int(aside) > 20
    page.set_viewport_size(PHONE)
    assert faults(page) == []
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take these rows away").click()
    assert len(Path(taken.value.path()).read_text().splitlines()) > 20
    page.get_by_role("link", name="Put the columns right").click()
    page.get_by_label("Comments").select_option(label="Sector of the organisation")
    page.get_by_label("Job Title").select_option(label="Sector of the organisation")
    page.get_by_role("button", name="See what would be added").click()
    expect(page.get_by_role("link", name="is read from “Job Title” already")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Comments").select_option(label="Leave out")
    page.get_by_label("Job Title").select_option(label="Post")
    page.get_by_role("button", name="See what would be added").click()
    bring_in(page)
    assert faults(page) == []
    assert len(own_server.rows(PEOPLE)) == len(before[0]) + int(added)
    undo(page)
    expect(page.get_by_text("Nothing of it is left.")).to_be_visible()
    assert (own_server.rows(PEOPLE), own_server.rows(POSTS)) == before


def test_a_duplicate_is_merged_and_parted_and_the_file_is_undone_around_it(
    page: Page, own_server: Server, tmp_path: Path
) -> None:
    before = own_server.rows(PEOPLE)
    look_at(page, own_server, tmp_path)
    bring_in(page)
    known = own_server.rows(PEOPLE)
    page.get_by_role("link", name="See who may be on record twice").click()
    pairs = int(page.locator("[data-figure=pairs]").inner_text())
    page.set_viewport_size(PHONE)
    assert faults(page) == []
    page.get_by_role("button", name="One person").first.click()
    assert faults(page) == []
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_text("is one with")).to_be_visible()
    assert len(own_server.rows(PEOPLE)) == len(known) - 1
    page.get_by_role("button", name="Two people").first.click()
    assert page.locator("[data-figure=pairs]").inner_text() == str(pairs - 2)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("They are two records again.")).to_be_visible()
    assert own_server.rows(PEOPLE) == known
    page.goto(f"{own_server.address}{PLACE}people/contacts/")
    page.get_by_role("link", name="Master.csv").click()
    undo(page)
    assert own_server.rows(PEOPLE) == before


@pytest.fixture
def plain(browser: Browser):
    """A page of a browser that runs no scripts."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_it_works_without_scripts(plain: Page, own_server: Server, tmp_path: Path) -> None:
    before = own_server.rows(PEOPLE)
    look_at(plain, own_server, tmp_path)
    bring_in(plain)
    undo(plain)
    assert own_server.rows(PEOPLE) == before
