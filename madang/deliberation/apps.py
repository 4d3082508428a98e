from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    name = "madang.deliberation"
    verbose_name = _("의견 묻기")

    def ready(self) -> None:
        from madang.deliberation import finding, steps, words  # noqa: F401  registers step kinds and sentences
        from madang.deliberation.erasing import forget_replier
        from madang.ground import search
        from madang.residents import erasure

        erasure.register(forget_replier)
        search.register("question", finding.everything)
