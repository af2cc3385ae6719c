"""Does a contacts sheet in which thousands share one mailbox hold up everybody else?"""

import time

from folkmoot.core.network import read_people
from folkmoot.core.network.contacts.plan import plan_contacts
from folkmoot.core.network.contacts.records import Records

NOTHING = Records()


def test_35_thousands_who_share_an_address_are_told_apart_in_seconds() -> None:
    rows = "".join(f"P{number} Q{number},a@b.example\n" for number in range(3000))
    read = read_people(f"name,email\n{rows}".encode())
    began = time.monotonic()
    plan = plan_contacts(read, NOTHING)
    assert len(plan.added) == 3000
    assert time.monotonic() - began < 8  # thirty seconds and a lock held all the while, before


def test_the_same_name_and_address_are_one_person_however_many_share_it() -> None:
    rows = "".join(f"P{number} Q{number},O,a@b.example\n" for number in range(50))
    again = "P45 Q45,Elsewhere,a@b.example\n"
    plan = plan_contacts(read_people(f"name,organisation,email\n{rows}{again}".encode()), NOTHING)
    assert len(plan.added) == 50
