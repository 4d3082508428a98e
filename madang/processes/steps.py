"""The two kinds of step that need no area of their own: a day people meet, and a time in which the office works."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from madang.processes.kinds import Blocker, StepKind, StepLine, register
from madang.processes.models import Step


@dataclass(frozen=True)
class GatheringSettings:
    """A day people meet."""

    seats: int = 0  # 0: no limit said
    is_online_too: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.seats <= 100_000:
            raise ValidationError(_("자리는 0에서 100,000 사이로 적습니다."))


@dataclass(frozen=True)
class WorkSettings:
    """A time in which the office or the council works on what came in."""

    is_law: bool = False  # a law or a bylaw sets this period
    least_days: int = 0  # the shortest it may be, e.g. 14 for a notice

    def __post_init__(self) -> None:
        if not 0 <= self.least_days <= 366:
            raise ValidationError(_("가장 짧은 기간은 0일에서 366일 사이로 적습니다."))


def gathering_line(step: Step, *, at: datetime) -> StepLine:
    """Where people meet and whether there is room."""
    said = [step.where] if step.where else []
    if step.setting("seats"):
        said.append(_g("자리 %(seats)s개") % {"seats": step.setting("seats")})
    if step.setting("is_online_too"):
        said.append(_g("온라인으로도 볼 수 있어요"))
    return StepLine(text=", ".join(said) or step.summary)


def gathering_blockers(step: Step, *, at: datetime) -> list[Blocker]:
    """People must know where to come; a place can still be found while the process already runs."""
    return [] if step.where else [Blocker(_g("‘%(title)s’ 장소") % {"title": step.title}, url=_form_of(step))]


def work_line(step: Step, *, at: datetime) -> StepLine:
    """What is being done."""
    return StepLine(text=step.summary)


def work_blockers(step: Step, *, at: datetime) -> list[Blocker]:
    """A period that a bylaw makes at least so long must be so long from the beginning."""
    least = step.setting("least_days")
    if not least or not step.opens_at or not step.closes_at or (step.closes_at - step.opens_at).days >= least:
        return []
    what = _g("‘%(title)s’ 기간은 적어도 %(days)s일이어야 합니다") % {"title": step.title, "days": least}
    return [Blocker(what, url=f"{reverse('processes:desk_dates', args=[step.process_id])}#step-{step.pk}", holds_process=True)]


def _form_of(step: Step) -> str:
    return f"{reverse('processes:desk_step', args=[step.pk])}#id_where"


GATHERING = register(
    StepKind(
        slug="gathering",
        label=_("모이는 날"),
        mark=_("모임"),
        tone="info",
        settings=GatheringSettings,
        needs_end=True,
        line=gathering_line,
        blockers=gathering_blockers,
        setting_labels={"seats": _("자리 수(0이면 적지 않음)"), "is_online_too": _("온라인으로도 함께하기")},
    )
)
WORK = register(
    StepKind(
        slug="work",
        label=_("살피고 준비하는 기간"),
        mark=_("준비"),
        tone="plain",
        settings=WorkSettings,
        needs_end=True,
        line=work_line,
        blockers=work_blockers,
        setting_labels={"is_law": _("법이나 조례로 정한 기간"), "least_days": _("가장 짧은 기간(일, 0이면 정하지 않음)")},
    )
)
