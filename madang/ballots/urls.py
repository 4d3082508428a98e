"""Addresses of votes: residents' pages and the desk's."""

from django.urls import path

from madang.ballots import box, comparing, desk, views, voting

app_name = "ballots"
urlpatterns: list = [
    path("", views.listing, name="list"),
    path("compare/", comparing.compare, name="compare"),
    path("<int:pk>/", views.detail, name="detail"),
    path("step/<int:pk>/", views.of_step, name="of_step"),
    path("<int:pk>/vote/", voting.vote, name="vote"),
    path("<int:pk>/basket/", voting.basket, name="basket"),
    path("<int:pk>/review/", voting.review, name="review"),
    path("<int:pk>/receipt/", voting.receipt, name="receipt"),
    path("<int:pk>/receipt/<slug:code>/", voting.receipt, name="receipt"),
    path("<int:pk>/check/", voting.check, name="check"),
    path("<int:pk>/result/", views.result, name="result"),
    path("<int:pk>/papers.<slug:suffix>", views.papers, name="papers"),
    path("<int:pk>/notice/", views.notice, name="notice"),
    path("desk/", desk.listing, name="desk_list"),
    path("desk/step/<int:pk>/", desk.of_step, name="desk_of_step"),
    path("desk/step/<int:pk>/new/", desk.new, name="desk_new"),
    path("desk/<int:pk>/", desk.detail, name="desk_detail"),
    path("desk/<int:pk>/rules/", desk.rules, name="desk_rules"),
    path("desk/<int:pk>/fill/", desk.fill, name="desk_fill"),
    path("desk/items/<int:pk>/cost/", desk.cost, name="desk_cost"),
    path("desk/items/<int:pk>/drop/", desk.drop, name="desk_drop"),
    path("desk/<int:pk>/announce/", desk.announce, name="desk_announce"),
    path("desk/<int:pk>/close/", desk.close, name="desk_close"),
    path("desk/<int:pk>/count/", desk.count, name="desk_count"),
    path("desk/<int:pk>/roll/", box.roll, name="desk_roll"),
    path("desk/<int:pk>/roll/<int:person>/", box.mark, name="desk_mark"),
    path("desk/<int:pk>/box/", box.papers, name="desk_box"),
]
