from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "madang.reports"
    verbose_name = _("공식 문서")

    def ready(self) -> None:
        from madang.ground import search
        from madang.reports import documents, finding, gathering, words  # noqa: F401  registers sentences, kinds, papers of a process

        search.register("paper", finding.everything)
