"""What a question still lacks before it may be asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.deliberation.models import Question


@dataclass(frozen=True)
class Check:
    """One line of the check list, as parts/todo.html draws it."""

    state: str  # "missing" or "done"
    title: Any
    why: str = ""
    url: str = ""


def checks(question: Question, *, at: datetime) -> list[Check]:
    """Every point: end, background, options. Whether the wording is neutral only a person can say; that is asked at publishing."""
    edit = reverse("deliberation:desk_edit", args=[question.pk])
    dates = reverse("processes:desk_detail", args=[question.step.process_id])
    ends = question.step.closes_at
    options = question.options.count()
    points = (
        (question.step.opens_at is not None and ends is not None and ends > at, _("시작하는 때와 끝나는 때"), "", dates),
        (bool(question.wording.strip()), _("물음"), "", edit),
        (bool(question.background.strip()), _("배경 자료"), _("무엇이 왜 문제이고 무엇을 바꿀 수 있는지 적습니다."), edit),
        (options >= 2, _("보기 둘 이상"), "", edit),
    )
    return [Check("done" if ok else "missing", title, "" if ok else why, "" if ok else url) for ok, title, why, url in points]


def missing(question: Question, *, at: datetime) -> list[Check]:
    """Only what is missing."""
    return [c for c in checks(question, at=at) if c.state == "missing"]
