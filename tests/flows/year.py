"""One year of 독산2동, 2020-12 to 2022-01, played through the verbs by the people whose task each deed is. Every moment is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from madang.ballots import actions as ballots
from madang.ballots.models import Ballot, BallotItem
from madang.budgets import actions as budgets
from madang.budgets.models import Appropriation
from madang.comments import actions as comments
from madang.comments.models import Thread
from madang.ground import audit
from madang.ground.actor import SYSTEM, Actor
from madang.ground.clock import kst
from madang.ground.models import Account, AuditEntry
from madang.ground.town import Town
from madang.methods.partial_dates import PartialDate
from madang.processes import actions as processes
from madang.processes.models import Process, Step
from madang.projects import actions as projects
from madang.projects.models import Project
from madang.proposals import actions as proposals
from madang.proposals.models import Proposal
from madang.reports import actions as reports
from madang.reports.models import OfficialPaper
from madang.residents.models import Resident
from tests.residents.makers import (
    a_council,
    a_department,
    a_paper_resident,
    a_resident,
    a_town,
    actor_of,
    an_official,
    open_desk_for,
)

THRESHOLD = 3
MILLION = 1_000_000
BUDGET = 60 * MILLION
TITLES = {
    "shade": "골목 그늘막 세 곳", "bench": "어르신 쉼 의자", "light": "학교 앞 바닥 조명", "paper": "작은도서관 밤 열기",
    "no": "한강까지 가는 케이블카", "same": "골목에 그늘막을 놓아 주세요", "away": "국도 신호 바꾸기", "back": "마음을 바꾼 제안",
}  # fmt: skip
COSTS = {"shade": 30 * MILLION, "bench": 20 * MILLION, "light": 45 * MILLION, "paper": 10 * MILLION}


@dataclass
class Year:
    """Who plays, what they made, and every deed with the rows it left in the audit trail."""

    town: Town = field(default_factory=lambda: a_town(endorsement_threshold=THRESHOLD))
    officials: dict[str, Account] = field(default_factory=dict)
    people: list[Resident] = field(default_factory=list)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    deeds: list[tuple[str, Actor, datetime, list[AuditEntry]]] = field(default_factory=list)
    due: dict[str, date] = field(default_factory=dict)
    process: Process = None  # type: ignore[assignment]
    ballot: Ballot = None  # type: ignore[assignment]
    report: OfficialPaper = None  # type: ignore[assignment]

    def do(self, verb: Callable[..., Any], who: str | Resident | Actor, at: datetime, **given: Any) -> Any:
        """One deed by an official (by role), a resident or the system; what it returned."""
        actor = self.actor(who, at)
        before = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        made = verb(**given, actor=actor, at=at)
        name = f"{verb.__module__.split('.')[1]}.{verb.__name__}"
        self.deeds.append((name, actor, at, list(AuditEntry.objects.filter(pk__gt=before).order_by("pk"))))
        return made

    def actor(self, who: str | Resident | Actor, at: datetime) -> Actor:
        """An official opens the desk for the deed; a resident simply acts."""
        if isinstance(who, Actor):
            return who
        if isinstance(who, str):
            open_desk_for(self.officials[who], at=at)
            return actor_of(self.officials[who], at=at)
        return actor_of(who, at=at)

    def step(self, kind: str, title: str = "") -> Step:
        rows = Step.objects.select_related("process__place").filter(process=self.process, kind=kind)
        return rows.get(title=title) if title else rows.first()

    def of(self, key: str) -> Proposal:
        return Proposal.objects.select_related("step__process__place", "place", "department").get(pk=self.proposals[key].pk)

    def project(self, key: str) -> Project:
        return Project.objects.select_related("programme__department", "place", "proposal").get(pk=self.projects[key].pk)

    def voting(self) -> Ballot:
        """The vote as a page would read it now."""
        return Ballot.objects.select_related("step__process__place", "place").get(pk=self.ballot.pk)

    def money(self, key: str, source: str = "구비") -> Appropriation:
        return Appropriation.objects.get(programme_id=self.project(key).programme_id, source__name=source)


def play() -> Year:
    """The whole year."""
    year = Year()
    for season in (winter, january, february, spring, announcement, vote, autumn, paper, end):
        season(year)
    return year


def winter(year: Year) -> None:
    """December before: the people, a process of the blueprint, its ballot's rules, opened."""
    at, town = kst(2020, 12, 1, 10), year.town
    office = a_department(town, "독산2동 주민센터", "dong_office")
    parks = a_department(town, "공원녹지과")
    year.officials = {
        "coordinator": an_official(town, "coordinating_officer", desk=False, title="주민참여팀장"),
        "second": an_official(town, "coordinating_officer", desk=False, title="마을자치과 담당"),
        "dong": an_official(town, "dong_officer", "doksan2", office, desk=False, title="독산2동 담당"),
        "parks": an_official(town, "department_officer", None, parks, desk=False, title="공원녹지과 담당"),
        "mayor": an_official(town, "mayor_office", desk=False, title="구청장실"),
    }
    year.people = [a_resident(town, at=at) for _n in range(8)]
    year.process = year.do(
        processes.make_process, "coordinator", at, blueprint="assembly_year", place=town.dong("doksan2"), year=2021, title="",
        starts_on=date(2021, 1, 1), department=a_department(town), council=a_council(town),
    )  # fmt: skip
    year.ballot = year.do(
        ballots.make_ballot, "coordinator", kst(2020, 12, 2, 10), step=year.step("ballot"), title="2021년 독산2동 주민총회 투표",
        picks_max=3, budget_won=BUDGET, quorum=5, reference_on=date(2021, 4, 1), electorate_size=18_000,
        electorate_source="2021년 3월 말 주민등록 인구",
    )  # fmt: skip
    year.do(processes.open_process, "coordinator", kst(2020, 12, 15, 10), process=year.process)


