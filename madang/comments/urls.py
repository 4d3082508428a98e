from django.urls import path

from madang.comments import desk, views

app_name = "comments"
urlpatterns = [
    path("thread/<int:pk>/", views.write, name="write"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/report/", views.report, name="report"),
    path("moderation/", views.public_log, name="log"),
    path("desk/", desk.queue, name="desk_list"),
    path("desk/<int:pk>/", desk.decide, name="desk_detail"),
]
