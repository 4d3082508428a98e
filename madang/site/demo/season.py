"""Scenes of proposing: each written proposal is submitted, endorsed, talked about and handled to where its story says it came."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.db import transaction

from madang.ballots.actions import make_ballot
from madang.comments.actions import comment, hide, report
from madang.comments.models import Thread
from madang.ground import files
from madang.ground.actor import SYSTEM, Actor
from madang.ground.audit import thing
from madang.ground.clock import KST, kst, today
from madang.ground.verdict import Refused
from madang.processes import actions as processes
from madang.proposals import actions as proposals
from madang.proposals.models import Proposal
from madang.residents.models import Organisation
from madang.site.demo.source import SLUGS, content, picture
from madang.site.demo.stage import Stage, any_time, day_of, workday_after, working_time

NOW = kst(2021, 6, 10, 10)
REJECTION = "unworkable"


def open_year(stage: Stage, year: int) -> None:
    """Each dong's assembly year and the district's always-open proposals."""
    at = kst(year, 1, 4, 10)
    plan = next(a for a in content("town")["assemblies"] if a["year"] == year)
    dates = {s["kind"]: (day_of(s["opens"]), day_of(s["closes"])) for s in plan["steps"]}
    _always_open(stage, year, at)
    for dong in SLUGS:
        place = stage.places[dong]
        process = processes.make_process(
            blueprint="assembly_year", place=place, year=year, title=f"{year}년 {dong} 주민총회", starts_on=date(year, 1, 4),
            department=stage.departments["마을자치과"], council=Organisation.objects.get(place=place), actor=stage.coordinator, at=at,
        )  # fmt: skip
        _date(stage, process, dates, plan["onsite"][dong], at)
        process.refresh_from_db()
        _make_ballot(stage, process, dong, year, at)
        processes.open_process(process=process, actor=stage.coordinator, at=at)
        stage.processes[year, dong] = process
        stage.tick("한 해를 여는 중")


def _always_open(stage: Stage, year: int, at: datetime) -> None:
    process = processes.make_process(
        blueprint="always_open", place=stage.district, year=year, title=f"금천1번가 {year}", starts_on=date(year, 1, 4),
        department=stage.departments["마을자치과"], actor=stage.coordinator, at=at,
    )  # fmt: skip
    processes.open_process(process=process, actor=stage.coordinator, at=at)
    stage.processes[year, "금천구"] = process
    stage.steps[year, "금천구", "proposals"] = process.steps.get(kind="proposals")


def _date(stage: Stage, process: Any, dates: dict, onsite: str, at: datetime) -> None:
    """The year's real dates over the blueprint's usual ones."""
    agenda = dates.get("의제 제안") or dates["의제발굴"]
    review = dates.get("부서 검토") or dates["정책공유회"]
    notice, online, day = dates["총회 공고"], dates["온라인투표"], day_of(onsite)
    wanted = {
        "proposals": (_open(agenda[0]), _close(agenda[1])),
        "ballot": (_open(online[0], 9), kst(day.year, day.month, day.day, 16)),
    }
    rows: dict[int, tuple[datetime | None, datetime | None]] = {}
    gatherings, works = [], []
    for step in process.steps.all():
        if step.kind in wanted:
            rows[step.pk] = wanted[step.kind]
        elif step.kind == "gathering":
            gatherings.append(step)
        else:
            works.append(step)
    rows[gatherings[0].pk] = (_open(review[1] - timedelta(days=2), 14), _open(review[1] - timedelta(days=2), 17))
    rows[gatherings[1].pk] = (_open(day, 14), _open(day, 17))
    rows[works[0].pk] = (_open(review[0]), _close(review[1]))
    rows[works[1].pk] = (_open(notice[0]), _close(notice[1]))
    rows[works[2].pk] = (_open(day + timedelta(days=1)), _close(day + timedelta(days=14)))
    rows[works[3].pk] = (_open(day + timedelta(days=15)), _close(day + timedelta(days=75)))
    processes.plan_dates(process=process, dates=rows, actor=stage.coordinator, at=at)
    for step in process.steps.all():
        stage.steps[process.year, process.place.name, step.kind] = step


def _open(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=KST)


def _close(day: date) -> datetime:
    return _open(day + timedelta(days=1))


# One dong tries another way of counting in the year under way, so that its pages can be seen.
OTHER_RULES = {(2021, "가산동"): "equal_shares"}


def _make_ballot(stage: Stage, process: Any, dong: str, year: int, at: datetime) -> None:
    row = next(d for d in content("town")["dongs"] if d["name"] == dong)
    rules = content("town")["settings"]
    cost = sum(p["budget_won"] for p in content("projects")["projects"] if p["dong"] == dong)
    make_ballot(
        step=process.steps.get(kind="ballot"), title=f"{year}년 {dong} 주민총회 투표", picks_max=3,
        budget_won=cost if year == 2020 else rules["dong_budget_cap_won"],
        quorum=row["electorate_invented"] * rules["assembly_quorum"]["permille"] // 1000 // 10 * 10,
        min_age=rules["voting_age"], min_proof=3, reference_on=process.steps.get(kind="ballot").opens_at.astimezone(KST).date(),
        electorate_size=row["electorate_invented"], electorate_source="시범 동네의 지어낸 수, 2020. 1. 1. 기준",
        rule=OTHER_RULES.get((year, dong), "greedy_votes"), actor=stage.coordinator, at=at,
    )  # fmt: skip


def close_year(stage: Stage, year: int) -> None:
    """The year is over: its assembly processes close."""
    for dong in SLUGS:
        process = stage.processes[year, dong]
        process.refresh_from_db()
        processes.close_process(process=process, actor=stage.coordinator, at=kst(year, 12, 31, 17))


def play_proposals(stage: Stage, year: int) -> None:
    """Every written proposal of a season, in the order it came in."""
    rows = sorted((p for p in content("proposals")["proposals"] if p["season"] == year), key=lambda p: p["submitted_on"])
    for row in rows:
        with transaction.atomic():
            _play_one(stage, row)
        stage.tick("제안을 올리고 공감하는 중")
    for row in rows:
        if row["fate"] == "merged":
            _merge(stage, row)


def _play_one(stage: Stage, row: dict) -> None:
    day = day_of(row["submitted_on"])
    at = any_time(day, stage.dice)
    proposal = _submit(stage, row, at)
    stage.proposals[row["slug"]] = proposal
    if row["fate"] == "new":
        return
    opened = working_time(workday_after(day, 1), stage.dice)
    if opened >= NOW:
        return
    proposals.screen_open(proposal=proposal, actor=stage.coordinator, at=opened)
    _endorse(stage, proposal, row, opened)
    _talk(stage, proposal, row, opened)
    _handle(stage, proposal, row)


def _submit(stage: Stage, row: dict, at: datetime) -> Proposal:
    place = stage.places[row["dong"]]
    step = stage.steps[row["season"], row["dong"], "proposals"]
    # After the dong's time the district's window is still open.
    if step.closes_at and at >= step.closes_at - timedelta(days=1):
        step = stage.steps[row["season"], "금천구", "proposals"]
    x, y = row["map_xy"] or (None, None)
    pictures = [
        (files.take(BytesIO(picture(p["file"])), name=p["file"], place=stage.district, actor=SYSTEM, at=at), p["alt"])
        for p in content("pictures")["pictures"]
        if row["slug"] in p["fits"]
    ][:1]
    words = {
        "step": step, "place": place, "title": row["title"], "body": row["body"], "category": row["category"], "form": row["form"],
        "public_name": row["public_name"][:20], "cost_won": row["cost_won"], "map_x": x, "map_y": y, "files": pictures,
    }  # fmt: skip
    if row["channel"] == "online":
        return proposals.submit(**words, actor=_author(stage, row), at=at)
    received = day_of(row["submitted_on"])
    resident = stage.dice.choice(stage.on_paper[row["dong"]]) if row["dong"] in stage.on_paper and row["channel"] != "postit" else None
    at = working_time(workday_after(received, 1), stage.dice)
    return proposals.take_in(
        **words, channel=row["channel"], received_on=received, resident=resident, actor=stage.coordinator, at=min(at, NOW)
    )


def _author(stage: Stage, row: dict) -> Actor:
    """Somebody of the dong; the demo's own resident wrote the first funded one of 2020 there and one that waits in 2021."""
    mine = {(2020, "adopted_funded"), (2021, "review"), (2021, "collecting")}
    who = stage.people["resident"]
    key = (row["season"], row["fate"])
    if row["dong"] == "독산2동" and key in mine and not stage.written & {key}:
        stage.written.add(key)
        return who
    crowd = stage.neighbours.get(row["dong"]) or stage.neighbours["독산1동"]
    return stage.dice.choice(crowd)


