from django.urls import path

from madang.ground import files

urlpatterns = [path("files/<str:token>/<str:name>", files.serve, name="file")]
