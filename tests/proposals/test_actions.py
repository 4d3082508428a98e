"""The resident's verbs: numbers, intake, opening, endorsing, the way onward; also two at once."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from madang.ground.actor import SYSTEM
from madang.ground.clock import kst
from madang.ground.models import AuditEntry, SearchText
from madang.ground.town import change_settings, forget_towns
from madang.ground.verdict import Refused
from madang.notices.models import Notice
from madang.proposals import actions
from madang.proposals.models import Endorsement, NumberSeries, Proposal, ProposalFile
from madang.proposals.steps import ProposalSettings
from madang.residents import actions as residents
from tests import NOON
from tests.proposals.makers import a_proposal, a_proposal_step, a_shortlisted_proposal, a_stored_picture, endorsed_by
from tests.residents.makers import a_paper_resident, a_resident, a_town, actor_of, an_official


def at_once(*deeds):
    """Runs each deed in its own thread and connection, all let go at one moment; gives back what they returned or raised."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(index, deed):
        try:
            gate.wait(timeout=10)
            results[index] = deed()
        except Exception as error:  # the test looks at what was raised
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, d)) for n, d in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db
class TestSubmit:
    def test_number_clock_threshold_and_record(self):
        proposal = a_proposal(is_open=False, cost_won=1_000_000)
        assert proposal.number == "2021-제안-0001"
        assert (proposal.received_on, proposal.due_on) == (date(2021, 4, 7), date(2021, 5, 7))
        assert (proposal.state, proposal.is_public, proposal.threshold) == ("screening", False, 20)
        assert not SearchText.objects.filter(kind="proposal").exists()
        entry = AuditEntry.objects.get(verb="proposal.submitted")
        assert (entry.trail, entry.is_public, entry.kept) == (
            f"proposal/{proposal.pk}",
            True,
            {"number": "2021-제안-0001", "form": "proposal"},
        )

    def test_a_due_day_is_never_a_day_off(self):
        # 5 May 2021 (children's day) would be the last day of a month that began on 5 April.
        assert a_proposal(at=kst(2021, 4, 5, 9)).due_on == date(2021, 5, 6)

    def test_solicited_counts_from_the_end_of_the_call(self):
        step = a_proposal_step(closes_at=kst(2021, 5, 1), solicited=True)
        proposal = a_proposal(step=step)
        assert proposal.law_class == "solicited"
        assert proposal.due_on > date(2021, 5, 7)

    def test_the_towns_rule_of_that_day_holds(self):
        town = a_town()
        change_settings(place=town.dong("gasan"), from_on=date(2021, 4, 1), data={"endorsement_threshold": 7, "endorsement_days": 3},
                        reason="시험", actor=SYSTEM, at=NOON)  # fmt: skip
        forget_towns()
        proposal = a_proposal(dong="gasan")
        assert proposal.threshold == 7
        assert proposal.endorse_until == kst(2021, 4, 11)
        assert a_proposal(dong="doksan2").threshold == 20
        assert a_proposal(step=a_proposal_step(threshold=3)).threshold == 3

    def test_open_at_once_where_the_step_says_so(self):
        proposal = a_proposal(is_open=False, step=a_proposal_step(screens_first=False))
        assert (proposal.state, proposal.is_public) == ("open", True)
        assert SearchText.objects.filter(kind="proposal", subject_id=proposal.pk).exists()

    def test_endorsing_never_outlasts_the_step(self):
        assert a_proposal(step=a_proposal_step(closes_at=kst(2021, 4, 10))).endorse_until == kst(2021, 4, 10)

    def test_refusals(self):
        town = a_town(proposals_per_day=2, files_per_proposal=1)
        author = a_resident()
        for over, code in (
            ({"body": "010-1234-5678로 전화 주세요"}, "personal_numbers"),
            ({"files": [(a_stored_picture(), "")] * 2}, "too_many_files"),
            ({"step": a_proposal_step(town, "gasan")}, "place_elsewhere"),
        ):
            with pytest.raises(Refused) as refused:
                a_proposal(author=author, **over)
            assert refused.value.verdict.code == code
        assert [a_proposal(author=author).number for _ in range(2)] == ["2021-제안-0001", "2021-제안-0002"]
        with pytest.raises(Refused, match=r"too_many_proposals|하루에"):
            a_proposal(author=author)
        assert a_proposal(author=author, at=NOON + timedelta(days=1)).number == "2021-제안-0003"

    def test_a_draft_is_sent_once(self):
        town, author = a_town(), a_resident()
        draft = actions.save_draft(place=town.place, data={"title": "가"}, actor=actor_of(author), at=NOON)
        values = {
            "step": a_proposal_step(),
            "place": town.dong("gasan"),
            "title": "한 번",
            "draft": draft,
            "actor": actor_of(author),
            "at": NOON,
        }
        first = actions.submit(**values)
        assert actions.submit(**values) == first
        assert Proposal.objects.count() == 1

    def test_years_have_their_own_numbers(self):
        town, officer = a_town(), actor_of(an_official())
        values = {"step": a_proposal_step(), "place": town.dong("gasan"), "title": "종이", "channel": "paper", "actor": officer, "at": NOON}
        assert actions.take_in(received_on=date(2020, 12, 31), **values).number == "2020-제안-0001"
        assert actions.take_in(received_on=date(2021, 1, 4), **values).number == "2021-제안-0001"