WANTED = {  # how many endorse, by what became of it
    "adopted_funded": (21, 30), "adopted_not_funded": (20, 25), "rejected": (8, 26), "expired": (3, 14), "merged": (4, 12),
    "transferred": (5, 15), "withdrawn": (1, 5), "collecting": (2, 17), "threshold_met": (20, 27), "review": (20, 30),
    "supplement": (3, 9), "answered_adopted": (20, 29), "answered_rejected": (9, 22), "shortlisted": (21, 32),
}  # fmt: skip


def _endorse(stage: Stage, proposal: Proposal, row: dict, opened: datetime) -> None:
    least, most = WANTED[row["fate"]]
    crowd = stage.neighbours.get(row["dong"]) or [a for d in SLUGS for a in stage.neighbours[d][:4]]
    proposal.refresh_from_db()
    until = min(proposal.endorse_until or NOW, NOW)
    days = max(1, (until - opened).days)
    willing = stage.dice.sample(crowd, min(len(crowd), stage.dice.randint(least, most) + 1))
    moments = sorted(opened + timedelta(days=stage.dice.random() * min(days, 14)) for _ in willing)
    for actor, at in zip(willing, moments, strict=True):
        if at >= until or actor.resident_id == proposal.author_id:
            continue
        proposals.endorse(proposal=proposal, actor=actor, at=at)
    proposal.refresh_from_db()


