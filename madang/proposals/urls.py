"""Addresses of proposals: residents' pages here, the desk's in desk_urls.py."""

from django.urls import path

from madang.proposals import views, writing
from madang.proposals.desk_urls import desk_urls

app_name = "proposals"
urlpatterns: list = [
    path("", views.listing, name="list"),
    path("write/", writing.write, name="write"),
    path("write/<slug:token>/<slug:part>/", writing.draft, name="draft"),
    path("idea/", writing.idea, name="idea"),
    path("similar/", writing.similar, name="similar"),
    path("map.svg", writing.town_map, name="map"),
    *desk_urls,
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/endorse/", views.endorse, name="endorse"),
    path("<int:pk>/receipt/", views.receipt, name="receipt"),
    path("<int:pk>/trail/", views.trail, name="trail"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/supplement/", views.supplement, name="supplement"),
    path("<int:pk>/reconsider/", views.reconsider, name="reconsider"),
    path("<int:pk>/report/", views.report, name="report"),
]
