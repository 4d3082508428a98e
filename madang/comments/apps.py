from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "madang.comments"
    verbose_name = _("이야기")

    def ready(self) -> None:
        from madang.comments import words  # noqa: F401  registers sentences
