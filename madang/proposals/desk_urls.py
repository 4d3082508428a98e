"""Addresses of the desk of proposals."""

from django.urls import path

from madang.proposals import desk, desk_intake

desk_urls: list = [
    path("desk/", desk.listing, name="desk_list"),
    path("desk/keep/", desk.keep_filter, name="desk_keep"),
    path("desk/screen/", desk.screen, name="desk_screen"),
    path("desk/intake/", desk_intake.intake, name="desk_intake"),
    path("desk/postits/", desk_intake.postits, name="desk_postits"),
    path("desk/<int:pk>/", desk.detail, name="desk_detail"),
    path("desk/<int:pk>/taken/", desk_intake.taken, name="desk_taken"),
    path("desk/<int:pk>/<slug:deed>/", desk.deed, name="desk_deed"),
]
