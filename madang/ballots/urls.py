"""Addresses of votes: residents' pages and the desk's."""

from django.urls import path

from madang.ballots.views import not_yet

app_name = "ballots"
urlpatterns: list = [
    path("", not_yet, name="list"),
    path("<int:pk>/", not_yet, name="detail"),
    path("step/<int:pk>/", not_yet, name="of_step"),
    path("<int:pk>/vote/", not_yet, name="vote"),
    path("<int:pk>/basket/", not_yet, name="basket"),
    path("<int:pk>/review/", not_yet, name="review"),
    path("<int:pk>/receipt/", not_yet, name="receipt"),
    path("<int:pk>/receipt/<slug:code>/", not_yet, name="receipt"),
    path("<int:pk>/check/", not_yet, name="check"),
    path("<int:pk>/result/", not_yet, name="result"),
    path("<int:pk>/papers.<slug:suffix>", not_yet, name="papers"),
    path("<int:pk>/notice/", not_yet, name="notice"),
    path("desk/", not_yet, name="desk_list"),
    path("desk/step/<int:pk>/", not_yet, name="desk_of_step"),
    path("desk/step/<int:pk>/new/", not_yet, name="desk_new"),
    path("desk/<int:pk>/", not_yet, name="desk_detail"),
    path("desk/<int:pk>/rules/", not_yet, name="desk_rules"),
    path("desk/<int:pk>/fill/", not_yet, name="desk_fill"),
    path("desk/items/<int:pk>/cost/", not_yet, name="desk_cost"),
    path("desk/items/<int:pk>/drop/", not_yet, name="desk_drop"),
    path("desk/<int:pk>/announce/", not_yet, name="desk_announce"),
    path("desk/<int:pk>/close/", not_yet, name="desk_close"),
    path("desk/<int:pk>/count/", not_yet, name="desk_count"),
    path("desk/<int:pk>/roll/", not_yet, name="desk_roll"),
    path("desk/<int:pk>/roll/<int:person>/", not_yet, name="desk_mark"),
    path("desk/<int:pk>/box/", not_yet, name="desk_box"),
]
