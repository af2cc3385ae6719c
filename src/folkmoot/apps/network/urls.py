"""Which address leads to which page of this room?"""

app_name = "network"
urlpatterns: list = []
