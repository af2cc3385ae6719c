"""Are the stances of a sheet recorded once, each of the person whom it means?"""

from folkmoot.apps.network import actions, queries
from folkmoot.apps.network.models import Stance
from folkmoot.apps.people.actions import import_contacts
from partnership import Town

SHEET = b"""Full name,Organisation,Part,Level,Job title,E-mail,From,To
Ada Quill,Marram Council,Council,chief,Director,ada@council.example,2024-05-01,
Ben Oke,Marram Council,Council,front line,Clerk,,01/02/2025,
Ada Quill,Bay Trust,Health,middle,Trustee,ADA@council.example,,31/1/2027
Cy Marsh,,Residents,,,not an address,,
,,,,,nobody@council.example,,
Dee Holt,Bay Trust,Health,boss,Nurse,,2026-02-30,
"""


def test_a_sheet_of_ids_and_parts_is_enough_for_support(town: Town) -> None:
    import_contacts(town.convenor, content=b"id,part\np1,Health\np2,health\n")
    read = actions.import_stances(
        town.convenor, content=b"person,on,stance,evidence\np1,2026-11-01,active,Said so.\n"
    )
    assert read.added == 1
    assert queries.support_for(town.convenor, town.partnership.id).parts["Health"] == 1


def test_stances_are_brought_in_once_and_every_row_is_accounted_for(town: Town) -> None:
    import_contacts(town.convenor, content=SHEET)
    sheet = (
        b"person,on,stance,evidence,ask\n"
        b"Ada Quill,2026-10-01,champion,Opened the day.,Buy in lots\n"
        b"ben-oke.marram-council,2026-10-02,warm,Said so.,\n"
        b"Ada Quill,2026-10-01,champion,Opened the day.,buy in LOTS\n"
        b"Ben Oke,2026-10-03,active,,Buy in lots\n"
        b"Ben Oke,2027-10-03,active,Will say so.,Buy in lots\n"
        b"Nobody Here,2026-10-03,active,x,Buy in lots\n"
        b"Ben Oke,2026-10-03,keen,x,Buy in lots\n"
    )
    done = actions.import_stances(town.convenor, content=sheet)
    assert (done.rows_in, done.added, done.known, len(done.set_aside)) == (7, 2, 1, 4)
    again = actions.import_stances(town.convenor, content=sheet)
    assert (again.added, again.known, len(again.set_aside)) == (0, 3, 4)
    assert Stance.objects.count() == 2
