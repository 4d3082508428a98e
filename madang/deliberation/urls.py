"""Addresses of questions: residents' pages and the desk's."""

from django.urls import path

from madang.deliberation import desk, views

app_name = "deliberation"
urlpatterns: list = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("step/<int:pk>/", views.of_step, name="of_step"),
    path("desk/", desk.listing, name="desk_list"),
    path("desk/step/<int:pk>/", desk.of_step, name="desk_of_step"),
    path("desk/step/<int:pk>/new/", desk.new, name="desk_new"),
    path("desk/<int:pk>/", desk.detail, name="desk_detail"),
    path("desk/<int:pk>/edit/", desk.edit, name="desk_edit"),
    path("desk/<int:pk>/publish/", desk.publish, name="desk_publish"),
    path("desk/<int:pk>/close/", desk.close, name="desk_close"),
    path("desk/<int:pk>/use/", desk.use, name="desk_use"),
    path("desk/<int:pk>/words/", desk.words, name="desk_words"),
    path("desk/words/<int:pk>/hide/", desk.hide, name="desk_hide"),
]
