"""Which address leads to which room?"""

from allauth.account import views as account
from django.conf import settings
from django.urls import include, path

from folkmoot.apps.places.pages import open_door
from folkmoot.site import errors, feed, guide, invited, pages, search, taking_away
from folkmoot.site.sign_in import one_at_a_time

signing = open_door("whoever signs in is not yet known")

site = (
    [
        path("", pages.home, name="home"),
        path("guide/", guide.guide, name="guide"),
        *(
            path(
                f"guide/pictures/<slug:name>.{kind}",
                guide.picture,
                {"kind": kind},
                name=f"guide_picture_{kind}",
            )
            for kind in guide.PICTURES
        ),
        path("guide/<path:page>/", guide.guide, name="guide_page"),
        path("<slug:partnership>/", pages.ours, name="elephant"),
        path("<slug:partnership>/mine/", pages.mine, name="mine"),
        path("<slug:partnership>/search/", search.search, name="search"),
        path("<slug:partnership>/take-away/", taking_away.take_away, name="take_away"),
        path("<slug:partnership>/take-away/file/", taking_away.taken, name="taken"),
        path("<slug:partnership>/changes.atom", feed.changes, name="changes"),
    ],
    "site",
)

urlpatterns = [
    path("healthz", errors.healthz, name="healthz"),
    path("sign-in/", signing(account.request_login_code), name="account_request_login_code"),
    path("sign-in/", signing(account.request_login_code), name="account_login"),
    path(
        "sign-in/code/", signing(one_at_a_time(account.confirm_login_code)), name="account_confirm_login_code"
    ),
    path("sign-in/closed/", signing(account.account_inactive), name="account_inactive"),
    path("sign-out/", signing(account.logout), name="account_logout"),
    *([path("demo/", include("folkmoot.demo.urls"))] if settings.FOLKMOOT_DEMO else []),
    path("api/", include("folkmoot.api.urls")),
    path("invitation/", invited.invitations, name="invitations"),
    path("invitation/<str:secret>/", invited.invitation, name="invitation"),
    # The guide before the rooms, so that no page of it is taken for a partnership's.
    path("", include(site)),
    path("<slug:partnership>/", include("folkmoot.apps.places.urls")),
    path("<slug:partnership>/people/", include("folkmoot.apps.people.urls")),
    path("<slug:partnership>/network/", include("folkmoot.apps.network.urls")),
    path("<slug:partnership>/spend/", include("folkmoot.apps.spend.urls")),
]

handler400 = "folkmoot.site.errors.unreadable"
handler404 = "folkmoot.site.errors.missing"
