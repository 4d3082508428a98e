from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroundConfig(AppConfig):
    """The floor everything stands on: places, accounts, the audit trail."""

    name = "madang.ground"
    verbose_name = _("바탕")

    def ready(self) -> None:
        from madang.ground import jobs, words  # noqa: F401  registers sentences and sweeps
