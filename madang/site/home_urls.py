from django.conf import settings
from django.urls import path

from madang.site import chrome, finding, home, mine, pages
from madang.site import desk as officials

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("dong/<slug:slug>/", home.dong, name="dong"),
    path("calendar/", home.calendar, name="calendar"),
    path("results/", home.results, name="results"),
    path("search/", finding.search, name="search"),
    path("my/", mine.my, name="my"),
    path("glossary/", pages.glossary, name="glossary"),
    path("parts/", pages.parts, name="parts"),
    path("about/<slug:slug>/", pages.about, name="page"),
    path("view-settings/", chrome.view_settings, name="view_settings"),
    path("town.css", chrome.town_css, name="town_css"),
    path("language/", chrome.set_language, name="language"),
    path("still-here/", chrome.extend, name="extend"),
    path("preview/", chrome.leave_or_enter_preview, name="preview"),
    path("health/", pages.health, name="health"),
    path("desk/", officials.queue, name="desk"),
    path("desk/search/", officials.desk_search, name="desk_search"),
    path("desk/audit/", officials.audit_log, name="audit"),
    path("desk/settings/", officials.town_settings, name="desk_settings"),
]
# Outside a demo town these are no addresses at all: no menu names them, and nobody learns that they exist.
if settings.DEMO:
    urlpatterns += [path("demo/", chrome.demo_login, name="demo_login"), path("desk/clock/", chrome.clock_page, name="clock")]
