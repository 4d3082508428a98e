from django.urls import path

from madang.processes import desk, views

app_name = "processes"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/calendar.ics", views.calendar_of, name="calendar"),
    path("desk/", desk.listing, name="desk_list"),
    path("desk/new/", desk.choose, name="desk_new"),
    path("desk/new/<slug:blueprint>/", desk.make, name="desk_make"),
    path("desk/<int:pk>/", desk.detail, name="desk_detail"),
    path("desk/<int:pk>/copy/", desk.copy, name="desk_copy"),
    path("desk/<int:pk>/basics/", desk.basics, name="desk_basics"),
    path("desk/<int:pk>/dates/", desk.dates, name="desk_dates"),
    path("desk/<int:pk>/content/", desk.content, name="desk_content"),
    path("desk/<int:pk>/preview/", desk.preview, name="desk_preview"),
    path("desk/<int:pk>/steps/new/", desk.new_step, name="desk_new_step"),
    path("desk/<int:pk>/open/", desk.open_it, name="desk_open"),
    path("desk/<int:pk>/close/", desk.close_it, name="desk_close"),
    path("desk/<int:pk>/reopen/", desk.reopen_it, name="desk_reopen"),
    path("desk/<int:pk>/archive/", desk.archive_it, name="desk_archive"),
    path("desk/<int:pk>/discard/", desk.discard_it, name="desk_discard"),
    path("desk/steps/<int:pk>/", desk.step, name="desk_step"),
    path("desk/steps/<int:pk>/redate/", desk.redate, name="desk_redate"),
    path("desk/steps/<int:pk>/drop/", desk.drop, name="desk_drop"),
]
