"""Scenes of doing: winners of 2020 become projects, spend their money and tell how far they came; the result papers are drawn up."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction

from madang.budgets.actions import appropriate, spend
from madang.budgets.models import Appropriation, Source
from madang.ground.clock import kst
from madang.ground.verdict import Refused
from madang.methods.partial_dates import PartialDate
from madang.programmes.actions import make_programme
from madang.projects import actions as projects
from madang.projects.models import Project
from madang.reports import actions as reports
from madang.site.demo.season import NOW
from madang.site.demo.source import SLUGS, content
from madang.site.demo.stage import Stage, day_of
from madang.site.demo.votes import _ballot

ADOPTED = kst(2020, 12, 21, 10)  # after the local assembly voted the budget


def adopt(stage: Stage) -> None:
    """Every funded item of the 2020 ballots becomes a project of 2021 with its money, spending and news."""
    sources = {s.name: s for s in Source.objects.filter(place=stage.district)}
    rows = {p["proposal"]: p for p in content("projects")["projects"]}
    slugs = {stage.proposals[slug].pk: slug for slug in rows if slug in stage.proposals}
    for dong in SLUGS:
        ballot = _ballot(stage, 2020, dong)
        for item in ballot.items.filter(number__in=ballot.tally.funded).select_related("proposal__department", "place", "ballot__tally"):
            row = rows.get(slugs.get(item.proposal_id or 0, ""))
            with transaction.atomic():
                _one(stage, item, row, sources)
            stage.tick("사업을 하는 중")


def _one(stage: Stage, item, row: dict | None, sources: dict[str, Source]) -> None:  # type: ignore[no-untyped-def]
    source = sources.get(row["funds"][0]["source"] if row else "구비") or sources["구비"]
    project = projects.adopt(item=item, source=source, year=2021, actor=stage.coordinator, at=ADOPTED)
    if row is None:
        return
    for news in row["progress"]:
        month = day_of(news["month"])
        at = min(_end_of(month), NOW)
        if month > date(2021, 6, 10) or at < ADOPTED:
            at = ADOPTED + timedelta(hours=2)
        percent = {"done": 100, "under_way": 60, "delayed": 30}[row["status"]] if news is row["progress"][-1] else None
        projects.report_progress(
            project=project, on=PartialDate(month.year, month.month), body=news["text"], percent=percent, actor=stage.coordinator, at=at
        )
    _spend(stage, project, row)
    for actor in stage.dice.sample(stage.neighbours[row["dong"]], min(6, row["participants"] or 0)):
        projects.sign_up(project=project, actor=actor, at=kst(2021, 2, 1, 10))
    if row["status"] == "done":
        projects.finish(project=project, actor=stage.coordinator, at=min(_end_of(day_of(row["progress"][-1]["month"])), NOW))


def _end_of(month: date) -> datetime:
    return kst(month.year, month.month, 28, 15)


def _spend(stage: Stage, project: Project, row: dict) -> None:
    money = Appropriation.objects.select_related("programme").get(programme=project.programme, year=2021)
    left = min(row["spent_won"], money.amount_won)
    parts = [left * 6 // 10, left - left * 6 // 10] if left > 2_000_000 else [left]
    for n, amount in enumerate(p for p in parts if p > 0):
        month = 3 + n * 2
        spend(
            appropriation=money, amount_won=amount, on=date(2021, month, 15), what=("사업 추진비", "마무리 추진비")[n], commits=True,
            actor=stage.coordinator, at=kst(2021, month, 15, 16),
        )  # fmt: skip


def programmes(stage: Stage) -> None:
    """The department's fifteen programmes of 2021 with their real budgets in won (마을자치과 2021 주요업무계획)."""
    sources = {s.name: s for s in Source.objects.filter(place=stage.district)}
    for row in content("town")["budgets"]["projects_2021"]:
        programme = make_programme(
            place=stage.district, kind="detailed", title=row["name"], summary="", year=2021, department=stage.departments["마을자치과"],
            starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31), actor=stage.coordinator, at=kst(2021, 1, 4, 10),
        )  # fmt: skip
        for name in ("국비", "시비", "구비"):
            if row.get(name):
                appropriate(
                    programme=programme, source=sources[name], year=2021, amount_won=row[name] * 1000, decided_by="",
                    actor=stage.coordinator, at=kst(2021, 1, 4, 10),
                )  # fmt: skip


def papers(stage: Stage) -> None:
    """The result report of one dong's assembly of 2020 is drawn up, signed and published; another waits to be signed."""
    for dong, finished in (("독산2동", True), ("시흥4동", False)):
        ballot = _ballot(stage, 2020, dong)
        at = kst(2020, 8, 3, 10)
        paper = reports.draw_up(kind="assembly_result", subject_pk=ballot.pk, actor=stage.coordinator, at=at)
        if finished:
            with suppress(Refused):  # where the drafting line wants somebody else, the mayor's office signs below
                reports.sign(paper=paper, actor=stage.officials["officer"], at=at + timedelta(hours=1))
            paper.refresh_from_db()
            if paper.state == "drawn_up":
                reports.sign(paper=paper, actor=stage.officials["mayor"], at=at + timedelta(hours=3))
            paper.refresh_from_db()
            reports.publish(paper=paper, actor=stage.coordinator, at=at + timedelta(hours=5))
        stage.tick("결과보고서를 쓰는 중")
