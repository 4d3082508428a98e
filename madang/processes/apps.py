from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "madang.processes"
    verbose_name = _("과정")

    def ready(self) -> None:
        from madang.ground import search
        from madang.processes import finding, jobs, steps, words  # noqa: F401  registers sweeps, step kinds and sentences

        search.register("process", finding.everything)