@pytest.mark.django_db
class TestTakeIn:
    def test_the_clock_starts_on_the_paper(self):
        town, officer, person = a_town(), an_official(role="dong_officer", dong="doksan2"), a_paper_resident(name="은행나무집")
        original = a_stored_picture()
        proposal = actions.take_in(
            step=a_proposal_step(), place=town.dong("doksan2"), title="손잡이", channel="paper", received_on=date(2021, 3, 30),
            original=original, resident=person, actor=actor_of(officer), at=NOON,
        )  # fmt: skip
        assert proposal.due_on == date(2021, 4, 30)
        assert (proposal.author, proposal.public_name, proposal.entered_by) == (person, "은행나무집", officer)
        assert proposal.files.get().kind == ProposalFile.Kind.ORIGINAL
        entry = AuditEntry.objects.get(verb="proposal.taken_in")
        assert (entry.account_id, entry.on_behalf_of_id) == (officer.pk, person.pk)
        assert entry.kept["received_on"] == "2021-03-30"

    def test_nobody_named(self):
        town = a_town()
        proposal = actions.take_in(step=a_proposal_step(), place=town.dong("gasan"), title="포스트잇", channel="postit", form="idea",
                                   received_on=date(2021, 4, 7), actor=actor_of(an_official()), at=NOON)  # fmt: skip
        assert (proposal.author, proposal.public_name) == (None, "이웃")

    def test_not_by_residents_nor_for_tomorrow(self):
        town = a_town()
        values = {"step": a_proposal_step(), "place": town.dong("gasan"), "title": "제안", "channel": "paper", "at": NOON}
        for actor, day, code in (
            (actor_of(a_resident()), date(2021, 4, 7), "officials_only"),
            (actor_of(an_official()), date(2021, 4, 8), "received_in_future"),
        ):
            with pytest.raises(Refused) as refused:
                actions.take_in(received_on=day, actor=actor, **values)
            assert refused.value.verdict.code == code


@pytest.mark.django_db
class TestEndorse:
    def test_threshold_is_met_once_and_the_author_is_told(self):
        author = a_resident()
        proposal = endorsed_by(a_proposal(author=author), 20)
        assert (proposal.endorsements, proposal.threshold_met_at) == (20, NOON)
        last = Endorsement.objects.order_by("-pk").first().resident
        actions.withdraw_endorsement(proposal=proposal, actor=actor_of(last), at=NOON)
        actions.endorse(proposal=proposal, actor=actor_of(last), at=NOON + timedelta(hours=1))
        assert AuditEntry.objects.filter(verb="proposal.threshold_met").count() == 1
        assert Notice.objects.filter(kind="proposal.threshold_met", account=author.account).count() == 1
        assert proposal.state == "open"  # the duty to answer was there before

    def test_once_per_person(self):
        proposal, who = a_proposal(), actor_of(a_resident())
        actions.endorse(proposal=proposal, actor=who, at=NOON)
        with pytest.raises(Refused) as refused:
            actions.endorse(proposal=proposal, actor=who, at=NOON)
        assert refused.value.verdict.code == "already_endorsed"
        proposal.refresh_from_db()
        assert proposal.endorsements == 1

    def test_a_proposal_that_closed_since_it_was_read(self):
        proposal = a_proposal()
        Proposal.objects.filter(pk=proposal.pk).update(state="merged")
        with pytest.raises(Refused):
            actions.endorse(proposal=proposal, actor=actor_of(a_resident()), at=NOON)
        assert not Endorsement.objects.exists()

    def test_few_queries(self, django_assert_max_num_queries):
        proposal, who = a_proposal(), actor_of(a_resident())
        with django_assert_max_num_queries(8):  # four asked, the rest opens and closes transactions
            actions.endorse(proposal=proposal, actor=who, at=NOON)

    def test_taking_back_what_was_not_given(self):
        with pytest.raises(Refused) as refused:
            actions.withdraw_endorsement(proposal=a_proposal(), actor=actor_of(a_resident()), at=NOON)
        assert refused.value.verdict.code == "not_endorsed"


