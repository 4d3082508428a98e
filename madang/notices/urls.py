from django.urls import path

from madang.notices import desk, views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_one, name="open"),
    path("preferences/", views.preferences, name="preferences"),
    path("desk/", desk.listing, name="desk_list"),
    path("desk/<int:pk>/", desk.telling, name="desk_detail"),
    path("desk/failures/", desk.failures, name="desk_failures"),
]
