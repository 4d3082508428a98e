from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "madang.site"
    verbose_name = _("누리집")

    def ready(self) -> None:
        from madang.site import words  # noqa: F401  registers sentences
