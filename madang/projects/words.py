"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals
from madang.notices.kinds import message

refusals(
    {
        "item_not_funded": _("투표에서 선정되지 않은 것은 사업으로 만들 수 없습니다."),
        "already_adopted": _("이미 사업으로 만들었습니다."),
        "sign_up_needs_profile": _("함께하려면 먼저 공개 이름을 정해 주세요."),
        "already_signed_up": _("이미 함께하기로 했어요."),
        "project_is_over": _("이미 끝난 사업이에요."),
        "not_signed_up": _("함께하기로 한 사업이 아니에요."),
        "winner_stands_in_the_way": _("‘%(title)s’을(를) 사업으로 만들 수 없어 모두 그대로 두었습니다. %(why)s"),
        "done_needs_no_percent": _("마친 사업의 진행률은 바꿀 수 없습니다. 진행률을 비우고 소식만 적어 주십시오."),
        "stop_needs_reason": _("멈추는 까닭을 적어 주십시오. 주민에게 보입니다."),
    }
)
verb(
    "project.adopted",
    says=_("사업이 되었습니다: %(title)s, 예산 %(amount)s원"),
    keeps={"title", "amount", "proposal", "ballot"},
    public=True,
)
verb("project.started", says=_("사업을 시작했습니다."), keeps={"from", "to"}, public=True)
verb("project.finished", says=_("사업을 마쳤습니다."), keeps={"from", "to"}, public=True)
verb("project.stopped", says=_("사업을 멈췄습니다: %(why)s"), keeps={"from", "to", "why"}, public=True)
verb("project.resumed", says=_("사업을 다시 시작했습니다."), keeps={"from", "to"}, public=True)
verb("project.reported", says=_("진행 소식을 올렸습니다. 지금까지 %(percent)s%% 했습니다."), keeps={"percent"}, public=True)
verb("project.joined", says=_("주민이 함께하기로 했습니다."))
verb("project.left", says=_("주민이 함께하기를 그만두었습니다."))
message(
    "project.adopted", family="projects", title=_("내 제안 ‘%(title)s’이(가) 사업이 되었어요"), body=_("예산 %(amount)s원으로 시작합니다.")
)
message("project.news", family="projects", title=_("‘%(title)s’ 새 소식"), body=_("%(body)s"))
message("project.finished", family="projects", title=_("‘%(title)s’을(를) 마쳤어요"))
message("project.stopped", family="projects", title=_("‘%(title)s’을(를) 멈췄어요"), body=_("까닭: %(why)s"))
