"""Can a place be wrecked and come back while people read it, and can it move house with equal figures?"""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from folkmoot.cli.demo import ENDS_AT
from folkmoot.demo import cast
from journeys.test_first_journey import WHOLE, figures, words
from serving import FOLKMOOT, Server, start_server, stop_server

WRECK = (
    "DELETE FROM network_stance", "DELETE FROM network_promise", "DELETE FROM people_note",
    "UPDATE places_person SET name = 'Nobody'", "DELETE FROM spend_upload",
)  # fmt: skip


def command(data: Path, *arguments: str) -> str:
    """A command in a server's own folder, as whoever runs the machine would call it."""
    settings = {"FOLKMOOT_DATA": str(data), "FOLKMOOT_DEMO": "1", "FOLKMOOT_CLOCK": ENDS_AT}
    ran = subprocess.run(
        [FOLKMOOT, *arguments], env=os.environ | settings, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_wrecked_and_restored_while_people_read(page: Page, own_server: Server, tmp_path: Path) -> None:
    page.goto(own_server.sign_in_link(cast.CONVENOR.email))
    before = figures(page, own_server)
    saved = tmp_path / "saved.folkmoot"
    command(own_server.data, "backup", str(saved))
    with closing(sqlite3.connect(own_server.data / "folkmoot.sqlite3", timeout=20)) as database:
        for statement in WRECK:
            database.execute(statement)
        database.commit()
    for part in (own_server.data / "ledgers").rglob("*.parquet"):
        part.unlink()
    page.goto(f"{own_server.address}{WHOLE}network/people/")
    expect(page.get_by_role("link", name="Nobody").first).to_be_visible()
    command(own_server.data, "restore", str(saved), "--over")
    page.reload()
    expect(page.get_by_role("link", name="Nobody")).to_have_count(0)
    assert figures(page, own_server) == before
    assert json.loads(command(own_server.data, "verify", "--json"))["match"]


def test_moved_to_a_second_server(page: Page, own_server: Server, tmp_path: Path) -> None:
    page.goto(own_server.sign_in_link(cast.CONVENOR.email))
    before = words(figures(page, own_server))
    page.goto(f"{own_server.address}{WHOLE}take-away/")
    page.get_by_role("button", name="Make the file").click()
    fetch = page.get_by_role("link", name="Fetch the file")
    expect(fetch).to_be_visible(timeout=30_000)
    with page.expect_download() as fetched:
        fetch.click()
    file = tmp_path / "moved.zip"
    fetched.value.save_as(file)
    assert json.loads(command(own_server.data, "verify", str(file), "--json"))["match"]
    empty = tmp_path / "empty"
    empty.mkdir()
    command(empty, "import", str(file))
    second = start_server(empty, tmp_path / "second")
    try:
        page.goto(second.sign_in_link(cast.CONVENOR.email))
        expect(page.get_by_role("heading", level=1)).to_have_text("Where we are, all of it")
        assert words(figures(page, second)) == before
    finally:
        assert stop_server(second) == 0
