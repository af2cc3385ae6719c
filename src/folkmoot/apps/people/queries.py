"""What may this actor see of what is kept about people?"""

from folkmoot.apps.people.contacts_seen import (
    contacts_check_for,
    contacts_import_for,
    contacts_imports_for,
    contacts_set_aside_for,
    contacts_sheet_for,
)
from folkmoot.apps.people.duplicates import duplicates_for, kept_for, merge_page_for
from folkmoot.apps.people.erasing import erasure_for
from folkmoot.apps.people.notes_seen import note_for, notes_for
from folkmoot.apps.people.records import record_for, record_zip_for
from folkmoot.apps.people.retention import due_count_for, due_for

__all__ = [
    "contacts_check_for",
    "contacts_import_for",
    "contacts_imports_for",
    "contacts_set_aside_for",
    "contacts_sheet_for",
    "due_count_for",
    "due_for",
    "duplicates_for",
    "erasure_for",
    "kept_for",
    "merge_page_for",
    "note_for",
    "notes_for",
    "record_for",
    "record_zip_for",
]
