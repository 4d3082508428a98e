from django.urls import path

from madang.projects import desk, desk_money, desk_work, views

app_name = "projects"
urlpatterns: list = [
    path("", views.listing, name="list"),
    path("funnel/", views.funnel, name="funnel"),
    path("funnel/list/", views.funnel_list, name="funnel_list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/join/", views.join, name="join"),
    path("desk/", desk.listing, name="desk_list"),
    path("desk/sources/", desk.sources, name="desk_sources"),
    path("desk/adopt/<int:pk>/", desk.adopt, name="desk_adopt"),
    path("desk/<int:pk>/", desk_work.detail, name="desk_detail"),
    path("desk/<int:pk>/progress/", desk_work.progress, name="desk_progress"),
    path("desk/<int:pk>/change/", desk_work.change, name="desk_change"),
    path("desk/<int:pk>/<slug:deed>/", desk_work.move, name="desk_move"),
    path("desk/money/<int:pk>/", desk_money.money, name="desk_money"),
    path("desk/money/<int:pk>/more/", desk_money.appropriate, name="desk_appropriate"),
    path("desk/budget/<int:pk>/", desk_money.amount, name="desk_amount"),
    path("desk/line/<int:pk>/", desk_money.cancel, name="desk_cancel"),
]
