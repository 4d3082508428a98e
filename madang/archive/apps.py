from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "madang.archive"
    verbose_name = _("기록")

    def ready(self) -> None:
        from madang.archive import finding, words  # noqa: F401  registers sentences
        from madang.ground import search

        search.register("record", finding.everything)
