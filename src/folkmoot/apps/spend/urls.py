"""Which address leads to which page of this room?"""

from django.urls import path

from folkmoot.apps.spend import views

app_name = "spend"
urlpatterns = [
    path("", views.money, name="money"),
    path("payments/", views.payments, name="payments"),
    path("payments.csv", views.payments_csv, name="payments_csv"),
    path("payments/<str:part_id>/<int:line>/", views.payment, name="payment"),
    path("payees/", views.payees, name="payees"),
    path("files/", views.files, name="files"),
    path("files/new/", views.upload, name="upload"),
    path("files/<str:upload_id>/", views.file, name="file"),
    path("files/<str:upload_id>/check/", views.check, name="check"),
    path("files/<str:upload_id>/read/", views.read, name="read"),
    path("files/<str:upload_id>/discard/", views.discard, name="discard"),
    path("files/<str:upload_id>/progress/", views.progress, name="progress"),
    path("files/<str:upload_id>/stop/", views.stop, name="stop"),
    path("files/<str:upload_id>/again/", views.again, name="again"),
    path("files/<str:upload_id>/recipe/", views.recipe, name="recipe"),
    path("files/<str:upload_id>/recipe.toml", views.recipe_toml, name="recipe_toml"),
    path("files/<str:upload_id>/undo/", views.undo, name="undo"),
    path("files/<str:upload_id>/set-aside/", views.reported, name="reported"),
    path("files/<str:upload_id>/set-aside.csv", views.reported_csv, name="reported_csv"),
]