def january(year: Year) -> None:
    """Proposals come in, are screened, given to a department, talked about and endorsed past the threshold of the forum."""
    people, place = year.people, year.town.dong("doksan2")
    keys = ("shade", "bench", "light", "no", "same", "away", "back")
    for n, key in enumerate(keys):
        given = {"title": TITLES[key], "body": "이웃과 이야기해 보았습니다.", "category": "환경·공원", "cost_won": COSTS.get(key)}
        step = year.step("proposals")
        year.proposals[key] = year.do(proposals.submit, people[n], kst(2021, 1, 11, 10, n), step=step, place=place, **given)
    for n, key in enumerate(keys):
        if year.of(key).state == "screening":
            year.do(proposals.screen_open, "dong", kst(2021, 1, 11, 15, n), proposal=year.of(key))
    year.due = {key: year.of(key).due_on for key in year.proposals}
    parks = a_department(year.town, "공원녹지과")
    for key in ("shade", "bench", "light", "no"):
        year.do(proposals.assign, "coordinator", kst(2021, 1, 13, 9), proposal=year.of(key), department=parks)
    year.do(proposals.request_supplement, "parks", kst(2021, 1, 14, 11), proposal=year.of("shade"), request="세 곳이 어디인지요?")
    year.proposals["paper"] = year.do(
        proposals.take_in, "dong", kst(2021, 1, 18, 9), step=year.step("proposals"), place=place, title=TITLES["paper"],
        category="문화·교육", cost_won=COSTS["paper"], channel="paper", received_on=date(2021, 1, 15),
        resident=a_paper_resident(year.town, at=kst(2021, 1, 18, 9)),
    )  # fmt: skip
    year.do(proposals.screen_open, "dong", kst(2021, 1, 18, 10), proposal=year.of("paper"))
    year.due["paper"] = year.of("paper").due_on
    for hour, (key, first, last) in enumerate((("shade", 1, 3), ("same", 2, 6), ("bench", 2, 7), ("back", 0, 1)), 10):
        for n, who in enumerate(p for p in people[first:last] if p.pk != year.of(key).author_id):
            year.do(proposals.endorse, who, kst(2021, 1, 19, hour, n), proposal=year.of(key))
    year.do(proposals.withdraw_endorsement, people[0], kst(2021, 1, 20, 9), proposal=year.of("back"))
    thread = Thread.objects.get(subject=f"proposal/{year.proposals['shade'].pk}")
    year.do(comments.comment, people[5], kst(2021, 1, 20, 10), thread=thread, body="저도 여름마다 힘들었어요.")
    year.do(proposals.supplement, people[0], kst(2021, 1, 20, 21), proposal=year.of("shade"), body="독산로 24길 들머리입니다.")
    year.due["shade"] = year.of("shade").due_on
    year.do(proposals.merge, "dong", kst(2021, 1, 21, 9), proposal=year.of("same"), into=year.of("shade"), why="같은 골목입니다.")
    year.do(proposals.transfer, "dong", kst(2021, 1, 21, 10), proposal=year.of("away"), sent_to="국토교통부", why="국도입니다.")
    year.do(proposals.withdraw, people[6], kst(2021, 1, 22, 9), proposal=year.of("back"), why="마음이 바뀌었어요")


