from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "madang.notices"
    verbose_name = _("알림")

    def ready(self) -> None:
        from madang.notices import jobs, words  # noqa: F401  registers sentences and sweeps
