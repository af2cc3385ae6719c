"""Which address leads to which page of the ground?"""

from django.urls import path

from folkmoot.apps.places import views

app_name = "places"
urlpatterns = [
    path("members/", views.members, name="members"),
    path("members/leave/", views.leave, name="leave"),
    path("members/invite/", views.invite, name="invite"),
    path("members/invite/many/", views.invite_many, name="invite_many"),
    path("members/invitations/<str:invitation_id>/again/", views.invitation_again, name="invitation_again"),
    path(
        "members/invitations/<str:invitation_id>/withdraw/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("members/tokens/", views.tokens, name="tokens"),
    path("members/tokens/<str:token_id>/end/", views.token_end, name="token_end"),
    path("members/<str:membership_id>/role/", views.member, name="member"),
    path("members/<str:membership_id>/out/", views.member_out, name="member_out"),
    path("settings/", views.settings, name="settings"),
    path("settings/publish/", views.publish, name="publish"),
    path("settings/parts/", views.parts, name="parts"),
    path("settings/parts/<str:part_id>/", views.part, name="part"),
    path("settings/parts/<str:part_id>/move/", views.part_move, name="part_move"),
    path("settings/parts/<str:part_id>/remove/", views.part_remove, name="part_remove"),
    path("settings/<slug:what>/", views.settle, name="settle"),
    path("colour.css", views.colour, name="colour"),
]
