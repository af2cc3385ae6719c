"""Which pages does only a demonstration have?"""

from django.urls import path

from folkmoot.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("sign-in/<str:token>/", views.sign_in, name="sign_in"),
    path("mail/", views.mail, name="mail"),
]
