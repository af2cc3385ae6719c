"""Which files do the tests of this room read, and how do they bring them in?"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse
from django.test import Client

from folkmoot.apps.spend import actions
from folkmoot.apps.spend.models import Upload
from folkmoot.apps.spend.queries import Money, money_for
from folkmoot.apps.spend.shelves import ledger_of
from folkmoot.core.access import Actor
from folkmoot.core.spend import Ledger
from partnership import Town

HEADINGS = "Payment Date,Supplier Name,Purpose,Amount\n"
APRIL = HEADINGS + "2026-04-14,Bay Bakers,Bread,1200.50\n2026-05-01,Tide Cleaning,Floors,-20.25\n"
# Two payments, and four rows that are none.
MESSY = (
    "Spend over 500\n"
    + HEADINGS
    + '30/11/2025,Bay Bakers,Bread,"2,000.00"\n31/12/2025,Kelp & Co,Rope,99.99\n'
    "30/11/2025,,Bread,10.00\nTBC,Kelp & Co,Rope,5.00\n,,,\nTotal,,,2099.99\n"
)
CONTRACTS = "Contract Title,Start Date,End Date,Supplier,Contract Value\nRope,2025-01-01,2026-01-01,Kelp,5\n"


@dataclass
class Room:
    """A partnership with two anchors, and a short way to bring files in."""

    town: Town
    council: str
    hospital: str
    data: Path
    commit: Callable[..., object]

    def upload(
        self, text: str | bytes, name: str = "may.csv", anchor: str = "", by: Actor | None = None
    ) -> Upload:
        """A file that comes in and is looked at."""
        body = io.BytesIO(text if isinstance(text, bytes) else text.encode())
        who = by or self.town.convenor
        return actions.upload_file(who, anchor_id=anchor or self.council, file=body, file_name=name)

    def read(
        self, text: str | bytes, name: str = "may.csv", anchor: str = "", by: Actor | None = None
    ) -> Upload:
        """A file that comes in and is read by the worker."""
        upload = self.upload(text, name, anchor, by)
        with self.commit(execute=True):
            actions.read_upload(by or self.town.convenor, upload_id=upload.id)
        return Upload.objects.get(id=upload.id)

    def ledger(self) -> Ledger:
        """The partnership's ledger."""
        return ledger_of(self.town.partnership.id)

    def money(self) -> Money:
        """What a member sees."""
        return money_for(self.town.member, self.town.partnership.id)

    def get(self, rest: str, by: Actor | None = None) -> HttpResponse:
        """A page of the room as somebody sees it; the convenor, unless said otherwise."""
        return self.client(by or self.town.convenor).get(self.address(rest))

    def client(self, actor: Actor) -> Client:
        """A browser in which this actor is signed in, or nobody."""
        client = Client()
        if actor.account_id:
            client.force_login(self.town.account(actor))
        return client

    def address(self, rest: str = "") -> str:
        """An address in the room."""
        return f"/{self.town.partnership.slug}/spend/{rest}"
