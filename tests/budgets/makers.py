"""Programmes and money for tests, made through the verbs."""

from datetime import date, datetime
from typing import Any

from madang.budgets import actions
from madang.budgets.models import Appropriation, Source
from madang.ground.actor import SYSTEM
from madang.ground.town import Town
from madang.programmes.actions import make_programme
from madang.programmes.models import Programme
from tests import NOON
from tests.residents.makers import a_department, a_town


def a_programme(town: Town | None = None, dong: str | None = "doksan2", *, year: int = 2021, at: datetime = NOON, **over: Any) -> Programme:
    """A year's work of a dong (`dong=None`: of the whole town), done by 마을자치과."""
    town = town or a_town()
    values = {
        "kind": "project", "title": "골목 그늘막 세 곳", "summary": "골목에 그늘을 만듭니다.", "department": a_department(town),
        "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31), **over,
    }  # fmt: skip
    return make_programme(place=town.dong(dong) if dong else town.place, year=year, actor=SYSTEM, at=at, **values)


def a_source(town: Town | None = None, name: str = "구비", code: str = "gu", order: int = 1) -> Source:
    """A source of money of the town; the same one when asked twice."""
    town = town or a_town()
    return actions.make_source(place=town.place, code=code, name=name, order=order, actor=SYSTEM, at=NOON)


def an_appropriation(
    programme: Programme | None = None, amount_won: int = 10_000_000, *, year: int = 2021, source: Source | None = None
) -> Appropriation:
    """Money of a programme for a fiscal year."""
    programme = programme or a_programme()
    return actions.appropriate(
        programme=programme, source=source or a_source(), year=year, amount_won=amount_won, decided_by="", actor=SYSTEM, at=NOON
    )