@pytest.mark.django_db
class TestOnward:
    def test_to_the_end(self):
        proposal = a_shortlisted_proposal()
        assert (proposal.state, proposal.shortlisted_at) == ("shortlisted", NOON)
        actions.start_implementing(proposal=proposal, actor=SYSTEM, at=NOON)
        actions.finish_implementing(proposal=proposal, actor=SYSTEM, at=NOON)
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_at) == ("implemented", NOON)

    def test_back_to_review(self):
        proposal = actions.unshortlist(proposal=a_shortlisted_proposal(), why="다음 해에", actor=SYSTEM, at=NOON)
        assert (proposal.state, proposal.shortlisted_at) == ("review", None)
        kinds = Notice.objects.filter(account=proposal.author.account).order_by("pk").values_list("kind", flat=True)
        assert list(kinds)[-2:] == ["proposal.shortlisted", "proposal.unshortlisted"]

    def test_not_by_residents(self):
        with pytest.raises(Refused):
            actions.shortlist(proposal=a_proposal(), why="x", actor=actor_of(a_resident()), at=NOON)


@pytest.mark.django_db
class TestErasing:
    def test_the_proposal_stays_without_its_author(self):
        author = a_resident(name="지워질 이름")
        proposal = a_proposal(author=author)
        draft = actions.save_draft(place=a_town().place, data={"title": "쓰던 글"}, actor=actor_of(author), at=NOON)
        residents.erase_resident(resident=author, reason="본인 요청", actor=SYSTEM, at=NOON)
        proposal.refresh_from_db()
        assert (proposal.author, proposal.public_name) == (None, "이웃")
        assert not type(draft).objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("data", [{"threshold": -1}, {"days": 366}, {"propose_proof": 0}, {"endorse_proof": 4}])
def test_settings_out_of_range(data):
    with pytest.raises(ValidationError):
        ProposalSettings(**data)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_numbers(self):
        town, step = a_town(), a_proposal_step()
        people = [actor_of(a_resident()) for _ in range(4)]
        NumberSeries.objects.all().delete()
        made = at_once(*(
            lambda who=who: actions.submit(step=step, place=town.dong("gasan"), title="동시에", actor=who, at=NOON) for who in people
        ))  # fmt: skip
        assert sorted(p.number for p in made) == [f"2021-제안-{n:04d}" for n in range(1, 5)]

    def test_one_draft(self):
        town, step, who = a_town(), a_proposal_step(), actor_of(a_resident())
        draft = actions.save_draft(place=town.place, data={}, actor=who, at=NOON)
        values = {"step": step, "place": town.dong("gasan"), "title": "두 번 누름", "draft": draft, "actor": who, "at": NOON}
        first, second = at_once(lambda: actions.submit(**values), lambda: actions.submit(**values))
        assert first == second
        assert Proposal.objects.count() == 1

    def test_one_person(self):
        proposal, who = a_proposal(), actor_of(a_resident())
        results = at_once(*[lambda: actions.endorse(proposal=proposal, actor=who, at=NOON)] * 2)
        assert sum(isinstance(r, Refused) for r in results) == 1
        proposal.refresh_from_db()
        assert proposal.endorsements == Endorsement.objects.count() == 1

    def test_the_threshold(self):
        proposal = a_proposal(step=a_proposal_step(threshold=2))
        people = [actor_of(a_resident()) for _ in range(3)]
        at_once(*(lambda who=who: actions.endorse(proposal=proposal, actor=who, at=NOON) for who in people))
        proposal.refresh_from_db()
        assert proposal.endorsements == 3
        assert AuditEntry.objects.filter(verb="proposal.threshold_met").count() == 1
