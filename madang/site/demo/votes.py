"""Scenes of voting: ten dong assemblies of 2020 counted, those of 2021 under way, the district's votes, the government's questions."""

from datetime import date, datetime, timedelta

from django.db import transaction

from madang.ballots import actions as ballots
from madang.ballots.models import Ballot
from madang.ground.clock import kst
from madang.processes import actions as processes
from madang.proposals.models import Proposal
from madang.site.demo.season import NOW
from madang.site.demo.source import SLUGS, content
from madang.site.demo.stage import Stage

FUNDED = ("adopted_funded",)


def announce(stage: Stage, year: int) -> None:
    """Each dong's ballot is filled with its shortlisted proposals and announced."""
    at = kst(2020, 6, 29, 11) if year == 2020 else kst(2021, 5, 17, 11)
    for dong in SLUGS:
        ballot = _ballot(stage, year, dong)
        listed = Proposal.objects.filter(step__process=stage.processes[year, dong], state="shortlisted", cost_won__gt=0).order_by("pk")
        ballots.fill(ballot=ballot, proposals=listed, actor=stage.coordinator, at=at)
        if year == 2020:
            _real_costs(stage, ballot, at)
        ballots.announce(ballot=ballot, actor=stage.coordinator, at=at)
        stage.tick("투표를 공고하는 중")


def _ballot(stage: Stage, year: int, dong: str) -> Ballot:
    return Ballot.objects.select_related("step__process", "place").get(step=stage.steps[year, dong, "ballot"])


def _real_costs(stage: Stage, ballot: Ballot, at: datetime) -> None:
    """What the review made of the estimate: the budget of the project that came of it."""
    budgets = {p["proposal"]: p["budget_won"] for p in content("projects")["projects"]}
    by_proposal = {stage.proposals[slug].pk: won for slug, won in budgets.items() if slug in stage.proposals}
    for item in ballot.items.select_related("ballot__place"):
        won = by_proposal.get(item.proposal_id or 0)
        if won and won != item.cost_won:
            ballots.set_cost(item=item, cost_won=won, actor=stage.coordinator, at=at)


def vote(stage: Stage, year: int) -> None:
    """People vote online and on paper: in 2020 all who do, in 2021 those who have by now."""
    fates = {stage.proposals[p["slug"]].pk: p["fate"] for p in content("proposals")["proposals"] if p["slug"] in stage.proposals}
    for dong in SLUGS:
        ballot = _ballot(stage, year, dong)
        items = list(ballot.items.all())
        liked = {i.number: 6 if fates.get(i.proposal_id or 0) in FUNDED else 1 for i in items}
        with transaction.atomic():
            _vote_in(stage, ballot, dong, liked, year)
        stage.tick("투표하는 중")


def _vote_in(stage: Stage, ballot: Ballot, dong: str, liked: dict[int, int], year: int) -> None:
    opens = ballot.step.opens_at
    closes = min(ballot.step.closes_at or NOW, NOW)
    assert opens is not None
    share = 0.9 if year == 2020 else 0.45
    own = {a.resident_id for a in stage.people.values()} if year != 2020 else set()  # the demo's people have yet to vote in 2021
    for actor in stage.neighbours[dong]:
        if actor.resident_id in own:
            continue
        if stage.dice.random() < share and 2020 - (actor.birth_year or 2000) >= ballot.min_age:
            at = opens + (closes - opens) * stage.dice.random()
            ballots.cast(ballot=ballot, picks=_picks(stage, liked, ballot.picks_max), actor=actor, at=at)
    if year != 2020:
        return
    for resident in stage.on_paper[dong]:
        channel = stage.dice.choices(["early", "postal", "hall"], [6, 3, 1])[0]
        at = (ballot.step.closes_at or NOW) - timedelta(hours=2)
        if stage.dice.random() < 0.95:
            ballots.cast_for(
                ballot=ballot,
                resident=resident,
                picks=_picks(stage, liked, ballot.picks_max),
                channel=channel,
                actor=stage.coordinator,
                at=at,
            )


def _picks(stage: Stage, liked: dict[int, int], most: int) -> list[int]:
    left, found = dict(liked), []
    for _n in range(min(len(left), stage.dice.randint(1, most))):
        chosen = stage.dice.choices(list(left), list(left.values()))[0]
        found.append(chosen)
        del left[chosen]
    return sorted(found)


def count(stage: Stage) -> None:
    """The 2020 ballots are closed and counted on the evening of each assembly."""
    for dong in SLUGS:
        ballot = _ballot(stage, 2020, dong)
        at = (ballot.step.closes_at or NOW) + timedelta(minutes=20)
        ballots.close(ballot=ballot, actor=stage.coordinator, at=at)
        ballots.count(ballot=ballot, actor=stage.coordinator, at=at + timedelta(minutes=25))
        stage.tick("표를 세는 중")


def district_vote(stage: Stage) -> None:
    """나풀나풀 of 2021 stands prepared as a draft: an officer finishes and opens it."""
    processes.make_process(
        blueprint="district_vote", place=stage.district, year=2021, title="2021 나풀나풀 주민투표", starts_on=date(2021, 7, 17),
        department=stage.departments["마을자치과"], actor=stage.coordinator, at=kst(2021, 6, 7, 10),
    )  # fmt: skip


def questions(stage: Stage) -> None:
    """금나래가 묻습니다: the questions of content/questions.json."""
    from madang.deliberation import actions as deliberation

    for row in content("questions")["questions"]:
        opens, closes = date.fromisoformat(row["opens"]), date.fromisoformat(row["closes"])
        at = kst(opens.year, opens.month, opens.day, 9) - timedelta(days=5)
        process = processes.make_process(
            blueprint="question", place=stage.district, year=opens.year, title=f"금나래가 묻습니다: {row['title']}"[:120], starts_on=opens,
            department=stage.departments.get(row["department"]) or stage.departments["마을자치과"], actor=stage.coordinator, at=at,
        )  # fmt: skip
        step = process.steps.get(kind="question")
        later = process.steps.exclude(pk=step.pk).first()
        ends = kst(closes.year, closes.month, closes.day, 18)
        dates = {step.pk: (kst(opens.year, opens.month, opens.day, 9), ends)}
        if later:
            dates[later.pk] = (ends, ends + timedelta(days=30))
        processes.plan_dates(process=process, dates=dates, actor=stage.coordinator, at=at)
        step.refresh_from_db()
        question = deliberation.draft_question(
            step=step, wording=row["question"], background="\n\n".join(row["background"]), options=row["options"],
            actor=stage.coordinator, at=at,
        )  # fmt: skip
        processes.open_process(process=process, actor=stage.coordinator, at=at)
        deliberation.publish(question=question, wording_checked=True, actor=stage.coordinator, at=at)
        options = list(question.options.all())
        people = [a for dong in SLUGS for a in stage.neighbours[dong]]
        until = min(ends, NOW)
        begin = kst(opens.year, opens.month, opens.day, 9)
        if until <= begin:
            continue
        for actor in stage.dice.sample(people, 70):
            option = stage.dice.choices(options, range(len(options), 0, -1))[0]
            deliberation.reply(question=question, option=option, words="", actor=actor, at=begin + (until - begin) * stage.dice.random())
        stage.tick("물음에 답하는 중")