def _talk(stage: Stage, proposal: Proposal, row: dict, opened: datetime) -> None:
    thread = Thread.objects.filter(subject=thing(proposal)).first()
    named = next((n["comments"] for n in content("comments")["named"] if n["proposal"] == row["slug"]), None)
    if thread is None:
        return
    if named is None:
        pool = content("comments")["pool"].get(row["category"], [])
        named = [
            {"public_name": "", "posted_on": None, "text": t, "replies": [], "moderation": None}
            for t in stage.dice.sample(pool, min(len(pool), stage.dice.randint(0, 2)))
        ]
    crowd = stage.neighbours.get(row["dong"]) or stage.neighbours["가산동"]
    for words in named:
        _say(stage, thread, words, crowd, opened)


def _say(stage: Stage, thread: Thread, words: dict, crowd: list[Actor], opened: datetime) -> None:
    day = day_of(words["posted_on"]) if words["posted_on"] else today(opened) + timedelta(days=stage.dice.randint(1, 9))
    at = max(any_time(day, stage.dice), opened)
    if at >= NOW:
        return
    said = comment(thread=thread, body=words["text"], actor=stage.dice.choice(crowd), at=at)
    for reply in words["replies"]:
        answered = max(any_time(day_of(reply["posted_on"]), stage.dice), at + timedelta(minutes=20))
        if answered < NOW:
            who = stage.officer_of(reply.get("department", "")) if reply.get("official") else stage.dice.choice(crowd)
            comment(thread=thread, body=reply["text"], parent=said, actor=who, at=answered)
    if words["moderation"]:
        when = min(at + timedelta(hours=5), NOW)
        report(comment=said, reason="광고나 다툼이에요", actor=stage.neighbours["시흥5동"][0], at=when)
        if words["moderation"].get("reason"):
            hide(comment=said, why=words["moderation"]["reason"][:200], actor=stage.officials["moderator"], at=when + timedelta(hours=1))


