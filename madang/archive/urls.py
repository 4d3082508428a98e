from django.urls import path

from madang.archive import views

app_name = "archive"
urlpatterns = [path("", views.records, name="list"), path("<int:pk>/", views.detail, name="detail")]
