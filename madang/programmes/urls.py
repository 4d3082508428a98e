"""A programme has no page of its own yet: residents and officers meet it as a project."""

app_name = "programmes"
urlpatterns: list = []
