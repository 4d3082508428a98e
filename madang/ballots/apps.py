from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "madang.ballots"
    verbose_name = _("투표")

    def ready(self) -> None:
        from madang.ballots import figures, finding, steps, words  # noqa: F401  registers step kinds and sentences
        from madang.ballots.erasing import forget_voter
        from madang.ground import search
        from madang.proposals import onward_links
        from madang.residents import erasure

        erasure.register(forget_voter)
        onward_links.register(figures.links_of_proposals)
        search.register("ballot", finding.everything)
