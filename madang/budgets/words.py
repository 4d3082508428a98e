"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals

refusals(
    {
        "amount_not_positive": _("금액은 0원보다 커야 합니다."),
        "amount_past_budget": _(
            "예산 %(budget)s원 가운데 이미 %(committed)s원을 쓰기로 했습니다. 남은 %(left)s원보다 많은 %(asked)s원은 쓸 수 없습니다."
        ),
        "amount_past_commitment": _(
            "원인행위 %(committed)s원 가운데 이미 %(spent)s원이 나갔습니다. %(asked)s원을 내보내려면 원인행위를 먼저 늘려야 합니다."
        ),
        "already_appropriated": _("%(year)s년 ‘%(source)s’ 예산은 이미 있습니다."),
        "below_commitment": _("이미 %(committed)s원을 쓰기로 해서 예산을 %(asked)s원으로 줄일 수 없습니다."),
        "change_needs_reason": _("예산을 바꾸는 까닭을 적어 주십시오. 주민에게 보입니다."),
        "source_elsewhere": _("‘%(source)s’은(는) 다른 자치구의 재원입니다."),
        "cancel_needs_reason": _("취소하는 까닭을 적어 주십시오. 주민에게 보입니다."),
        "already_cancelled": _("이미 취소한 줄입니다."),
        "cancel_below_spent": _("이미 %(spent)s원이 나갔습니다. 지출을 먼저 취소해야 이 원인행위를 취소할 수 있습니다."),
        "spent_in_future": _("아직 오지 않은 날에는 쓸 수 없습니다. 날짜를 살펴봐 주십시오."),
        "spent_outside_year": _("%(year)s년 예산은 %(year)s. 1. 1.부터 다음 해 1. 20.까지만 쓸 수 있습니다."),
    }
)
verb("source.made", says=_("재원을 더했습니다: %(name)s"), keeps={"name"})
verb(
    "budget.appropriated",
    says=_("%(year)s년 예산 %(amount)s원을 정했습니다(%(source)s)."),
    keeps={"year", "amount", "source", "by"},
    public=True,
)
verb(
    "budget.changed",
    says=_("예산을 %(before)s원에서 %(after)s원으로 바꿨습니다: %(reason)s"),
    keeps={"before", "after", "reason"},
    public=True,
)
verb("budget.committed", says=_("%(amount)s원을 쓰기로 했습니다(원인행위)."), keeps={"amount", "on"}, public=True)
verb("budget.spent", says=_("%(amount)s원을 썼습니다(지출)."), keeps={"amount", "on"}, public=True)
verb(
    "budget.cancelled",
    says=_("%(kind)s %(amount)s원을 취소했습니다: %(reason)s"),
    keeps={"amount", "kind", "reason"},
    words={"kind": {"commitment": _("원인행위"), "expenditure": _("지출")}},
    public=True,
)
