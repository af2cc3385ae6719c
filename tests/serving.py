"""How do tests run a real Folkmoot of their own?"""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, BinaryIO

from django.core import signing

from folkmoot.cli.demo import ENDS_AT
from folkmoot.demo.links import SALT

FOLKMOOT = str(Path(sys.executable).with_name("folkmoot"))
POSTGRES = os.environ.get("FOLKMOOT_TEST_POSTGRES", "")  # where tests/postgres/ad-hoc has made a server
TOLD = "told"  # the database of the story that was told with PostgreSQL


@dataclass(frozen=True)
class Server:
    """A running Folkmoot: where it is, and its data folder."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]
    database: str = ""

    def rows(self, question: str) -> set[str]:
        """The first column of an answer, read beside the running server."""
        if self.database:
            return {str(row[0]) for row in asked(self.database, question)}
        with sqlite3.connect(f"file:{self.data / 'folkmoot.sqlite3'}?mode=ro", uri=True) as database:
            return {str(row[0]) for row in database.execute(question)}

    def sign_in_link(self, email: str) -> str:
        """The demonstration's link for one of the cast."""
        key = (self.data / "secret-key").read_text().strip()
        token = signing.dumps(email, key=key, salt=SALT)
        return f"{self.address}/demo/sign-in/{token}/"

    def newest_code(self) -> str:
        """The code in the newest mail."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            mails = sorted(
                (self.data / "outgoing-mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns
            )
            if mails:
                body = message_from_bytes(mails[-1].read_bytes()).get_payload(decode=True) or b""
                found = re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{3,})?)\s*$", body.decode(), re.MULTILINE)
                if found:
                    return found.group(1)
            time.sleep(0.1)
        raise AssertionError("no mail with a code was written")


def tell_story(folder: Path) -> Path:
    """The demonstration's folder, told once; nobody serves it, everybody copies it."""
    settings, command = {"FOLKMOOT_DATA": str(folder)}, [FOLKMOOT, "demo", "--no-serve"]
    if POSTGRES:  # where `folkmoot demo` itself would never tell it
        settings["DATABASE_URL"] = new_database(TOLD)
        command = [sys.executable, "-m", "folkmoot.demo.story"]
    subprocess.run(command, env=os.environ | settings, check=True, timeout=180)
    return folder


def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    """What PostgreSQL answers."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as database:
        answer = database.execute(question)
        return answer.fetchall() if answer.description else []


def new_database(name: str, like: str = "template0") -> str:
    """The URL of a database made anew, empty or a copy."""
    asked(POSTGRES, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    asked(POSTGRES, f"CREATE DATABASE {name} TEMPLATE {like}")
    return POSTGRES.replace("/postgres?", f"/{name}?")


def start_server(told: Path, data: Path, stderr: BinaryIO | None = None, **settings: str) -> Server:
    """A server of its own on a copy of the story; `stderr` is where its log goes."""
    shutil.copytree(told, data)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = new_database(f"served_{port}", TOLD) if POSTGRES else ""
    environment = {"FOLKMOOT_DATA": str(data), "FOLKMOOT_DEMO": "1", "FOLKMOOT_CLOCK": ENDS_AT}
    environment |= {"DATABASE_URL": database} | settings
    process = subprocess.Popen(
        [FOLKMOOT, "serve", "--port", str(port)],
        env=os.environ | environment,
        start_new_session=True,
        stderr=stderr,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return Server(address, data, process, database)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.terminate()
    process.wait(timeout=30)
    raise AssertionError("the server did not answer within a minute")


def stop_server(server: Server) -> int:
    """Asks the server to end, as a service manager would, and answers its exit code."""
    server.process.send_signal(signal.SIGTERM)
    return server.process.wait(timeout=30)


class Visitor:
    """Somebody with a cookie jar: reads pages and sends forms, without a browser."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def __call__(self, path: str) -> str:
        """A page's text."""
        with self.opener.open(self.server.address + path, timeout=30) as answer:
            return answer.read().decode()

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """A form with its token; answers the last status and the address that it led to."""
        return self._post(path, urllib.parse.urlencode(fields | self._token()).encode())

    def upload(self, path: str, file: Path, **fields: str) -> tuple[int, str]:
        """A form with a file in it."""
        edge = "edge-of-a-test's-form"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (fields | self._token()).items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), file.read_bytes(), f"\r\n--{edge}--\r\n".encode()])
        return self._post(path, body, f"multipart/form-data; boundary={edge}")

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": next(one.value for one in self.jar if one.name == "csrftoken") or ""}

    def _post(
        self, path: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str]:
        address = self.server.address + path
        request = urllib.request.Request(address, body, {"Referer": address, "Content-Type": kind})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.url
        except urllib.error.HTTPError as error:
            return error.code, error.url


def visitor(server: Server, email: str) -> Visitor:
    """One of the cast, signed in by the demonstration's link."""
    somebody = Visitor(server)
    somebody(server.sign_in_link(email).removeprefix(server.address))
    return somebody
