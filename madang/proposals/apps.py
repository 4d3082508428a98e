from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "madang.proposals"
    verbose_name = _("제안")

    def ready(self) -> None:
        from madang.ground import search
        from madang.proposals import finding, jobs, jobs_desk, steps, words  # noqa: F401  registers sweeps, step kinds and sentences
        from madang.proposals.erasing import forget_author
        from madang.residents import erasure

        erasure.register(forget_author)
        search.register("proposal", finding.everything)
