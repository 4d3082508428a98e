"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals

refusals(
    {
        "programme_role_needed": _("이 사업을 맡은 부서나 총괄 부서만 할 수 있습니다."),
        "progress_in_future": _("아직 오지 않은 때의 진행 소식은 적을 수 없습니다. 날짜를 살펴봐 주십시오."),
        "parent_kind_wrong": _("‘%(parent)s’ 아래에는 ‘%(child)s’을(를) 둘 수 없습니다."),
        "percent_past_hundred": _("진행률은 0에서 100 사이의 수로 적어 주십시오."),
        "photo_without_alt": _("사진에 무엇이 보이는지 적어 주십시오. 눈으로 볼 수 없는 사람이 읽습니다."),
        "period_backwards": _("끝나는 때가 시작하는 때보다 앞섭니다."),
    }
)
verb("programme.made", says=_("사업을 만들었습니다: %(title)s"), keeps={"title", "kind", "year"}, public=True)
verb("programme.changed", says=_("사업 내용을 고쳤습니다."), keeps={"fields"})
verb("progress.added", says=_("진행 소식을 적었습니다(%(on)s)."), keeps={"on", "percent"}, public=True)
