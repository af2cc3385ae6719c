"""Do two web workers and the task worker write at once without an error, and is nothing lost?"""

import time
from concurrent.futures import ThreadPoolExecutor

from folkmoot.demo import cast
from folkmoot.demo.scenes import HELD_BACK
from folkmoot.demo.story import FILES
from serving import Server, Visitor, visitor

SECONDS = 10
ASKS = f"/{cast.MARRAM.slug}/network/asks/"


def write_asks(somebody: Visitor, writer: int, until: float) -> list[str]:
    """Sends the ask form over and over; answers the asks that were answered with "done"."""
    kept = []
    while time.monotonic() < until:
        text = f"Ask {len(kept)} of writer {writer}"
        status, _ = somebody.send(ASKS, text=text)
        assert status == 200, f"{text}: {status}"
        kept.append(text)
    return kept


def upload_and_undo(somebody: Visitor, server: Server, until: float) -> int:
    """Keeps the task worker writing: reads a file in, waits for it, takes it out, and again."""
    rounds = 0
    anchor = server.rows("SELECT id FROM places_organisation WHERE name = 'Pennant Shore Homes'").pop()
    files = f"/{cast.MARRAM.slug}/spend/files/"
    while time.monotonic() < until:
        status, led_to = somebody.upload(f"{files}new/", FILES / HELD_BACK, anchor=anchor)
        assert status == 200
        upload = led_to.removesuffix("/check/").rsplit("/", 1)[-1]
        assert somebody.send(f"{files}{upload}/read/")[0] == 200
        while "Undo this file" not in somebody(f"{files}{upload}/"):
            time.sleep(0.1)
        assert somebody.send(f"{files}{upload}/undo/")[0] == 200
        rounds += 1
    return rounds


def test_nothing_is_lost_and_nothing_fails(own_server: Server) -> None:
    writers = [visitor(own_server, cast.CONVENOR.email) for _ in range(5)]
    for writer in writers:
        writer(ASKS)
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(5) as pool:
        asking = [pool.submit(write_asks, one, number, until) for number, one in enumerate(writers[:4])]
        reading = pool.submit(upload_and_undo, writers[4], own_server, until)
        asked = [text for each in asking for text in each.result()]
        assert reading.result() >= 2
    assert len(asked) > 4 * SECONDS
    assert set(asked) <= own_server.rows("SELECT text FROM network_ask")
    told = own_server.rows("SELECT text FROM places_diarydetail WHERE text LIKE '%of writer%'")
    assert len(told) == len(asked)
    assert numbers_run_on(own_server)


def numbers_run_on(server: Server) -> bool:
    """Whether each partnership's diary numbers its lines from one without a gap."""
    question = (
        "SELECT count(*) FROM (SELECT partnership_id FROM places_diaryline"
        " GROUP BY partnership_id HAVING max(number) != count(*) OR min(number) != 1) AS broken"
    )
    return server.rows(question) == {"0"}
