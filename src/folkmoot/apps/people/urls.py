"""Which address leads to which page of this room?"""

from django.urls import path

from folkmoot.apps.people import contacts_views, duplicates_views, notes_views, records_views

app_name = "people"
urlpatterns = [
    path("contacts/", contacts_views.contacts, name="contacts"),
    path("contacts/<str:contacts_id>/check/", contacts_views.contacts_check, name="contacts_check"),
    path("contacts/<str:contacts_id>/columns/", contacts_views.contacts_columns, name="contacts_columns"),
    path("contacts/<str:contacts_id>/confirm/", contacts_views.contacts_confirm, name="contacts_confirm"),
    path("contacts/<str:contacts_id>/done/", contacts_views.contacts_done, name="contacts_done"),
    path("contacts/<str:contacts_id>/undo/", contacts_views.contacts_undo, name="contacts_undo"),
    path("contacts/<str:contacts_id>/forget/", contacts_views.contacts_forget, name="contacts_forget"),
    path("contacts/<str:contacts_id>/rows.csv", contacts_views.contacts_set_aside, name="contacts_set_aside"),
    path("duplicates/", duplicates_views.duplicates, name="duplicates"),
    path("merge/<str:kept_id>/<str:gone_id>/", duplicates_views.merge, name="merge"),
    path("merge/<str:kept_id>/<str:gone_id>/apart/", duplicates_views.apart, name="apart"),
    path("merges/<str:merge_id>/undo/", duplicates_views.merge_undo, name="merge_undo"),
    path("due/", records_views.due, name="due"),
    path("notes/<str:note_id>/correct/", notes_views.note_correct, name="note_correct"),
    path("notes/<str:note_id>/review/", notes_views.note_review, name="note_review"),
    path("notes/<str:note_id>/erase/", notes_views.note_erase, name="note_erase"),
    path("<str:person_id>/notes/", notes_views.notes, name="notes"),
    path("<str:person_id>/notes/new/", notes_views.note_new, name="note_new"),
    path("<str:person_id>/circle/", notes_views.circle, name="circle"),
    path("<str:person_id>/keep/", records_views.keep, name="keep"),
    path("<str:person_id>/record/", records_views.record, name="record"),
    path("<str:person_id>/record.zip", records_views.record_away, name="record_away"),
    path("<str:person_id>/erase/", records_views.erase, name="erase"),
]
