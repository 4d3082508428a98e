from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "madang.projects"
    verbose_name = _("실행")

    def ready(self) -> None:
        from madang.projects import steps, words  # noqa: F401  registers step kinds and sentences
