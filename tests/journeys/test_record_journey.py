"""Can somebody read and take away all that is kept about them, and be erased, with the diary still whole?"""

import json
import os
import subprocess
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from folkmoot.demo import cast
from serving import FOLKMOOT, Server

WHOLE = f"/{cast.MARRAM.slug}/"
GRACE, HER_ADDRESS = "Grace Okafor", "grace.okafor@marram.example"
NOTE = "Would like the minutes by post."


def person_page(page: Page, server: Server, name: str) -> None:
    """Found by name in the list of people."""
    page.goto(f"{server.address}{WHOLE}network/people/?text={name.replace(' ', '+')}")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def write_a_note(page: Page, server: Server) -> None:
    """The convenor writes a note, is asked to think, and writes it otherwise."""
    page.goto(server.sign_in_link(cast.CONVENOR.email))
    person_page(page, server, GRACE)
    page.get_by_role("link", name="Notes", exact=True).click()
    page.get_by_role("link", name="Write a note").click()
    expect(page.get_by_text(f"{GRACE} may read this.")).to_be_visible()
    page.get_by_label("What is there to keep?").fill("On sick leave until May.")
    page.get_by_label("Where is it from?").fill("Own words, in conversation")
    page.get_by_label("They agreed to it").check()
    page.get_by_role("button", name="Keep this note").click()
    expect(page.get_by_label("Keep it all the same")).to_be_visible()
    page.get_by_label("What is there to keep?").fill(NOTE)
    page.get_by_role("button", name="Keep this note").click()
    expect(page.get_by_text(NOTE)).to_be_visible()


def read_own_record(page: Page, server: Server, folder: Path) -> dict:
    """She signs in, finds her own page, and takes her record away."""
    page.goto(server.sign_in_link(HER_ADDRESS))
    person_page(page, server, GRACE)
    page.get_by_role("link", name="All that is kept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All that is kept about you")
    expect(page.get_by_text(NOTE)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Take it away as a file").click()
    path = folder / "record.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as box:
        assert sorted(box.namelist()) == ["record.html", "record.json"]
        return json.loads(box.read("record.json"))


def test_a_person_reads_their_record_and_is_erased(
    page: Page, browser: Browser, own_server: Server, tmp_path: Path
) -> None:
    write_a_note(page, own_server)
    hers = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB").new_page()
    kept = read_own_record(hers, own_server, tmp_path)
    assert NOTE in json.dumps(kept, ensure_ascii=False)
    assert {"Notes", "Posts", "Promises", "Where they stood", "Account to sign in with"} <= set(kept["kept"])
    person_page(page, own_server, GRACE)
    address = page.url
    page.get_by_role("link", name="All that is kept").click()
    page.get_by_role("link", name=f"Erase {GRACE}").click()
    page.get_by_label("Type their name to erase them").fill(GRACE)
    page.get_by_role("button", name="Erase them from every record").click()
    expect(page.get_by_text("They were erased from every record.")).to_be_visible()
    assert page.request.get(address).status == 404
    page.goto(f"{own_server.address}{WHOLE}network/people/?text=Okafor")
    expect(page.get_by_text("Nobody is found")).to_be_visible()
    # She is signed out, and what is hers to see no more is not there.
    assert hers.request.get(f"{own_server.address}{WHOLE}network/promises/").status == 404
    hers.goto(f"{own_server.address}/")
    expect(hers.get_by_role("link", name="Sign in", exact=True).first).to_be_visible()
    hers.context.close()
    assert chain_is_whole(own_server)


def chain_is_whole(server: Server) -> bool:
    """As the command says of the running server's tables."""
    environment = os.environ | {"FOLKMOOT_DATA": str(server.data)}
    environment |= {"DATABASE_URL": server.database} if server.database else {}
    return subprocess.run([FOLKMOOT, "verify"], env=environment, check=False).returncode == 0
