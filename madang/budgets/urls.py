"""Money has no pages of its own yet: it is shown with its project, and an officer works on it there."""

app_name = "budgets"
urlpatterns: list = []
