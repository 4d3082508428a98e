from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "madang.programmes"
    verbose_name = _("사업")

    def ready(self) -> None:
        from madang.programmes import words  # noqa: F401  registers sentences
