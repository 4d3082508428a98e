from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "madang.proposals"
    verbose_name = _("제안")

    def ready(self) -> None:
        from madang.proposals import steps, words  # noqa: F401  registers step kinds and sentences
