from django.urls import path

from madang.reports import desk, views

app_name = "reports"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/file.<slug:format>", views.file, name="file"),
    path("desk/", desk.listing, name="desk_list"),
    path("desk/new/", desk.choose, name="desk_new"),
    path("desk/new/<slug:kind>/<int:subject_pk>/", desk.make, name="desk_make"),
    path("desk/<int:pk>/", desk.detail, name="desk_detail"),
    path("desk/<int:pk>/sign/", desk.sign, name="desk_sign"),
    path("desk/<int:pk>/publish/", desk.publish, name="desk_publish"),
    path("desk/<int:pk>/redraw/", desk.redraw, name="desk_redraw"),
    path("desk/<int:pk>/withdraw/", desk.withdraw, name="desk_withdraw"),
]
