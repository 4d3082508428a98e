"""A year of one dong through the verbs: at its end every area's figures, the rows counted again and the audit trail say the same."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from madang.archive.figures import checked_files
from madang.archive.models import Record
from madang.ballots import figures as ballots
from madang.ballots.models import BallotPaper, TurnoutMark
from madang.budgets import figures as budgets
from madang.budgets.models import Appropriation, Spending
from madang.ground import audit, deeds, search
from madang.ground.clock import kst, today
from madang.ground.models import AuditEntry, AuditSeal
from madang.ground.verdict import Refused
from madang.methods.lots import seed_commitment
from madang.methods.workdays import is_workday
from madang.notices.models import Delivery, Notice
from madang.notices.sentences import said
from madang.processes import actions as processes
from madang.processes.models import Process, Step
from madang.projects import figures as projects
from madang.projects.models import Project
from madang.proposals import figures as proposals
from madang.proposals.models import Answer, ClockPause, Endorsement, Proposal
from madang.reports.comparing import numbers
from madang.reports.figures import papers_about
from madang.reports.models import OfficialPaper, PaperFile
from madang.reports.paper.blocks import from_json
from madang.reports.printing import digest
from tests.flows.year import BUDGET, COSTS, MILLION, THRESHOLD, TITLES

pytestmark = pytest.mark.django_db

# What the deeds of the year are called in the trail. A verb without a row of one of these names was not recorded.
RECORDED = {
    "ballots.announce": "ballot.noticed", "ballots.cast": "ballot.cast", "ballots.close": "ballot.closed",
    "ballots.count": "ballot.counted",
    "ballots.enter_paper": "ballot.paper_entered", "ballots.fill": "ballot.filled", "ballots.make_ballot": "ballot.made",
    "ballots.mark_voter": "ballot.voter_marked", "budgets.appropriate": "budget.appropriated", "budgets.cancel": "budget.cancelled",
    "budgets.change_amount": "budget.changed", "budgets.commit": "budget.committed", "budgets.make_source": "source.made",
    "budgets.spend": "budget.spent", "comments.comment": "comment.written", "processes.archive_process": "process.archived",
    "processes.change_dates": "step.dates_changed", "processes.close_process": "process.closed", "processes.close_step": "step.closed",
    "processes.make_process": "process.made", "processes.open_process": "process.opened", "projects.adopt": "project.adopted",
    "projects.finish": "project.finished", "projects.report_progress": "project.reported", "projects.resume": "project.resumed",
    "projects.sign_up": "project.joined", "projects.stop": "project.stopped", "proposals.adopt": "proposal.adopted",
    "proposals.ask_reconsideration": "proposal.reconsideration_asked", "proposals.assign": "proposal.assigned",
    "proposals.endorse": "proposal.endorsed", "proposals.give_opinion": "proposal.reviewed", "proposals.merge": "proposal.merged",
    "proposals.reject": "proposal.rejected", "proposals.request_supplement": "proposal.supplement_requested",
    "proposals.screen_open": "proposal.opened", "proposals.shortlist": "proposal.shortlisted", "proposals.submit": "proposal.submitted",
    "proposals.supplement": "proposal.supplemented", "proposals.take_in": "proposal.taken_in",
    "proposals.transfer": "proposal.transferred", "proposals.withdraw": "proposal.withdrawn",
    "proposals.withdraw_endorsement": "proposal.endorsement_withdrawn", "reports.draw_up": "paper.drawn_up",
    "reports.publish": "paper.published", "reports.sign": "paper.signed",
}  # fmt: skip


def hangul(text):
    return [letter for letter in text if "가" <= letter <= "힣"]


def without(text, facts):
    """A sentence without what was put into it, the longest first: a year may stand inside a title."""
    for fact in sorted(map(str, facts), key=len, reverse=True):
        text = text.replace(fact, "")
    return text


def place(year):
    return year.town.dong("doksan2")


class TestHowItEnded:
    def test_every_proposal_has_its_end(self, year):
        states = {key: year.of(key).state for key in year.proposals}
        assert states == {
            "shade": "implemented", "bench": "implementing", "paper": "implemented", "light": "rejected", "no": "rejected",
            "same": "merged", "away": "transferred", "back": "withdrawn",
        }  # fmt: skip
        assert Proposal.objects.answerable().count() == 0
        assert len({p.number for p in Proposal.objects.all()}) == 8
        assert {key: year.project(key).state for key in year.projects} == {"shade": "done", "bench": "running", "paper": "done"}

    def test_the_process_is_over_and_stays_so(self, year):
        process = Process.objects.get(pk=year.process.pk)
        assert process.state == "archived"
        assert not Step.objects.filter(process=process, closed_at__isnull=True).exists()
        with pytest.raises(Refused) as refused:
            year.do(processes.change_process, "coordinator", kst(2022, 2, 1, 9), process=process, title="다른 제목")
        assert refused.value.verdict.code == "process_is_archived"

    def test_the_deeds_stand_in_the_order_of_the_calendar(self, year):
        moments = [at for _name, _actor, at, _rows in year.deeds]
        assert moments == sorted(moments)
        assert len(moments) > 100


class TestTheLegalClock:
    def test_a_month_and_no_last_day_on_a_day_off(self, year):
        # Received on 11 January: the month ends in the New Year holidays of 11–14 February.
        assert not any(is_workday(date(2021, 2, day)) for day in (11, 12, 13, 14))
        assert year.due["bench"] == year.due["light"] == date(2021, 2, 15)
        assert year.due["paper"] == date(2021, 2, 15), "by the day on the paper, 15 January, not the day of entry"

    def test_it_stood_while_the_author_was_asked(self, year):
        pause = ClockPause.objects.get(proposal=year.proposals["shade"])
        assert (pause.from_on, pause.to_on) == (date(2021, 1, 14), date(2021, 1, 20))
        assert year.due["shade"] == date(2021, 2, 11) + timedelta(days=6)

    def test_a_second_look_has_a_month_of_its_own(self, year):
        assert year.due["no again"] == date(2021, 4, 1)
        assert list(Answer.objects.filter(proposal=year.proposals["no"]).values_list("kind", flat=True)) == ["rejected", "rejected"]

    def test_no_due_date_of_the_year_falls_on_a_day_off(self, year):
        assert [p.due_on for p in Proposal.objects.all() if p.due_on and not is_workday(p.due_on)] == []
        assert not ClockPause.objects.filter(to_on__isnull=True).exists()

    def test_the_times_are_those_of_the_rows(self, year):
        times = proposals.stage_times(year.town.pk, 2021, place(year).pk)
        decided = [p for p in Proposal.objects.all() if p.decided_at]
        days = sorted((today(p.decided_at) - p.received_on).days for p in decided)
        assert (times.answered, times.waiting, times.longest_days) == (len(decided), 0, days[-1])
        assert times.median_days == days[len(days) // 2]
        assert times.on_time == sum(today(p.decided_at) <= p.due_on for p in decided)
        assert times.on_time + times.late == times.answered == 5


class TestTheForum:
    def test_the_threshold_was_crossed_by_people_and_by_a_merge(self, year):
        bench, shade = year.of("bench"), year.of("shade")
        assert bench.threshold == shade.threshold == THRESHOLD
        assert bench.threshold_met_at == kst(2021, 1, 19, 12, 2)
        assert shade.threshold_met_at == kst(2021, 1, 21, 9), "two of its own and two that came over; one had endorsed both"
        met = AuditEntry.objects.filter(verb="proposal.threshold_met").values_list("trail", flat=True)
        assert set(met) == {f"proposal/{year.proposals[key].pk}" for key in ("bench", "same", "shade")}
        assert len(met) == 3

    def test_every_number_of_endorsements_is_its_rows(self, year):
        rows = Counter(Endorsement.objects.values_list("proposal_id", flat=True))
        assert {p.pk: p.endorsements for p in Proposal.objects.all() if p.endorsements} == dict(rows)
        assert (year.of("shade").endorsements, year.of("bench").endorsements, year.of("back").endorsements) == (4, 5, 0)
        assert proposals.heard([year.proposals["shade"].pk])[year.proposals["shade"].pk].comments == 1


class TestTheVote:
    def test_anybody_may_count_the_papers_again(self, year):
        result = ballots.result(year.ballot.pk)
        papers = list(BallotPaper.objects.filter(ballot=year.ballot).values_list("picks", flat=True))
        votes = Counter(number for picks in papers for number in picks)
        assert {i.number: i.votes for i in result.items} == dict(votes) == {1: 5, 2: 4, 3: 3, 4: 2}
        assert result.papers == len(papers) == result.turnout.voters == TurnoutMark.objects.filter(ballot=year.ballot).count() == 6
        assert result.is_quorate
        left, funded = BUDGET, []
        for item in result.items:
            if item.cost_won <= left:
                left -= item.cost_won
                funded.append(item.title)
        assert funded == [i.title for i in result.funded] == [TITLES[key] for key in ("shade", "bench", "paper")]
        assert (result.spent_won, result.left_won) == (BUDGET - left, left) == (60 * MILLION, 0)

    def test_the_seed_is_the_one_that_was_promised(self, year):
        result = ballots.result(year.ballot.pk)
        promised = AuditEntry.objects.get(verb="ballot.noticed").kept["seed_commitment"]
        assert seed_commitment(result.seed) == promised == result.seed_commitment

    def test_nobody_can_be_joined_to_a_paper(self, year):
        assert set(BallotPaper.objects.values_list("token", flat=True)) == {""}
        assert year.voting().mark_key == ""
        for row in AuditEntry.objects.filter(verb__in=["ballot.cast", "ballot.recast", "ballot.voter_marked", "ballot.paper_entered"]):
            assert (row.at.astimezone(kst(2021, 1, 1).tzinfo).hour, row.personal, set(row.kept)) == (0, None, {"channel"})


class TestTheFunnel:
    def test_numbers_of_the_areas_agree_and_are_those_of_the_rows(self, year):
        for scope in (None, place(year).pk):
            own = proposals.funnel(year.town.pk, 2021, scope)
            town = {row.key: row.value for row in projects.town_funnel(year.town.pk, 2021, scope)}
            result = ballots.result(year.ballot.pk)
            open_ones = [p for p in Proposal.objects.all() if p.is_public]
            assert town["submitted"] == own.submitted == len(open_ones) == 7
            untouched = {"screening", "supplement", "open"}
            assert town["reviewed"] == own.reviewed == sum(p.state not in untouched for p in open_ones) == 7
            assert town["balloted"] == own.shortlisted == len(result.items) == 4
            assert town["funded"] == own.adopted == len(result.funded) == Project.objects.count() == 3
            assert town["done"] == own.done == sum(p.state == "implemented" for p in open_ones) == 2
            assert own.rejected == 2

    def test_every_number_opens_a_list_of_as_many(self, year):
        for stage in projects.STAGES:
            rows = projects.reached(stage, town_id=year.town.pk, year=2021, place_id=place(year).pk)
            number = next(r.value for r in projects.town_funnel(year.town.pk, 2021, place(year).pk) if r.key == stage)
            assert rows.count() == len(projects.reached_rows(rows)) == number

    def test_the_dong_is_the_whole_town_this_year(self, year):
        matrix = projects.matrix(year.town, 2021)
        mine = next(row for row in matrix.rows if row.slug == "doksan2")
        assert [n for n, _url in mine.cells] == [n for n, _url in matrix.total.cells] == [7, 7, 4, 3, 2]
        assert sum(n for row in matrix.rows if row.slug != "doksan2" for n, _url in row.cells) == 0
        assert dict((name, (n, done)) for name, n, done in projects.dong_matrix(year.town.pk, 2021))["독산2동"] == (3, 2)


class TestTheMoney:
    def test_sums_of_every_area_are_those_of_the_lines(self, year):
        programmes = [year.project(key).programme_id for key in year.projects]
        lines = [line for pk in programmes for line in budgets.lines_of(pk) if not line.cancelled_why]
        spent = sum(r.amount_won for r in Spending.objects.filter(kind="expenditure", cancelled_at__isnull=True))
        committed = sum(r.amount_won for r in Spending.objects.filter(kind="commitment", cancelled_at__isnull=True))
        given = sum(Appropriation.objects.values_list("amount_won", flat=True))
        assert (given, committed, spent) == (63 * MILLION, 59_500_000, 42_500_000)
        assert sum(line.amount_won for line in lines) == committed + spent
        town, all_projects = budgets.town_money(year.town.pk, 2021), projects.town_projects(year.town.pk, 2021)
        for money in (town, all_projects.money, budgets.total_of(programmes), sum(budgets.money_of(programmes).values(), budgets.Money())):
            assert (money.appropriated_won, money.committed_won, money.spent_won) == (given, committed, spent)
        assert town.left_won + town.promised_won + town.spent_won == given
        assert (all_projects.total, all_projects.done, all_projects.running) == (3, 2, 1)

    def test_by_source(self, year):
        sums = Counter()
        for key in year.projects:
            for line in budgets.by_source(year.project(key).programme_id):
                sums[line.source] += line.money.appropriated_won
        assert sums == {"구비": 48 * MILLION, "시비": 15 * MILLION}
        shade = {m.source: m.money for m in budgets.by_source(year.project("shade").programme_id)}
        assert (shade["구비"].spent_won, shade["시비"].spent_won) == (28 * MILLION, 5 * MILLION)

    def test_what_the_vote_gave_and_what_was_changed_since(self, year):
        decided = Appropriation.objects.filter(decided_by=f"ballot/{year.ballot.pk}")
        changes = [(e.kept["before"], e.kept["after"]) for e in AuditEntry.objects.filter(verb="budget.changed")]
        assert changes == [("20,000,000", "18,000,000")]
        assert sum(a.amount_won for a in decided) + 2 * MILLION == ballots.result(year.ballot.pk).spent_won
        assert {year.money(key, s).amount_won for key, s in (("shade", "구비"), ("paper", "시비"))} == {COSTS["shade"], COSTS["paper"]}

    def test_by_month(self, year):
        months = budgets.spent_by_month([year.project(key).programme_id for key in year.projects], 2021)
        assert months[7] == 0
        assert months[8] == 12 * MILLION, "the line that was taken back counts no more"
        assert months[10] == 37_500_000
        assert months[11] == budgets.town_money(year.town.pk, 2021).spent_won

    def test_never_more_spent_than_committed_than_given(self, year):
        assert [a for a in Appropriation.objects.all() if not a.spent_won <= a.committed_won <= a.amount_won] == []


class TestThePaper:
    def test_says_the_numbers_of_the_figures(self, year):
        said_there = {n.name: n.shown for n in numbers(from_json(OfficialPaper.objects.get().frozen))}
        result = ballots.result(year.ballot.pk)
        assert said_there["선정 의제"] == f"{len(result.funded)}건 / 상정 {len(result.items)}건"
        assert said_there["사업비"] == f"{result.spent_won // 1000:,}천원 / 예산 {result.budget_won // 1000:,}천원"
        assert said_there["참여자"].startswith(f"{result.turnout.voters}명")
        names = {"submitted": "제안 접수", "reviewed": "부서 검토", "balloted": "투표 상정", "funded": "사업 확정", "done": "추진 완료"}
        for row in projects.town_funnel(year.town.pk, 2021, place(year).pk):
            shown = [words for name, words in said_there.items() if "제안이 온 길" in name and names[row.key] in name]
            assert shown == [f"{row.value}건"], row.key

    def test_was_signed_by_others_than_its_drafter(self, year):
        paper = OfficialPaper.objects.get()
        assert paper.state == "published"
        assert [(s["deed"], s["as"]) for s in paper.signatures] == [
            ("drafted", "주민참여팀장"), ("checked", "독산2동 담당"), ("approved", "구청장실"),
        ]  # fmt: skip
        assert len({s["account"] for s in paper.signatures}) == 3
        assert {s["sha256"] for s in paper.signatures} == {digest(paper.frozen)}

    def test_lies_in_the_archive_as_it_was_published(self, year):
        paper, record = OfficialPaper.objects.get(), Record.objects.get()
        assert (paper.record, record.number, record.retention, record.is_public) == (record, paper.number, "permanent", True)
        checked = checked_files(record)
        assert [(c.file.label, c.is_whole) for c in checked] == [("PDF", True), ("HWPX", True), ("XLSX", True)]
        sums = AuditEntry.objects.get(verb="record.deposited").kept["sha256"]
        assert sums == [c.file.sha256 for c in checked] == [f.file.sha256 for f in PaperFile.objects.filter(paper=paper).order_by("pk")]
        for subject in (f"ballot/{year.ballot.pk}", f"process/{year.process.pk}"):
            assert [line.number for line in papers_about(subject)] == [paper.number]
        assert {"paper", "record"} <= set(search.matching("주민총회 결과").values_list("kind", flat=True))


class TestTheNews:
    def test_every_notice_can_be_said_in_both_languages(self, year):
        kinds = set()
        for notice in Notice.objects.all():
            kinds.add(notice.kind)
            for language in ("ko", "en"):
                with translation.override(language):
                    words = said(notice)
                left = f"{words.title} {words.body}"
                assert "–" not in left, f"{notice.kind} lacks a fact"
                left = without(left, notice.facts.values())
                assert bool(hangul(left)) is (language == "ko"), f"{notice.kind} in {language}: {left}"
        assert kinds >= {
            "proposal.threshold_met", "proposal.supplement_requested", "proposal.merged", "proposal.adopted", "proposal.rejected",
            "step.dates_changed", "ballot.counted", "project.adopted", "project.news", "project.stopped", "project.finished",
        }  # fmt: skip

    def test_nobody_heard_the_same_twice(self, year):
        seen = Counter((n.account_id, n.kind, n.at, n.url, str(n.facts)) for n in Notice.objects.all())
        assert [what for what, times in seen.items() if times > 1] == []
        assert Delivery.objects.filter(channel="mail").count() == Notice.objects.count()

    def test_the_voters_and_nobody_else_heard_the_result(self, year):
        voters = set(TurnoutMark.objects.filter(resident__account__isnull=False).values_list("resident__account_id", flat=True))
        assert set(Notice.objects.filter(kind="ballot.counted").values_list("account_id", flat=True)) == voters
        assert len(voters) == 5


class TestTheTrail:
    def test_every_verb_played_left_its_row_by_whoever_did_it(self, year):
        assert {name for name, *_rest in year.deeds} == set(RECORDED)
        for name, actor, at, rows in year.deeds:
            verbs = {RECORDED[name], "ballot.recast" if name == "ballots.cast" else "", "paper.checked" if name == "reports.sign" else ""}
            mine = [r for r in rows if r.verb in verbs]
            assert mine, f"{name} at {at} left {[r.verb for r in rows]}"
            assert {(r.account_id, r.desk_id) for r in mine} == {(actor.account_id, actor.desk_id)}, name
            assert {today(r.at) for r in mine} == {today(at)}, name
            if actor.desk_open:
                assert {r.role for r in mine} == {actor.posts[0].title}, name

    def test_every_row_says_its_sentence_in_both_languages(self, year):
        for row in AuditEntry.objects.all():
            declared = deeds.verbs()[row.verb]
            with translation.override("ko"):
                korean = row.sentence
                assert hangul(korean), row.verb
                assert korean.count("–") == str(declared.says).count("–"), f"{row.verb} lacks a fact: {korean}"
            with translation.override("en"):
                left = row.sentence
            assert left != korean, row.verb
            left = without(left, [*row.kept.values(), *(row.personal or {}).values()])
            assert not hangul(left), f"{row.verb}: {left}"

    def test_the_chain_is_whole_to_the_last_row(self, year, capsys):
        assert list(audit.verify()) == []
        first = AuditSeal.objects.order_by("number").first()
        call_command("verify_audit", head=first.digest)
        told = capsys.readouterr().out
        assert f"{AuditSeal.objects.count()} seals, {AuditEntry.objects.count()} entries, 0 not sealed yet" in told
        assert AuditSeal.objects.order_by("-number").first().digest in told
        assert sum(AuditSeal.objects.values_list("count", flat=True)) == AuditEntry.objects.count()

    def test_a_residents_proposal_tells_its_whole_way(self, year):
        rows = AuditEntry.objects.of_trail(f"proposal/{year.proposals['shade'].pk}").filter(is_public=True)
        told = [row.verb for row in rows if row.verb != "proposal.endorsed"]
        assert told == [
            "proposal.submitted", "proposal.opened", "proposal.assigned", "proposal.review_started", "proposal.supplement_requested",
            "proposal.supplemented", "proposal.threshold_met", "proposal.joined_by", "proposal.reviewed", "proposal.shortlisted",
            "ballot.listed", "ballot.result", "project.adopted", "proposal.started", "project.reported", "project.reported",
            "proposal.finished", "paper.told",
        ]  # fmt: skip
        assert [row.at for row in rows] == sorted(row.at for row in rows)
        assert not any(resident.public_name in row.sentence for row in rows for resident in year.people)
