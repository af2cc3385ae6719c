"""Does the mail server tell whether an address is known?"""

import threading
import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from folkmoot.site import sign_in
from partnership import Town

SLOW_SECONDS = 2.0
BESIDE = sign_in.beside  # as it is, before the tests of this folder send mail at once


@pytest.fixture(autouse=True)
def _as_it_is(monkeypatch: pytest.MonkeyPatch, _mail_at_once: None) -> Iterator[None]:
    cache.clear()
    monkeypatch.setattr(sign_in, "beside", BESIDE)
    yield
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(timeout=2 * SLOW_SECONDS)


def test_20_a_slow_mail_server_is_not_waited_for(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = threading.Event()

    def send_slowly(letter: EmailMessage) -> None:
        time.sleep(SLOW_SECONDS)
        sent.set()

    monkeypatch.setattr(EmailMessage, "send", send_slowly)
    began = time.monotonic()
    answer = Client().post("/sign-in/", {"email": town.account(town.convenor).email})
    assert answer.status_code == 302
    assert time.monotonic() - began < SLOW_SECONDS
    assert sent.wait(2 * SLOW_SECONDS)


def test_20_a_mail_server_that_fails_is_told_to_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    known, tried = town.account(town.convenor).email, threading.Event()

    def refuse(letter: EmailMessage) -> None:
        tried.set()
        raise ConnectionRefusedError(f"no such mailbox: {letter.to}")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    answers = [
        Client(raise_request_exception=False).post("/sign-in/", {"email": address})
        for address in (known, "nobody@elsewhere.example")
    ]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(302, "/sign-in/code/")] * 2
    assert tried.wait(5)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(timeout=5)
    assert "ConnectionRefusedError" in caplog.text
    assert known not in caplog.text
