from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "madang.ballots"
    verbose_name = _("투표")

    def ready(self) -> None:
        from madang.ballots import steps, words  # noqa: F401  registers step kinds and sentences
