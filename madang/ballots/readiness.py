"""What is missing before a ballot may be announced."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.ballots.models import Ballot


@dataclass(frozen=True)
class Check:
    """One line of the check list. `is_serious` lines must hold before the announcement."""

    what: Any
    holds: bool
    is_serious: bool = True
    why: Any = ""
    place: str = ""  # the page where it is mended

    @property
    def state(self) -> str:
        """As parts/todo.html wants it."""
        return "done" if self.holds else "missing" if self.is_serious else "maybe"

    @property
    def url(self) -> str:
        return "" if self.holds else self.place

    @property
    def title(self) -> Any:
        return self.what


def checks(ballot: Ballot, *, at: datetime) -> list[Check]:
    """The check list of a ballot, in the order an officer would fill it."""
    items = list(ballot.items.all())
    step = ballot.step
    rules = reverse("ballots:desk_rules", args=[ballot.pk])
    fill = reverse("ballots:desk_fill", args=[ballot.pk])
    dates = reverse("processes:desk_step", args=[step.pk])
    return [
        Check(_("투표할 것이 둘 이상"), len(items) >= 2, place=fill),
        Check(_("항목이 고를 수 있는 수보다 많음"), len(items) > ballot.picks_max, is_serious=False, place=fill,
              why=_("모두 고를 수 있으면 차례를 정할 수 없습니다.")),
        Check(_("모든 항목에 금액"), bool(items) and all(i.cost_won > 0 for i in items), place=fill),
        Check(_("시작과 끝"), bool(step.opens_at and step.closes_at), place=dates),
        Check(_("끝나는 때가 아직 오지 않음"), bool(step.closes_at and step.closes_at > at), place=dates),
        Check(_("예산"), ballot.budget_won > 0, place=rules),
        Check(_("투표할 수 있는 사람 수와 그 출처"), ballot.electorate_size > 0 and bool(ballot.electorate_source), place=rules,
              why=_("가입한 사람이 아니라 주민등록 인구에서 셉니다.")),
        Check(_("나이를 세는 기준일"), ballot.reference_on is not None, place=rules),
        Check(_("성립 기준"), ballot.quorum > 0, is_serious=False, place=rules, why=_("조례나 운영 세칙에 정한 수가 있으면 적습니다.")),
        Check(_("예산보다 비싼 항목이 없음"), all(i.cost_won <= ballot.budget_won for i in items), is_serious=False, place=fill,
              why=_("예산보다 비싼 항목은 표가 아무리 많아도 뽑히지 않습니다.")),
        Check(_("과정이 주민에게 열려 있음"), step.process.state == "open", is_serious=False,
              place=reverse("processes:desk_detail", args=[step.process_id]), why=_("과정을 열어야 투표할 수 있습니다.")),
    ]  # fmt: skip


def missing(ballot: Ballot, *, at: datetime) -> list[Check]:
    """The serious lines that do not hold."""
    return [c for c in checks(ballot, at=at) if c.is_serious and not c.holds]
