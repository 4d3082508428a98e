from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "madang.projects"
    verbose_name = _("실행")

    def ready(self) -> None:
        from madang.ballots import onward
        from madang.ground import search
        from madang.projects import finding, steps, words  # noqa: F401  registers step kinds and sentences
        from madang.projects.actions import _forget_helper
        from madang.projects.figures import links_of_items, links_onward
        from madang.proposals import onward_links
        from madang.residents import erasure

        erasure.register(_forget_helper)
        onward_links.register(links_onward)
        onward.register(links_of_items)
        search.register("project", finding.everything)
