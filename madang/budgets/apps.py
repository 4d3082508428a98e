from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "madang.budgets"
    verbose_name = _("예산")

    def ready(self) -> None:
        from madang.budgets import words  # noqa: F401  registers sentences