def february(year: Year) -> None:
    """The department's opinion and the town's answers: yes with a day, no with a reason, and looking again; what goes to the vote."""
    for key in ("shade", "bench", "light"):
        year.do(
            proposals.give_opinion, "parks", kst(2021, 2, 3, 14), proposal=year.of(key), finding="feasible", is_public_task=True,
            is_budgeted_already=False, basis="현장을 보았습니다.", opinion="할 수 있습니다.", cost_won=COSTS[key],
        )  # fmt: skip
    signed = {"signed_as": "공원녹지과 담당 (내선 2345)"}
    year.do(
        proposals.adopt, "parks", kst(2021, 2, 9, 10), proposal=year.of("bench"), body="올해 안에 놓겠습니다.",
        implement_on=date(2021, 12, 20), **signed,
    )  # fmt: skip
    for key in ("shade", "light", "paper"):
        year.do(proposals.shortlist, "dong", kst(2021, 2, 10, 9), proposal=year.of(key), why="주민자치회 분과 회의")
    no = {"reason": "unworkable", "body": "지을 자리가 없습니다.", **signed}
    year.do(proposals.reject, "parks", kst(2021, 2, 15, 17), proposal=year.of("no"), **no)
    year.do(proposals.ask_reconsideration, year.people[3], kst(2021, 3, 1, 20), proposal=year.of("no"), why="다른 길도 있습니다.")
    year.due["no again"] = year.of("no").due_on
    year.do(proposals.reject, "parks", kst(2021, 3, 24, 10), proposal=year.of("no"), **no)
    audit.seal(at=kst(2021, 3, 31, 23))
    year.do(proposals.shortlist, "dong", kst(2021, 4, 20, 9), proposal=year.of("bench"), why="주민자치회 분과 회의")


def spring(year: Year) -> None:
    """A date moves with a reason; what is over is closed by the sweep."""
    step = year.step("gathering", "정책검토회")
    year.do(
        processes.change_dates, "coordinator", kst(2021, 4, 30, 9), step=step, opens_at=kst(2021, 5, 14, 14),
        closes_at=kst(2021, 5, 14, 17), reason="장소가 바뀌었습니다.",
    )  # fmt: skip
    sweep(year, kst(2021, 5, 15, 0, 10))


def announcement(year: Year) -> None:
    """The list and its costs, announced two weeks before the vote and frozen."""
    at = kst(2021, 5, 21, 9)
    chosen = [year.of(key) for key in ("shade", "bench", "light", "paper")]
    year.do(ballots.fill, "coordinator", kst(2021, 5, 20, 10), ballot=year.voting(), proposals=chosen)
    year.do(ballots.announce, "coordinator", at, ballot=year.voting())


def vote(year: Year) -> None:
    """Six online (one of them twice), one on paper; closed on the assembly's Saturday, counted, told."""
    people = year.people
    papers = ((1, 2), (1, 2, 3), (1, 3), (1, 2, 4), (3,), (2, 3))
    for n, (who, picks) in enumerate(zip([*people[:5], people[4]], papers, strict=True)):
        year.do(ballots.cast, who, kst(2021, 6, 7, 12, n), ballot=year.voting(), picks=list(picks))
    elder = a_paper_resident(year.town, at=kst(2021, 6, 9, 9))
    year.do(ballots.mark_voter, "dong", kst(2021, 6, 9, 10), ballot=year.voting(), resident=elder, channel="hall")
    year.do(ballots.enter_paper, "dong", kst(2021, 6, 12, 14, 30), ballot=year.voting(), picks=[1, 4], channel="hall")
    year.do(ballots.close, "coordinator", kst(2021, 6, 12, 15, 1), ballot=year.voting())
    year.do(ballots.count, "coordinator", kst(2021, 6, 12, 15, 10), ballot=year.voting())
    sweep(year, kst(2021, 6, 12, 18))
    audit.seal(at=kst(2021, 6, 12, 23))


