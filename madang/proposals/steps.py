"""The step kind of this area: a time in which a town or a dong takes proposals."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Proof
from madang.processes.kinds import Blocker, StepKind, StepLine, register
from madang.processes.models import Step
from madang.proposals.figures import touched
from madang.proposals.rules import may_propose


@dataclass(frozen=True)
class ProposalSettings:
    """How a step takes proposals. `threshold` and `days` of 0 mean: as the town has set."""

    propose_proof: int = Proof.CONTACT  # the least a proposer must have shown of herself
    endorse_proof: int = Proof.CONTACT
    solicited: bool = False  # 공모제안: the legal month runs from the end of the step
    screens_first: bool = True  # an officer looks before the public does
    only_here: bool = False  # only people of the dong whose process it is
    threshold: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        problems = [
            _("%(name)s 값은 %(low)s에서 %(high)s 사이여야 합니다.") % {"name": SETTING_LABELS[name], "low": low, "high": high}
            for name, low, high in (
                ("propose_proof", Proof.CONTACT, Proof.RESIDENCE),
                ("endorse_proof", Proof.CONTACT, Proof.RESIDENCE),
                ("threshold", 0, 100_000),
                ("days", 0, 365),
            )
            if isinstance(getattr(self, name), bool) or not low <= getattr(self, name) <= high
        ]
        if problems:
            raise ValidationError(problems)


SETTING_LABELS = {
    "propose_proof": _("제안할 때 필요한 확인 단계"),
    "endorse_proof": _("공감할 때 필요한 확인 단계"),
    "solicited": _("공모제안으로 받기"),
    "screens_first": _("먼저 살펴본 다음 공개하기"),
    "only_here": _("이 동 사람만 제안하고 공감하기"),
    "threshold": _("공감 기준(명, 0은 동네 설정대로)"),
    "days": _("공감 기간(일, 0은 동네 설정대로)"),
}


PROOFS = (
    (int(Proof.CONTACT), _("연락처 확인")),
    (int(Proof.PERSON), _("본인 확인")),
    (int(Proof.RESIDENCE), _("거주 확인")),
)


def line(step: Step, *, at: datetime) -> StepLine:
    """What the home page says of the step. Reads nothing from the database."""
    if not step.is_open(at):
        return StepLine(text=_g("지금은 제안을 받지 않아요. 올라온 제안은 볼 수 있어요."), action=_g("제안 보기"), url=home_url(step))
    return StepLine(
        text=_g("동네에 필요한 일을 적어 주세요. 공감이 모자라도 답변은 꼭 드려요."),
        action=_g("제안 쓰기"),
        url=f"{reverse('proposals:write')}?step={step.pk}",
    )


def home_url(step: Step) -> str:
    """The list narrowed to one step."""
    return f"{reverse('proposals:list')}?step={step.pk}"


def blockers(step: Step, *, at: datetime) -> list[Blocker]:
    """What is missing before the step may open: a call for proposals (공모) must end, because its legal clock starts then."""
    if step.setting("solicited") and step.closes_at is None:
        return [Blocker(_("공모제안은 끝나는 날이 있어야 답변 기한을 셀 수 있습니다."))]
    return []


KIND = register(
    StepKind(
        slug="proposals",
        label=_("제안 받기"),
        allows=frozenset({"propose", "endorse", "comment"}),
        settings=ProposalSettings,
        urls="madang.proposals.urls",
        prefix="proposals/",
        home="proposals:list",
        desk_home="proposals:desk_list",
        mark=_("제안"),
        tone="open",
        line=line,
        blockers=blockers,
        setting_labels=SETTING_LABELS,
        setting_choices={"propose_proof": PROOFS, "endorse_proof": PROOFS},
        touched=touched,
        rules={"propose": may_propose},
    )
)
