"""Which address leads to which page of this room?"""

from django.urls import path

from folkmoot.apps.network import views

app_name = "network"
urlpatterns = [
    path("", views.support, name="support"),
    path("standings/", views.standings, name="standings"),
    path("people/", views.people, name="people"),
    path("people/<str:person_id>/", views.person, name="person"),
    path("people/<str:person_id>/stance/", views.stance_new, name="stance_of"),
    path("people/<str:person_id>/promise/", views.promise_new, name="promise_of"),
    path("stances/new/", views.stance_new, name="stance_new"),
    path("stances/<str:stance_id>/withdraw/", views.stance_withdraw, name="stance_withdraw"),
    path("promises/", views.promises, name="promises"),
    path("promises/<str:promise_id>/kept/", views.promise_kept, name="promise_kept"),
    path("promises/<str:promise_id>/broken/", views.promise_broken, name="promise_broken"),
    path("promises/<str:promise_id>/reopen/", views.promise_reopen, name="promise_reopen"),
    path("promises/<str:promise_id>/thanks/", views.promise_thanks, name="promise_thanks"),
    path("asks/", views.asks, name="asks"),
]
