"""The desk's verbs: screening, supplement, merging, the clock of each class, opinion and answer, and who is told."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.comments.models import Thread
from madang.ground.actor import SYSTEM
from madang.ground.clock import KST, today
from madang.ground.models import AuditEntry, SearchText
from madang.ground.verdict import Refused
from madang.methods.workdays import is_workday
from madang.notices.models import Notice
from madang.proposals import actions, rules_desk
from madang.proposals.models import Answer, ClockPause, Endorsement, Proposal
from tests import NOON
from tests.proposals.makers import a_proposal, a_proposal_step, endorsed_by
from tests.residents.makers import a_department, a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2022, 3, 31)


def coordinator(at: datetime = NOON):
    return actor_of(an_official(at=at), at=at)


def refused(code: str, verb, **given) -> None:
    with pytest.raises(Refused) as caught:
        verb(**given)
    assert caught.value.verdict.code == code
    assert str(caught.value)


def told(proposal: Proposal, kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind, key__startswith=f"{kind}:{proposal.pk}:").values_list("account_id", flat=True))


def adopted(proposal: Proposal, at: datetime = NOON) -> Proposal:
    actions.adopt(proposal=proposal, body="내년에 놓겠습니다.", implement_on=NEXT_YEAR, signed_as="담당 (내선 2345)", actor=SYSTEM, at=at)
    return proposal


def rejected(proposal: Proposal, at: datetime = NOON, reason: str = "unworkable") -> Proposal:
    actions.reject(proposal=proposal, body="어렵습니다.", reason=reason, signed_as="담당 (내선 2345)", actor=SYSTEM, at=at)
    return proposal


class TestScreening:
    def test_opens_and_tells_the_author(self):
        proposal = a_proposal(is_open=False)
        actions.screen_open(proposal=proposal, actor=coordinator(), at=NOON)
        assert (proposal.state, proposal.is_public) == ("open", True)
        assert told(proposal, "proposal.opened") == {proposal.author.account_id}

    def test_one_with_a_department_goes_on_to_review(self):
        proposal = a_proposal(is_open=False)
        actor = coordinator()
        actions.assign(proposal=proposal, department=a_department(), actor=actor, at=NOON)
        assert proposal.state == "screening"
        actions.screen_open(proposal=proposal, actor=actor, at=NOON)
        assert (proposal.state, proposal.is_public) == ("review", True)

    def test_twice_is_refused(self):
        refused("screened_already", actions.screen_open, proposal=a_proposal(), actor=coordinator(), at=NOON)


class TestAssign:
    def test_gives_to_a_department_and_tells_it(self):
        department = a_department(name="공원녹지과")
        officer = an_official(role="department_officer", department=department)
        proposal = a_proposal()
        actions.assign(proposal=proposal, department=department, actor=coordinator(), at=NOON)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.department) == ("review", department)
        assert told(proposal, "proposal.given_to_you") == {officer.pk}
        assert told(proposal, "proposal.assigned") == {proposal.author.account_id}

    def test_an_officer_of_another_department_is_refused(self):
        stranger = an_official(role="department_officer", department=a_department(name="도로과"))
        refused(
            "officer_elsewhere", actions.assign, proposal=a_proposal(), department=a_department(name="공원녹지과"), officer=stranger,
            actor=coordinator(), at=NOON,
        )  # fmt: skip

    def test_a_department_officer_may_not_give_it_away(self):
        department = a_department(name="공원녹지과")
        officer = actor_of(an_official(role="department_officer", department=department))
        proposal = a_proposal()
        actions.assign(proposal=proposal, department=department, actor=SYSTEM, at=NOON)
        refused("role_needed", actions.assign, proposal=proposal, department=a_department(), actor=officer, at=NOON)

    def test_an_old_page_does_not_overrule_another_officer(self):
        proposal = a_proposal()
        stale = Proposal.objects.get(pk=proposal.pk)
        actions.assign(proposal=proposal, department=a_department(), actor=SYSTEM, at=NOON)
        refused("moved_meanwhile", actions.assign, proposal=stale, department=a_department(name="도로과"), actor=SYSTEM, at=NOON)


class TestSupplement:
    def test_the_clock_stands_until_the_author_answers(self):
        proposal = a_proposal()  # received 7 April, due 7 May
        assert proposal.due_on == date(2021, 5, 7)
        asked = NOON + timedelta(days=2)
        actions.request_supplement(proposal=proposal, request="자리를 알려 주세요", actor=coordinator(asked), at=asked)
        assert (proposal.state, told(proposal, "proposal.supplement_requested")) == ("supplement", {proposal.author.account_id})
        answered = NOON + timedelta(days=12)
        actions.supplement(proposal=proposal, body="들머리 왼쪽입니다.", actor=actor_of(proposal.author, at=answered), at=answered)
        assert proposal.state == "open"
        assert proposal.due_on == date(2021, 5, 17)  # ten days stood still
        assert proposal.body.endswith("들머리 왼쪽입니다.")
        assert ClockPause.objects.get(proposal=proposal).to_on == today(answered)

    def test_goes_back_to_screening_when_it_was_not_public(self):
        proposal = a_proposal(is_open=False)
        actions.request_supplement(proposal=proposal, request="자리", actor=SYSTEM, at=NOON)
        actions.supplement(proposal=proposal, body="여기요", actor=actor_of(proposal.author), at=NOON)
        assert (proposal.state, proposal.is_public) == ("screening", False)

    def test_only_within_seven_days(self):
        late = NOON + timedelta(days=8)
        refused("supplement_too_late", actions.request_supplement, proposal=a_proposal(), request="더", actor=coordinator(late), at=late)

    def test_a_paper_author_is_answered_for_by_the_officer(self):
        step, town = a_proposal_step(), a_town()
        officer = coordinator()
        from tests.residents.makers import a_paper_resident

        person = a_paper_resident(town)
        proposal = actions.take_in(
            step=step, place=town.dong("doksan2"), title="의자", channel="paper", received_on=today(NOON), resident=person, actor=officer,
            at=NOON,
        )  # fmt: skip
        actions.request_supplement(proposal=proposal, request="어디에요?", actor=officer, at=NOON)
        actions.supplement(proposal=proposal, body="정자 옆", actor=officer, at=NOON)
        entry = AuditEntry.objects.get(verb="proposal.supplemented")
        assert (entry.account_id, entry.on_behalf_of_id) == (officer.account_id, person.pk)

    def test_too_long_says_how_much_is_left(self):
        proposal = a_proposal(body="가" * 4900)
        actions.request_supplement(proposal=proposal, request="더", actor=SYSTEM, at=NOON)
        refused("supplement_too_long", actions.supplement, proposal=proposal, body="나" * 200, actor=actor_of(proposal.author), at=NOON)
        assert Proposal.objects.get(pk=proposal.pk).state == "supplement"


class TestMerge:
    def test_nobody_is_counted_twice_and_all_are_told(self):
        first, second = a_proposal(title="그늘막을 놓아 주세요"), a_proposal(title="그늘막이 있으면 좋겠어요")
        both, one = a_resident(), a_resident()
        for proposal, person in ((first, both), (second, both), (second, one), (second, first.author)):
            actions.endorse(proposal=proposal, actor=actor_of(person), at=NOON)
        first.refresh_from_db()
        second.refresh_from_db()
        actions.merge(proposal=second, into=first, why="같은 자리의 그늘막", actor=coordinator(), at=NOON)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (second.state, second.merged_into, second.endorsements) == ("merged", first, 0)
        assert first.endorsements == Endorsement.objects.filter(proposal=first).count() == 2
        assert not Thread.objects.get(subject=f"proposal/{second.pk}").is_open
        assert told(second, "proposal.merged") == {p.account_id for p in (both, one, first.author, second.author)}

    def test_meets_the_threshold_of_the_one_that_stays(self):
        a_town(endorsement_threshold=3)
        first, second = endorsed_by(a_proposal(), 2), endorsed_by(a_proposal(), 1)
        assert first.threshold_met_at is None
        actions.merge(proposal=second, into=first, why="같은 뜻", actor=SYSTEM, at=NOON)
        first.refresh_from_db()
        assert first.threshold_met_at == NOON

    def test_a_family_moves_along(self):
        a, b, c = a_proposal(), a_proposal(), a_proposal()
        actions.merge(proposal=c, into=b, why="같은 뜻", actor=SYSTEM, at=NOON)
        actions.merge(proposal=b, into=a, why="같은 뜻", actor=SYSTEM, at=NOON)
        assert set(a.family.values_list("pk", flat=True)) == {b.pk, c.pk}

    def test_refusals(self):
        one = a_proposal()
        refused("merge_with_itself", actions.merge, proposal=one, into=one, why="같은 뜻", actor=SYSTEM, at=NOON)
        gone = rejected(a_proposal())
        refused("merge_into_closed", actions.merge, proposal=one, into=gone, why="같은 뜻", actor=SYSTEM, at=NOON)
        refused("why_needed", actions.merge, proposal=one, into=a_proposal(), why=" ", actor=SYSTEM, at=NOON)


class TestClass:
    @pytest.mark.parametrize(("law_class", "due"), [("suggestion", date(2021, 4, 26)), ("complaint", date(2021, 4, 15))])
    def test_the_clock_of_the_class_runs_from_receipt(self, law_class, due):
        proposal = a_proposal()
        actions.convert_class(proposal=proposal, law_class=law_class, why="고쳐 달라는 건의", actor=coordinator(), at=NOON)
        proposal.refresh_from_db()
        assert (proposal.law_class, proposal.due_on) == (law_class, due)
        assert told(proposal, "proposal.class_converted") == {proposal.author.account_id}

    def test_solicited_only_where_it_was_called_for(self):
        refused("not_solicited", actions.convert_class, proposal=a_proposal(), law_class="solicited", why="공모", actor=SYSTEM, at=NOON)


class TestExpert:
    def test_stops_the_clock_for_three_weeks_at_most(self):
        proposal = a_proposal()
        actions.start_expert_opinion(proposal=proposal, request="하천 점용이 되는지", actor=coordinator(), at=NOON)
        later = NOON + timedelta(days=40)
        actions.keep_clocks(actor=SYSTEM, at=later)
        proposal.refresh_from_db()
        pause = proposal.pauses.get()
        assert (pause.to_on - pause.from_on).days == rules_desk.EXPERT_DAYS
        assert proposal.due_on == date(2021, 5, 28)
        refused("expert_heard_already", actions.start_expert_opinion, proposal=proposal, request="또", actor=SYSTEM, at=later)

    def test_while_it_stands_the_due_date_moves_on(self):
        proposal = a_proposal()
        actions.start_expert_opinion(proposal=proposal, request="하천 점용", actor=SYSTEM, at=NOON)
        assert actions.keep_clocks(actor=SYSTEM, at=NOON + timedelta(days=5)) == 1
        proposal.refresh_from_db()
        assert proposal.due_on == date(2021, 5, 12)

    def test_no_second_pause_while_one_stands(self):
        proposal = a_proposal()
        actions.start_expert_opinion(proposal=proposal, request="하천 점용", actor=SYSTEM, at=NOON)
        refused("clock_stands_already", actions.request_supplement, proposal=proposal, request="더", actor=SYSTEM, at=NOON)


class TestAnswer:
    def test_opinion_then_yes_with_a_day(self):
        department = a_department(name="공원녹지과")
        proposal = endorsed_by(a_proposal(), 2)
        officer = actor_of(an_official(role="department_officer", department=department))
        actions.assign(proposal=proposal, department=department, actor=SYSTEM, at=NOON)
        actions.give_opinion(
            proposal=proposal, finding="with_changes", is_public_task=True, is_budgeted_already=False, basis="하천법", cost_won=60_000_000,
            opinion="고치면 됩니다", actor=officer, at=NOON,
        )  # fmt: skip
        actions.adopt(
            proposal=proposal, body="내년에 놓겠습니다.", implement_on=NEXT_YEAR, signed_as="담당 (내선 2611)", actor=officer, at=NOON
        )
        proposal.refresh_from_db()
        assert (proposal.state, proposal.implement_on, proposal.decided_at) == ("adopted", NEXT_YEAR, NOON)
        assert proposal.answers.get().signed_as == "담당 (내선 2611)"
        assert len(told(proposal, "proposal.adopted")) == 3

    @pytest.mark.parametrize(("day", "code"), [(None, "implement_date_needed"), (date(2021, 4, 6), "implement_date_past")])
    def test_yes_needs_a_day(self, day, code):
        refused(code, actions.adopt, proposal=a_proposal(), body="네", implement_on=day, signed_as="담당", actor=SYSTEM, at=NOON)

    def test_no_needs_a_reason_of_the_list(self):
        given = {"proposal": a_proposal(), "signed_as": "담당", "actor": SYSTEM, "at": NOON}
        refused("reject_reason_needed", actions.reject, body="안 됩니다", reason="because", **given)
        refused("answer_empty", actions.reject, body=" ", reason="unworkable", **given)
        assert not Answer.objects.exists()

    def test_an_interim_word_leaves_the_clock_alone(self):
        proposal = a_proposal()
        actions.answer_interim(proposal=proposal, body="현장을 보고 있습니다.", signed_as="담당", actor=SYSTEM, at=NOON)
        assert (proposal.state, proposal.due_on) == ("open", date(2021, 5, 7))

    def test_a_pause_ends_with_the_answer(self):
        proposal = a_proposal()
        actions.request_supplement(proposal=proposal, request="더", actor=SYSTEM, at=NOON)
        rejected(proposal, at=NOON + timedelta(days=20))
        assert not ClockPause.objects.filter(to_on__isnull=True).exists()

    def test_another_day_is_told_again(self):
        proposal = adopted(endorsed_by(a_proposal(), 1))
        actions.redate_implementation(proposal=proposal, implement_on=date(2022, 6, 30), why="허가가 늦어짐", actor=coordinator(), at=NOON)
        proposal.refresh_from_db()
        assert proposal.implement_on == date(2022, 6, 30)
        assert len(told(proposal, "proposal.implementation_redated")) == 2


class TestAgain:
    def test_a_second_look_has_its_own_month_and_comes_once(self):
        proposal = rejected(a_proposal())
        asked = NOON + timedelta(days=15)
        author = actor_of(proposal.author, at=asked)
        actions.ask_reconsideration(proposal=proposal, why="새 자료가 있습니다", actor=author, at=asked)
        assert (proposal.state, proposal.due_on) == ("reconsideration", date(2021, 5, 24))  # 22 May is a Saturday
        assert actions.keep_clocks(actor=SYSTEM, at=asked + timedelta(days=3)) == 0
        rejected(proposal, at=asked)
        refused("reconsidered_already", actions.ask_reconsideration, proposal=proposal, why="또", actor=author, at=asked)

    def test_not_after_fifteen_days(self):
        proposal = rejected(a_proposal())
        late = NOON + timedelta(days=16)
        refused(
            "reconsideration_over", actions.ask_reconsideration, proposal=proposal, why="늦게", actor=actor_of(proposal.author), at=late
        )

    def test_a_repeat_is_closed_after_three_and_two_answers(self):
        author = a_resident()
        earlier = [a_proposal(author=author, at=NOON + timedelta(days=n)) for n in range(3)]
        last = a_proposal(author=author, at=NOON + timedelta(days=4))
        given = {"proposal": last, "body": "이미 답했습니다.", "signed_as": "담당", "actor": SYSTEM, "at": NOON + timedelta(days=5)}
        refused("not_repeated_enough", actions.close_repeat, earlier=earlier[:2], **given)
        refused("not_answered_enough", actions.close_repeat, earlier=earlier, **given)
        for proposal in earlier[:2]:
            rejected(proposal)
        actions.close_repeat(earlier=earlier, **given)
        assert (last.state, last.answers.get().reason) == ("rejected", "repeat")


class TestAwayAndHidden:
    def test_transfer_says_where(self):
        proposal = a_proposal()
        actions.transfer(proposal=proposal, sent_to="서울특별시", why="시가 맡은 길", actor=coordinator(), at=NOON)
        assert (proposal.state, proposal.sent_to) == ("transferred", "서울특별시")
        assert told(proposal, "proposal.transferred") == {proposal.author.account_id}

    def test_withdrawn_leaves_number_and_trail(self):
        proposal = a_proposal()
        actions.withdraw(proposal=proposal, why="생각이 바뀌었어요", actor=actor_of(proposal.author), at=NOON)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.is_public) == ("withdrawn", False)
        assert not SearchText.objects.filter(kind="proposal", subject_id=proposal.pk).exists()
        assert "why" not in AuditEntry.objects.get(verb="proposal.withdrawn").kept

    def test_hidden_and_shown(self):
        proposal = a_proposal()
        moderator = actor_of(an_official(role="moderator"))
        actions.report(proposal=proposal, reason="광고", actor=actor_of(a_resident()), at=NOON)
        actions.hide(proposal=proposal, why="광고입니다", actor=moderator, at=NOON)
        assert (proposal.is_public, proposal.state) == (False, "open")
        assert proposal.reports.get().state == "upheld"
        actions.show(proposal=proposal, why="다시 보니 괜찮음", actor=moderator, at=NOON)
        assert proposal.is_public
        assert SearchText.objects.filter(kind="proposal", subject_id=proposal.pk).exists()
        refused("not_hidden_now", actions.show, proposal=proposal, why="또", actor=moderator, at=NOON)

    def test_a_resident_may_not_hide(self):
        refused("officials_only", actions.hide, proposal=a_proposal(), why="싫음", actor=actor_of(a_resident()), at=NOON)


class TestRound:
    def test_officers_hear_once_a_day_and_the_late_one_is_never_silent(self):
        department = a_department(name="공원녹지과")
        officer = an_official(role="department_officer", department=department)
        coordinating = an_official()
        proposal = a_proposal()
        actions.assign(proposal=proposal, department=department, actor=SYSTEM, at=NOON)
        morning = datetime(2021, 5, 4, 8, 40, tzinfo=KST)  # three days before
        actions.remind_due(actor=SYSTEM, at=morning)
        actions.remind_due(actor=SYSTEM, at=morning)
        notices = Notice.objects.filter(kind="proposal.due_today")
        assert [(n.account_id, n.facts["three"]) for n in notices] == [(officer.pk, 1)]
        late = datetime(2021, 5, 10, 8, 40, tzinfo=KST)
        actions.remind_due(actor=SYSTEM, at=late)
        actions.remind_due(actor=SYSTEM, at=late + timedelta(days=1))
        assert Notice.objects.filter(kind="proposal.due_today", account=coordinating).count() == 2
        assert Notice.objects.filter(kind="proposal.overdue").count() == 1

    def test_silent_on_a_day_off_and_while_the_clock_stands(self):
        proposal = a_proposal()
        coordinator()
        actions.remind_due(actor=SYSTEM, at=datetime(2021, 5, 5, 8, 40, tzinfo=KST))  # 어린이날
        actions.start_expert_opinion(proposal=proposal, request="하천", actor=SYSTEM, at=datetime(2021, 5, 6, 9, tzinfo=KST))
        actions.remind_due(actor=SYSTEM, at=datetime(2021, 5, 6, 9, 30, tzinfo=KST))
        assert not Notice.objects.filter(kind="proposal.due_today").exists()

    def test_a_day_the_town_closes_moves_what_waits(self):
        proposal = a_proposal()
        a_town(extra_holidays=["2021-05-07"])
        assert actions.keep_clocks(actor=SYSTEM, at=NOON) == 1
        proposal.refresh_from_db()
        assert proposal.due_on == date(2021, 5, 10)


@given(received=st.dates(date(2020, 1, 1), date(2026, 12, 31)), law_class=st.sampled_from(["proposal", "suggestion", "complaint"]),
       pause=st.tuples(st.integers(0, 20), st.integers(0, 30)))  # fmt: skip
@settings(max_examples=60)
def test_no_due_date_falls_on_a_day_off(received, law_class, pause):
    from madang.proposals.figures import clock_of

    town = a_town()
    step = a_proposal_step(town)
    proposal = Proposal(step=step, town_id=town.pk, place=town.place, received_on=received, law_class=law_class)
    begun = received + timedelta(days=pause[0])
    rows = [ClockPause(reason="supplement", from_on=begun, to_on=begun + timedelta(days=pause[1]))]
    plain = clock_of(proposal, on=received + timedelta(days=60), pauses=[]).due_on
    stood = clock_of(proposal, on=received + timedelta(days=60), pauses=rows).due_on
    assert is_workday(plain)
    assert is_workday(stood)
    assert stood >= plain


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_one_is_told():
    """Both read the same page; one answers yes, one no. One answer stands, the other officer hears why hers did not."""
    proposal = a_proposal()
    start, heard = threading.Barrier(2), []

    def go(verb, **words) -> None:
        mine = Proposal.objects.select_related("step__process__place", "place").get(pk=proposal.pk)
        start.wait(10)
        try:
            verb(proposal=mine, body="답변", signed_as="담당", actor=SYSTEM, at=NOON, **words)
            heard.append("done")
        except Refused as refusal:
            heard.append(refusal.verdict.code)
        finally:
            connections.close_all()

    two = [
        threading.Thread(target=go, args=(actions.adopt,), kwargs={"implement_on": NEXT_YEAR}),
        threading.Thread(target=go, args=(actions.reject,), kwargs={"reason": "unworkable"}),
    ]
    for thread in two:
        thread.start()
    for thread in two:
        thread.join(30)
    assert sorted(heard) == ["done", "moved_meanwhile"]
    assert Answer.objects.filter(proposal=proposal).count() == 1
    assert connection.vendor in ("sqlite", "postgresql")
