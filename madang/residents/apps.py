from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsConfig(AppConfig):
    name = "madang.residents"
    verbose_name = _("주민과 조직")

    def ready(self) -> None:
        from madang.residents import jobs, words  # noqa: F401  registers sentences and sweeps
        from madang.residents.verifiers import codes, outside, people  # noqa: F401  registers the ways of proof