def autumn(year: Year) -> None:
    """Who lost is answered; winners become projects with money by source, are worked on, paid for, done; one is stopped and goes on."""
    year.do(
        proposals.reject, "parks", kst(2021, 6, 21, 10), proposal=year.of("light"), reason="unworkable",
        body="총회에서 뽑히지 않아 올해는 하지 않습니다.", signed_as="공원녹지과 담당 (내선 2345)",
    )  # fmt: skip
    at = kst(2021, 7, 5, 10)
    own = year.do(budgets.make_source, "coordinator", at, place=year.town.place, code="gu", name="구비", order=1)
    city = year.do(budgets.make_source, "coordinator", at, place=year.town.place, code="si", name="시비", order=2)
    for key, source in (("shade", own), ("bench", own), ("paper", city)):
        item = BallotItem.objects.select_related("ballot__tally", "place", "proposal__department").get(
            ballot=year.ballot, proposal=year.proposals[key]
        )
        year.projects[key] = year.do(projects.adopt, "coordinator", at, item=item, source=source, year=2021)
    year.do(
        budgets.appropriate, "coordinator", kst(2021, 8, 2, 10), programme=year.project("shade").programme, source=city, year=2021,
        amount_won=5 * MILLION, decided_by="추경",
    )  # fmt: skip
    cut = {"amount_won": 18 * MILLION, "reason": "낙찰 차액"}
    year.do(budgets.change_amount, "coordinator", kst(2021, 8, 2, 11), appropriation=year.money("bench"), **cut)
    year.do(projects.sign_up, year.people[7], kst(2021, 8, 10, 20), project=year.project("shade"))
    pay(year, "shade", "commit", 28 * MILLION, date(2021, 8, 20))
    pay(year, "shade", "spend", 12 * MILLION, date(2021, 9, 10))
    wrong = pay(year, "shade", "spend", 1 * MILLION, date(2021, 9, 11))
    year.do(budgets.cancel, "parks", kst(2021, 9, 13, 9), spending=wrong, reason="두 번 적었습니다.")
    tell(year, "shade", 9, 40)
    pay(year, "bench", "commit", 17 * MILLION, date(2021, 10, 1))
    tell(year, "bench", 10, 20)
    year.do(projects.stop, "parks", kst(2021, 11, 1, 9), project=year.project("bench"), why="자재가 늦습니다.")
    pay(year, "paper", "spend", 9_500_000, date(2021, 11, 2), source="시비", who="dong", commits=True)
    tell(year, "paper", 11, 90, who="dong")
    pay(year, "shade", "spend", 16 * MILLION, date(2021, 11, 30))
    pay(year, "shade", "spend", 5 * MILLION, date(2021, 12, 1), source="시비", commits=True)
    year.do(projects.resume, "parks", kst(2021, 12, 6, 9), project=year.project("bench"))
    tell(year, "shade", 12, 95)
    for key, who in (("shade", "parks"), ("paper", "dong")):
        year.do(projects.finish, who, kst(2021, 12, 28, 18), project=year.project(key))


def tell(year: Year, key: str, month: int, percent: int, who: str = "parks") -> None:
    """News of a month, on its 28th."""
    told = {"on": PartialDate(2021, month), "body": "자리를 정하고 공사를 했습니다.", "percent": percent}
    year.do(projects.report_progress, who, kst(2021, month, 28, 17), project=year.project(key), **told)


def pay(year: Year, key: str, how: str, won: int, on: date, *, source: str = "구비", who: str = "parks", **over: Any) -> Any:
    """A commitment or an expenditure, entered on its own evening."""
    at = kst(on.year, on.month, on.day, 18)
    return year.do(getattr(budgets, how), who, at, appropriation=year.money(key, source), amount_won=won, on=on, what="그늘막 공사", **over)


def paper(year: Year) -> None:
    """The result report: drawn up by the one, checked by the dong, signed by the mayor's office, published by another."""
    year.report = year.do(reports.draw_up, "coordinator", kst(2021, 12, 29, 10), kind="assembly_result", subject_pk=year.ballot.pk)
    year.do(reports.sign, "dong", kst(2021, 12, 29, 14), paper=year.report)
    year.do(reports.sign, "mayor", kst(2021, 12, 30, 9), paper=year.report)
    year.do(reports.publish, "second", kst(2021, 12, 30, 11), paper=year.report)


def end(year: Year) -> None:
    """What is over is closed and put away, and the trail is sealed to its last row."""
    sweep(year, kst(2022, 1, 3, 0, 10))
    year.do(processes.close_process, "coordinator", kst(2022, 1, 3, 9), process=Process.objects.get(pk=year.process.pk))
    year.do(processes.archive_process, "coordinator", kst(2022, 1, 31, 9), process=Process.objects.get(pk=year.process.pk))
    while audit.seal(at=kst(2022, 1, 31, 23), most=50):
        pass


def sweep(year: Year, at: datetime) -> None:
    """What the hourly job does with steps whose time is over."""
    for step in Step.objects.filter(process=year.process, closes_at__lte=at, closed_at__isnull=True).select_related("process__place"):
        year.do(processes.close_step, SYSTEM, at, step=step)
