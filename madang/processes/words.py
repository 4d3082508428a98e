"""Sentences of this area: what its verbs tell, why its rules refuse, what its notices say."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals
from madang.notices.kinds import message

refusals(
    {
        "not_yet_open": _("아직 열리지 않았어요. %(when)s에 열려요."),
        "already_over": _("%(when)s에 끝났어요."),
        "process_not_open": _("이 과정은 지금 열려 있지 않아요."),
        "not_in_this_step": _("이 단계에서는 할 수 없는 일이에요."),
        "process_not_yours": _("이 동네의 과정을 맡은 사람만 할 수 있습니다."),
        "process_exists": _("같은 해, 같은 곳에 ‘%(title)s’ 과정이 이미 있습니다. 제목을 바꾸거나 있는 과정을 여십시오."),
        "blueprint_unknown": _("모르는 본보기입니다. 본보기를 다시 고르십시오."),
        "blueprint_place": _("이 본보기는 %(level)s에서 씁니다. 곳을 다시 고르십시오."),
        "kind_unknown": _("모르는 단계 종류입니다. 다시 고르십시오."),
        "process_is_archived": _("보관한 과정은 바꿀 수 없습니다."),
        "process_is_public": _("이미 연 과정입니다. 날짜는 까닭을 적어 바꾸고, 단계는 없앨 수 없습니다."),
        "process_is_draft": _("아직 열지 않은 과정입니다. 일정 화면에서 바로 고치십시오."),
        "things_missing": _("열기 전에 채울 것이 %(count)s가지 남았습니다: %(what)s"),
        "steps_still_open": _("아직 끝나지 않은 단계가 있습니다: %(title)s. 날짜를 먼저 바꾸십시오."),
        "step_has_begun": _("이미 열린 단계의 여는 때는 바꿀 수 없습니다."),
        "step_is_over": _("이미 마친 단계입니다. 날짜를 바꿀 수 없습니다."),
        "end_is_past": _("닫는 때는 지금보다 뒤여야 합니다."),
        "start_is_past": _("여는 때는 지금보다 뒤여야 합니다."),
        "end_before_opening": _("닫는 때는 여는 때보다 뒤여야 합니다."),
        "end_needed": _("이 단계는 닫는 때가 있어야 합니다."),
        "start_needed": _("여는 때를 적으십시오."),
        "dates_unchanged": _("날짜가 그대로입니다."),
        "reason_needed": _("바꾸는 까닭을 적으십시오. 주민에게 그대로 보입니다."),
        "step_not_over": _("아직 끝날 때가 되지 않았습니다."),
    }
)

_K = frozenset
_STEP = _K({"step", "kind"})
verb("process.made", says=_("과정을 만들었습니다: %(title)s"), keeps=_K({"title", "blueprint", "year"}))
verb("process.copied", says=_("지난 과정을 본떠 만들었습니다: %(title)s"), keeps=_K({"title", "from", "year"}))
verb("process.changed", says=_("과정 소개를 고쳤습니다: %(fields)s"), keeps=_K({"fields"}))
verb("process.planned", says=_("일정을 짰습니다(단계 %(count)s개)."), keeps=_K({"count"}))
verb("process.opened", says=_("과정을 열었습니다."), keeps=_K({"from", "to"}), public=True)
verb("process.closed", says=_("과정을 마쳤습니다."), keeps=_K({"from", "to"}), public=True)
verb("process.reopened", says=_("과정을 다시 열었습니다: %(why)s"), keeps=_K({"from", "to", "why"}), public=True)
verb("process.archived", says=_("과정을 보관했습니다. 이제 바꿀 수 없습니다."), keeps=_K({"from", "to"}), public=True)
verb("process.discarded", says=_("열지 않은 과정을 없앴습니다: %(title)s"), keeps=_K({"title"}))
verb("step.added", says=_("단계를 더했습니다: %(step)s"), keeps=_STEP)
verb("step.changed", says=_("‘%(step)s’ 내용을 고쳤습니다."), keeps=_STEP | {"fields"}, public=True)
verb("step.dropped", says=_("단계를 뺐습니다: %(step)s"), keeps=_STEP)
verb(
    "step.dates_changed",
    says=_("‘%(step)s’ 날짜를 바꿨습니다: %(before)s → %(after)s. 까닭: %(reason)s"),
    keeps=_STEP | {"before", "after", "reason", "told"},
    public=True,
)
verb("step.closed", says=_("‘%(step)s’ 단계가 끝났습니다."), keeps=_STEP, public=True)

message(
    "step.dates_changed",
    family="processes",
    title=_("‘%(step)s’ 날짜가 바뀌었어요"),
    body=_("%(process)s: %(before)s에서 %(after)s(으)로 바뀌었어요. 까닭: %(reason)s"),
)

# What a blueprint may require of a process, in words.
REQUIRED = {"department": _("맡은 부서"), "council": _("주민자치회")}
LEVELS = {"district": _("구"), "dong": _("동")}
