"""Sentences of the site."""

from django.utils.translation import gettext_lazy as _

from madang.ground.verdict import refusals

refusals({"demo_only": _("시범 동네에서만 할 수 있어요.")})
