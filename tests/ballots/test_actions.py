"""Making, casting, the box, closing and counting."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from madang.ballots import actions
from madang.ballots.models import Ballot, BallotPaper, TurnoutMark
from madang.ballots.steps import close_and_count
from madang.ground.actor import SYSTEM, Proof
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.methods.lots import seed_matches
from madang.notices.models import Notice
from madang.processes import actions as processes
from madang.processes.models import Step
from madang.proposals.models import Endorsement
from madang.residents.actions import erase_resident
from tests import NOON
from tests.ballots.makers import CLOSES, a_ballot, a_ballot_step, a_counted_ballot, voted
from tests.processes.makers import a_step
from tests.proposals.makers import a_proposal, a_shortlisted_proposal
from tests.residents.makers import a_paper_resident, a_resident, actor_of, an_official

AFTER = CLOSES + timedelta(minutes=1)


def refused(code, verb, **given):
    with pytest.raises(Refused) as caught:
        verb(**given)
    assert caught.value.verdict.code == code
    assert "%(" not in str(caught.value)


@pytest.mark.django_db
class TestPreparing:
    def test_only_a_ballot_step_and_once(self):
        rules = {"title": "투표", "picks_max": 2, "budget_won": 1000, "actor": SYSTEM, "at": NOON}
        refused("step_takes_no_ballot", actions.make_ballot, step=a_step("gathering"), **rules)
        step = a_ballot_step()
        actions.make_ballot(step=step, **rules)
        refused("step_takes_no_ballot", actions.make_ballot, step=step, **rules)

    @pytest.mark.parametrize("wrong", [{"picks_min": 3}, {"picks_max": 0}, {"rule": "coin"}, {"budget_won": -1}, {"min_proof": 7}])
    def test_rules_that_make_no_sense(self, wrong):
        given = {"title": "투표", "picks_max": 2, "budget_won": 1000, **wrong}
        refused("ballot_rules_do_not_fit", actions.make_ballot, step=a_ballot_step(), actor=SYSTEM, at=NOON, **given)

    def test_filling_copies_title_text_and_cost(self):
        ballot = a_ballot(filled=False)
        proposal = a_shortlisted_proposal(title="처음 제목", cost_won=7_000_000)
        (item,) = actions.fill(ballot=ballot, proposals=[proposal], actor=SYSTEM, at=NOON)
        assert (item.number, item.title, item.cost_won, item.category) == (1, "처음 제목", 7_000_000, proposal.category)
        assert actions.fill(ballot=ballot, proposals=[proposal], actor=SYSTEM, at=NOON) == []

    def test_what_cannot_be_filled(self):
        ballot = a_ballot(filled=False)
        refused("item_not_shortlisted", actions.fill, ballot=ballot, proposals=[a_proposal()], actor=SYSTEM, at=NOON)
        no_cost = a_shortlisted_proposal(cost_won=None)
        refused("item_without_cost", actions.fill, ballot=ballot, proposals=[no_cost], actor=SYSTEM, at=NOON)
        other = a_shortlisted_proposal(dong="gasan")
        refused("item_not_shortlisted", actions.fill, ballot=ballot, proposals=[other], actor=SYSTEM, at=NOON)

    def test_who_wrote_or_endorsed_what_is_listed_hears_of_it_once(self):
        ballot = a_ballot(noticed=False)
        first, second, *_rest = [item.proposal for item in ballot.items.all()]
        neighbour = a_resident()
        Endorsement.objects.bulk_create(Endorsement(proposal=p, resident=neighbour, at=NOON) for p in (first, second))
        actions.announce(ballot=ballot, actor=SYSTEM, at=NOON)
        heard = Notice.objects.filter(kind="ballot.noticed")
        assert heard.filter(account=neighbour.account).count() == 1
        assert heard.filter(account=first.author.account).count() == 1
        assert heard.count() == 5

    def test_nothing_changes_after_the_announcement(self):
        ballot = a_ballot()
        item = ballot.items.first()
        refused("ballot_is_frozen", actions.set_cost, item=item, cost_won=5, actor=SYSTEM, at=NOON)
        refused("ballot_is_frozen", actions.drop_item, item=item, actor=SYSTEM, at=NOON)
        refused("ballot_is_frozen", actions.change_ballot, ballot=ballot, min_age=12, actor=SYSTEM, at=NOON)
        refused("ballot_is_frozen", actions.fill, ballot=ballot, proposals=[a_shortlisted_proposal()], actor=SYSTEM, at=NOON)

    def test_a_cost_is_corrected_before(self):
        ballot = a_ballot(noticed=False)
        item = ballot.items.first()
        actions.set_cost(item=item, cost_won=1_234_000, actor=SYSTEM, at=NOON)
        item.refresh_from_db()
        assert item.cost_won == 1_234_000
        refused("item_without_cost", actions.set_cost, item=item, cost_won=0, actor=SYSTEM, at=NOON)

    def test_numbers_stay_when_one_is_dropped(self):
        ballot = a_ballot(noticed=False)
        actions.drop_item(item=ballot.items.get(number=2), actor=SYSTEM, at=NOON)
        (item,) = actions.fill(ballot=ballot, proposals=[a_shortlisted_proposal(title="새것")], actor=SYSTEM, at=NOON)
        assert list(ballot.items.values_list("number", flat=True)) == [1, 3, 4, item.number]
        assert item.number == 5

    def test_announcing_asks_for_everything(self):
        ballot = a_ballot(noticed=False, electorate_size=0)
        refused("ballot_not_ready", actions.announce, ballot=ballot, actor=SYSTEM, at=NOON)
        actions.change_ballot(ballot=ballot, electorate_size=100, actor=SYSTEM, at=NOON)
        actions.announce(ballot=ballot, actor=SYSTEM, at=NOON)
        assert ballot.state == "noticed"
        assert ballot.seed_commitment
        assert seed_matches(ballot.seed, ballot.seed_commitment)

    def test_only_who_runs_it(self):
        officer = actor_of(an_official(role="department_officer"))
        refused("ballot_role_needed", actions.announce, ballot=a_ballot(noticed=False), actor=officer, at=NOON)

    def test_the_database_has_the_last_word(self):
        ballot = a_ballot(noticed=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.filter(pk=ballot.pk).update(picks_min=9)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.filter(pk=ballot.pk).update(state="closed", mark_key="00")


@pytest.mark.django_db
class TestCasting:
    def test_a_mark_and_a_paper(self):
        ballot, voter = a_ballot(), a_resident()
        receipt = actions.cast(ballot=ballot, picks=[2, 1], actor=actor_of(voter), at=NOON)
        paper, mark = ballot.papers.get(), ballot.marks.get()
        assert (paper.receipt, paper.picks, mark.resident, mark.channel, mark.age_band) == (receipt, [1, 2], voter, "online", 40)
        assert mark.on == NOON.date()

    def test_changing_replaces_the_paper(self):
        ballot, actor = a_ballot(), actor_of(a_resident())
        first = actions.cast(ballot=ballot, picks=[1], actor=actor, at=NOON)
        second = actions.cast(ballot=ballot, picks=[3], actor=actor, at=NOON)
        assert first != second
        assert list(ballot.papers.values_list("picks", "receipt")) == [([3], second)]
        assert ballot.marks.count() == 1

    def test_the_same_form_twice_is_one_vote_and_one_receipt(self):
        ballot, actor = a_ballot(), actor_of(a_resident())
        receipts = {actions.cast(ballot=ballot, picks=picks, actor=actor, at=NOON) for picks in ([1, 2], [2, 1])}
        assert len(receipts) == 1
        assert AuditEntry.objects.filter(verb__in=["ballot.cast", "ballot.recast"]).count() == 1

    def test_no_change_where_the_rule_forbids_it(self):
        ballot, actor = a_ballot(may_change=False), actor_of(a_resident())
        actions.cast(ballot=ballot, picks=[1], actor=actor, at=NOON)
        refused("already_voted", actions.cast, ballot=ballot, picks=[2], actor=actor, at=NOON)
        assert ballot.papers.get().picks == [1]

    @pytest.mark.parametrize(("picks", "code"), [([1, 2, 3, 4], "too_many_picks"), ([], "too_few_picks"), ([9], "unknown_pick")])
    def test_a_wrong_ballot_leaves_nothing(self, picks, code):
        ballot = a_ballot()
        refused(code, actions.cast, ballot=ballot, picks=picks, actor=actor_of(a_resident()), at=NOON)
        assert not ballot.papers.exists()
        assert not ballot.marks.exists()

    @pytest.mark.parametrize(
        ("who", "code"),
        [
            ({"dong": "gasan"}, "voter_lives_elsewhere"),
            ({"proof": Proof.CONTACT}, "voter_not_proved"),
            ({"birth_year": 2011}, "voter_too_young"),
        ],
    )
    def test_not_of_the_electorate(self, who, code):
        refused(code, actions.cast, ballot=a_ballot(), picks=[1], actor=actor_of(a_resident(**who)), at=NOON)

    def test_out_of_time(self):
        ballot, voter = a_ballot(), a_resident()
        refused("ballot_closed", actions.cast, ballot=ballot, picks=[1], actor=actor_of(voter, at=AFTER), at=AFTER)
        early = ballot.step.opens_at - timedelta(hours=1)
        refused("ballot_not_open_yet", actions.cast, ballot=ballot, picks=[1], actor=actor_of(voter), at=early)

    def test_the_trail_tells_the_day_and_no_paper(self):
        ballot = a_ballot()
        voted(ballot, (1, 2))
        entry = AuditEntry.objects.get(verb="ballot.cast")
        assert (entry.at.hour, entry.at.minute, entry.kept, entry.personal) == (15, 0, {"channel": "online"}, None)  # midnight in Seoul
        assert not entry.is_public

    def test_an_erased_voter_stays_counted_without_an_age(self):
        ballot = a_ballot()
        voted(ballot, (1,))
        proof = erase_resident(resident=ballot.marks.get().resident, reason="요청", actor=SYSTEM, at=NOON)
        assert ballot.marks.get().age_band is None
        assert proof.remained["votes"] == 1
        assert ballot.papers.count() == 1


@pytest.mark.django_db
class TestBox:
    def test_the_roll_and_the_box_stay_apart(self):
        ballot, officer = a_ballot(), actor_of(an_official())
        for _n in range(2):
            actions.mark_voter(ballot=ballot, resident=a_paper_resident(), channel="hall", actor=officer, at=NOON)
        receipt = actions.enter_paper(ballot=ballot, picks=[4, 1], channel="hall", actor=officer, at=NOON)
        paper = ballot.papers.get()
        assert (paper.receipt, paper.picks, paper.token, paper.channel) == (receipt, [1, 4], "", "hall")
        entry = AuditEntry.objects.get(verb="ballot.paper_entered")
        assert entry.on_behalf_of_id is None

    def test_never_more_papers_than_people(self):
        ballot, officer = a_ballot(), actor_of(an_official())
        actions.mark_voter(ballot=ballot, resident=a_paper_resident(), channel="hall", actor=officer, at=NOON)
        actions.enter_paper(ballot=ballot, picks=[1], channel="hall", actor=officer, at=NOON)
        refused("more_papers_than_voters", actions.enter_paper, ballot=ballot, picks=[1], channel="hall", actor=officer, at=NOON)
        refused("more_papers_than_voters", actions.enter_paper, ballot=ballot, picks=[1], channel="postal", actor=officer, at=NOON)

    def test_who_was_marked_cannot_vote_online(self):
        ballot, voter = a_ballot(), a_resident()
        actions.mark_voter(ballot=ballot, resident=voter, channel="early", actor=actor_of(an_official()), at=NOON)
        refused("already_voted_elsewhere", actions.cast, ballot=ballot, picks=[1], actor=actor_of(voter), at=NOON)

    def test_entered_with_the_name_when_somebody_asks_for_help(self):
        ballot, person = a_ballot(), a_paper_resident()
        given = {"ballot": ballot, "resident": person, "channel": "hall", "actor": actor_of(an_official()), "at": NOON}
        actions.cast_for(picks=[2], **given)
        assert AuditEntry.objects.get(verb="ballot.cast").on_behalf_of_id == person.pk
        refused("already_voted_elsewhere", actions.cast_for, picks=[2], **given)

    def test_papers_go_in_after_closing_but_not_after_the_count(self):
        ballot, officer = a_ballot(), actor_of(an_official(), at=NOON)
        actions.mark_voter(ballot=ballot, resident=a_paper_resident(), channel="hall", actor=officer, at=NOON)
        actions.close(ballot=ballot, actor=SYSTEM, at=AFTER)
        refused("ballot_closed", actions.mark_voter, ballot=ballot, resident=a_paper_resident(), channel="hall", actor=officer, at=AFTER)
        refused("papers_outstanding", actions.count, ballot=ballot, actor=SYSTEM, at=AFTER)
        actions.enter_paper(ballot=ballot, picks=[3], channel="hall", actor=officer, at=AFTER)
        tally = actions.count(ballot=ballot, actor=SYSTEM, at=AFTER)
        assert tally.votes["3"] == 1
        refused("ballot_counted", actions.enter_paper, ballot=ballot, picks=[3], channel="hall", actor=officer, at=AFTER)


@pytest.mark.django_db
class TestClosing:
    def test_not_before_the_end(self):
        refused("ballot_still_open", actions.close, ballot=a_ballot(), actor=SYSTEM, at=NOON)

    def test_counting_before_closing(self):
        refused("no_such_move", actions.count, ballot=a_ballot(), actor=SYSTEM, at=AFTER)

    def test_key_and_tokens_are_gone_and_the_order_is_a_lots(self):
        ballot = a_ballot()
        receipts = voted(ballot, *[(1,)] * 40)
        before = set(ballot.papers.values_list("pk", flat=True))
        actions.close(ballot=ballot, actor=SYSTEM, at=AFTER)
        ballot.refresh_from_db()
        assert ballot.mark_key == ""
        assert set(ballot.papers.values_list("token", flat=True)) == {""}
        assert not before & set(ballot.papers.values_list("pk", flat=True))
        hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT receipt FROM ballots_ballotpaper ORDER BY {hidden}")
            stored = [row[0] for row in cursor.fetchall()]
        assert sorted(stored) == sorted(receipts)
        assert stored != receipts  # one in 40! by chance

    def test_few_papers_of_a_channel_lose_it(self):
        ballot, officer = a_ballot(), actor_of(an_official())
        voted(ballot, *[(1,)] * 5)
        actions.cast_for(ballot=ballot, resident=a_paper_resident(), picks=[2], channel="postal", actor=officer, at=NOON)
        actions.close(ballot=ballot, actor=SYSTEM, at=AFTER)
        actions.count(ballot=ballot, actor=SYSTEM, at=AFTER)
        assert sorted(set(ballot.papers.values_list("channel", flat=True))) == ["", "online"]

    def test_the_sweep_closes_and_counts(self):
        ballot = a_ballot()
        voted(ballot, (1,), (1, 2), (2,))
        step = Step.objects.select_related("process__place").get(pk=ballot.step_id)
        processes.close_step(step=step, actor=SYSTEM, at=AFTER)
        ballot.refresh_from_db()
        assert ballot.state == "counted"

    def test_the_sweep_leaves_the_count_while_papers_lie_in_a_box(self):
        ballot = a_ballot()
        actions.mark_voter(ballot=ballot, resident=a_paper_resident(), channel="hall", actor=actor_of(an_official()), at=NOON)
        close_and_count(step=ballot.step, actor=SYSTEM, at=AFTER)
        ballot.refresh_from_db()
        assert ballot.state == "closed"

    def test_dates_stand_once_it_is_closed(self):
        step = a_counted_ballot().step
        later = {"opens_at": step.opens_at, "closes_at": AFTER + timedelta(days=3)}
        refused("ballot_dates_stand", processes.change_dates, step=step, reason="늘림", actor=SYSTEM, at=AFTER, **later)


@pytest.mark.django_db
class TestCounting:
    def test_what_is_told(self):
        ballot = a_counted_ballot()
        assert ballot.tally.votes == {"1": 4, "2": 4, "3": 2, "4": 4}
        assert ballot.tally.spent_won == 60_000_000
        assert ballot.tally.left_won == 0
        told = AuditEntry.objects.filter(verb="ballot.result").order_by("subject")
        assert [e.kept["outcome"] for e in told] == ["funded", "funded", "not_funded", "funded"]
        assert Notice.objects.filter(kind="ballot.counted").count() == 8

    def test_a_tie_goes_to_the_cheaper_and_counts_the_same_again(self):
        ballot = a_counted_ballot(papers=[(1,), (2,), (3,)], budget_won=45_000_000, picks_max=1)
        assert ballot.tally.funded == [2]  # 20, then 30 does not fit, 45 does not

    def test_nobody_voted(self):
        ballot = a_counted_ballot(papers=[])
        assert ballot.tally.papers == 0


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def at_once(self, count, deed):
        answers, gate = [], threading.Barrier(count)

        def run(n):
            gate.wait()
            try:
                answers.append(deed(n))
            except Refused as caught:
                answers.append(caught.verdict.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def test_two_windows_of_one_person(self):
        ballot, actor = a_ballot(may_change=False), actor_of(a_resident())
        answers = self.at_once(2, lambda n: actions.cast(ballot=ballot, picks=[n + 1], actor=actor, at=NOON))
        assert "already_voted" in answers
        assert ballot.marks.count() == ballot.papers.count() == 1

    def test_two_channels_of_one_person(self):
        ballot, voter, officer = a_ballot(), a_resident(), actor_of(an_official())
        actor = actor_of(voter)

        def deed(n):
            if n:
                return actions.mark_voter(ballot=ballot, resident=voter, channel="hall", actor=officer, at=NOON)
            return actions.cast(ballot=ballot, picks=[1], actor=actor, at=NOON)

        answers = self.at_once(2, deed)
        assert "already_voted_elsewhere" in answers
        assert TurnoutMark.objects.filter(ballot=ballot).count() == 1
        assert BallotPaper.objects.filter(ballot=ballot).count() <= 1

    def test_two_officers_announce(self):
        ballot = a_ballot(noticed=False)
        officers = [actor_of(an_official()) for _n in range(2)]

        def deed(n):
            fresh = Ballot.objects.select_related("step__process__place", "place").get(pk=ballot.pk)
            return actions.announce(ballot=fresh, actor=officers[n], at=NOON).state

        assert sorted(self.at_once(2, deed)) in (["ballot_is_frozen", "noticed"], ["moved_meanwhile", "noticed"])
        assert AuditEntry.objects.filter(verb="ballot.noticed").count() == 1