def _handle(stage: Stage, proposal: Proposal, row: dict) -> None:
    """From endorsing to where the story says the proposal stands."""
    answer, fate, officer = row["answer"], row["fate"], stage.officer_of(row["department"])
    if fate in ("collecting", "threshold_met", "merged"):
        return
    at = working_time(day_of(answer["answered_on"]), stage.dice) if answer else NOW - timedelta(days=2)
    if fate == "withdrawn":
        author = _author_of(stage, proposal)
        if author:
            proposals.withdraw(proposal=proposal, actor=author, at=proposal.submitted_at + timedelta(days=5))
        return
    if fate == "supplement":
        proposals.request_supplement(proposal=proposal, request=answer["text"], actor=officer, at=at)
        return
    if fate == "transferred":
        proposals.transfer(proposal=proposal, sent_to="서울특별시", why=answer["text"], actor=officer, at=at)
        return
    given = max(min(at - timedelta(days=5), NOW), proposal.submitted_at + timedelta(days=2))
    proposals.assign(
        proposal=proposal, department=stage.departments[row["department"]], actor=stage.coordinator,
        at=working_time(today(given), stage.dice),
    )  # fmt: skip
    proposal.refresh_from_db()
    _opinion(stage, proposal, row, officer, at - timedelta(hours=2))
    if fate == "review":
        return
    signed = f"{row['department']} 담당 (내선 {stage.dice.randint(1600, 2899)})"
    if fate in ("rejected", "answered_rejected", "expired"):
        proposals.reject(proposal=proposal, body=answer["text"], reason=REJECTION, signed_as=signed, actor=officer, at=at)
        return
    plan = day_of(answer["plan_month"]) if answer["plan_month"] else date(row["season"] + 1, 3, 1)
    proposals.adopt(proposal=proposal, body=answer["text"], implement_on=plan, signed_as=signed, actor=officer, at=at)
    if fate != "answered_adopted":
        proposals.shortlist(
            proposal=proposal, why="주민자치회가 총회 의제로 골랐습니다", actor=stage.coordinator, at=at + timedelta(hours=2)
        )


def _author_of(stage: Stage, proposal: Proposal) -> Actor | None:
    return next((a for rows in stage.neighbours.values() for a in rows if a.resident_id == proposal.author_id), None)


def _opinion(stage: Stage, proposal: Proposal, row: dict, officer: Actor, at: datetime) -> None:
    finding = "not_feasible" if row["fate"] in ("rejected", "answered_rejected", "expired") else "feasible"
    proposals.give_opinion(
        proposal=proposal, department=stage.departments[row["department"]], finding=finding, is_public_task=True, is_budgeted_already=False,
        basis="현장을 보고 관련 규정과 올해 예산을 견주었습니다.", cost_won=row["cost_won"],
        opinion="할 수 있는 일로 봅니다." if finding == "feasible" else "지금은 하기 어려운 일로 봅니다.", actor=officer, at=at,
    )  # fmt: skip


def _merge(stage: Stage, row: dict) -> None:
    into = stage.proposals.get(row["merged_into"])
    proposal = stage.proposals[row["slug"]]
    if into is None or not row["answer"]:
        return
    proposal.refresh_from_db()
    into.refresh_from_db()
    try:
        proposals.merge(
            proposal=proposal, into=into, why=row["answer"]["text"][:200], actor=stage.coordinator,
            at=working_time(day_of(row["answer"]["answered_on"]), stage.dice),
        )  # fmt: skip
    except Refused:  # the older one was already decided: then it stays an answer of its own
        proposals.reject(
            proposal=proposal, body=row["answer"]["text"], reason="adopted_already", signed_as=f"{row['department']} 담당",
            actor=stage.coordinator, at=working_time(day_of(row["answer"]["answered_on"]), stage.dice),
        )  # fmt: skip
