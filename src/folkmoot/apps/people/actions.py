"""What can be done with what is kept about people?"""

from folkmoot.apps.people.contacts import (
    confirm_contacts,
    forget_contacts,
    import_contacts,
    map_contacts,
    take_contacts,
)
from folkmoot.apps.people.contacts_undoing import undo_contacts
from folkmoot.apps.people.erasing import erase_person
from folkmoot.apps.people.merging import merge_people, tell_apart, undo_merge
from folkmoot.apps.people.notes import correct_note, erase_note, keep_in_circle, review_note, write_note
from folkmoot.apps.people.retention import keep_person, look_after_records

__all__ = [
    "confirm_contacts",
    "correct_note",
    "erase_note",
    "erase_person",
    "forget_contacts",
    "import_contacts",
    "keep_in_circle",
    "keep_person",
    "look_after_records",
    "map_contacts",
    "merge_people",
    "review_note",
    "take_contacts",
    "tell_apart",
    "undo_contacts",
    "undo_merge",
    "write_note",
]
