"""From winner to done: once, with its money, and the proposal following."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from madang.budgets.figures import money_of
from madang.ground import search
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.methods.partial_dates import PartialDate
from madang.notices.models import Notice
from madang.programmes.models import Programme
from madang.projects import actions
from madang.projects.figures import links_of_items, links_onward
from madang.projects.models import Project, ProjectHelper
from madang.proposals.models import Proposal
from madang.residents.actions import erase_resident
from tests import NOON
from tests.budgets.makers import a_source
from tests.projects.makers import a_past_ballot, a_project, a_running_project, a_winner, again
from tests.residents.makers import a_department, a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.verdict.code


def adopted(item, actor=SYSTEM):
    return actions.adopt(item=item, source=a_source(), year=2021, actor=actor, at=NOON)


class TestAdopt:
    def test_makes_programme_money_thread_and_moves_the_proposal(self):
        item = a_winner()
        project = a_project(item)
        programme = project.programme
        assert (programme.title, programme.kind, programme.year, project.place) == (item.title, "project", 2021, item.place)
        assert money_of([programme.pk])[programme.pk].appropriated_won == item.cost_won
        assert Proposal.objects.get(pk=item.proposal_id).state == "implementing"
        assert list(search.matching("그늘막").filter(kind="project").values_list("subject_id", flat=True)) == [project.pk]
        assert Notice.objects.filter(kind="project.adopted", account=item.proposal.author.account).count() == 1
        trail = AuditEntry.objects.of_trail(f"proposal/{item.proposal_id}").filter(verb="project.adopted")
        assert "예산 30,000,000원" in trail.get().sentence

    def test_once(self):
        item = a_winner()
        adopted(item)
        assert refusal(lambda: adopted(item)) == "already_adopted"
        assert Project.objects.count() == Programme.objects.count() == 1

    def test_only_what_was_chosen(self):
        assert refusal(lambda: adopted(a_winner(number=3))) == "item_not_funded"

    def test_only_by_the_coordinating_department(self):
        item, town = a_winner(), a_town()
        assert refusal(lambda: adopted(item, actor_of(an_official(town, "dong_officer", dong="doksan2")))) == "role_needed"
        assert refusal(lambda: adopted(item, actor_of(a_resident(town)))) == "officials_only"
        adopted(item, actor_of(an_official(town, "coordinating_officer")))

    def test_all_of_a_ballot_each_once(self):
        ballot = a_past_ballot()
        a_project(a_winner(ballot))
        roads = a_department(name="도로과")
        second = a_winner(ballot, 2)
        given = {"ballot": ballot, "source": a_source(), "year": 2022, "actor": SYSTEM, "at": NOON}
        made = actions.adopt_all(**given, departments={second.pk: roads})
        assert [p.ballot_item.number for p in made] == [2, 4]
        assert made[0].programme.department == roads
        assert actions.adopt_all(**given) == []

    def test_one_in_the_way_leaves_all_as_they_were(self):
        ballot = a_past_ballot()
        stuck = a_winner(ballot, 4)
        Proposal.objects.filter(pk=stuck.proposal_id).update(state="merged")
        with pytest.raises(Refused, match=stuck.title):
            actions.adopt_all(ballot=ballot, source=a_source(), year=2021, actor=SYSTEM, at=NOON)
        assert not Project.objects.exists()
        assert not Programme.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_adopt_at_once():
    item, source = a_winner(), a_source()
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("one connection only: nothing can happen at once")
    gate, said = Barrier(2), []

    def one():
        try:
            gate.wait(timeout=20)
            said.append(actions.adopt(item=a_winner(item.ballot), source=source, year=2021, actor=SYSTEM, at=NOON))
        except Refused as refused:
            said.append(refused.verdict.code)
        finally:
            connection.close()

    both = [Thread(target=one), Thread(target=one)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=60)
    assert sorted(isinstance(s, Project) for s in said) == [False, True]
    assert next(s for s in said if isinstance(s, str)) in ("already_adopted", "moved_meanwhile")
    assert Project.objects.count() == Programme.objects.count() == 1


class TestProgress:
    def test_first_news_starts_the_work_and_tells_those_who_joined(self):
        project = a_project()
        helper = a_resident()
        actions.sign_up(project=project, actor=actor_of(helper), at=NOON)
        values = {"project": project, "on": PartialDate(2021, 4), "body": "자리를 정했습니다.", "actor": SYSTEM, "at": NOON}
        actions.report_progress(**values, percent=20, once="mark")
        actions.report_progress(**values, percent=20, once="mark")
        project.refresh_from_db()
        assert (project.state, project.percent) == ("running", 20)
        told = Notice.objects.filter(kind="project.news").values_list("account_id", flat=True)
        assert sorted(told) == sorted([helper.account_id, project.proposal.author.account_id])
        assert search.matching("자리를 정했습니다").filter(kind="project").exists()

    def test_a_late_note_leaves_the_newest_figure(self):
        project = a_running_project()
        told = {"project": project, "body": "뒤늦게 적습니다.", "actor": SYSTEM, "at": NOON}
        actions.report_progress(**told, on=PartialDate(2021, 4), percent=60)
        actions.report_progress(**told, on=PartialDate(2021, 2), percent=10)
        assert again(project).percent == 60

    def test_after_the_end_news_but_no_figures(self):
        project = a_running_project()
        actions.finish(project=project, actor=SYSTEM, at=NOON)
        told = {"project": project, "on": PartialDate(2021, 4), "body": "써 보니 좋아요.", "actor": SYSTEM, "at": NOON}
        assert refusal(lambda: actions.report_progress(**told, percent=50)) == "done_needs_no_percent"
        actions.report_progress(**told)
        assert again(project).percent == 100

    def test_a_change_of_title_is_found(self):
        project = a_project()
        actions.change(
            project=project, title="바닥 등불", summary="", department=None, starts_on=None, ends_on=None, precision="month",
            actor=SYSTEM, at=NOON,
        )  # fmt: skip
        assert search.matching("등불").filter(kind="project", subject_id=project.pk).exists()


class TestMoves:
    def test_done_finishes_the_proposal_whoever_runs_the_work(self):
        town = a_town()
        roads = a_department(town, "도로과")
        project = a_project(department=roads)
        officer = actor_of(an_official(town, "department_officer", department=roads))
        actions.start(project=project, actor=officer, at=NOON)
        actions.finish(project=project, actor=officer, at=NOON)
        project = again(project)
        assert (project.state, project.percent, project.done_at, project.proposal.state) == ("done", 100, NOON, "implemented")
        entry = AuditEntry.objects.get(verb="proposal.finished")
        assert entry.account_id == officer.account_id
        assert refusal(lambda: actions.resume(project=project, actor=SYSTEM, at=NOON)) == "no_such_move"

    def test_stopping_needs_a_reason_and_can_go_on(self):
        project = a_running_project()
        assert refusal(lambda: actions.stop(project=project, why=" ", actor=SYSTEM, at=NOON)) == "stop_needs_reason"
        actions.stop(project=project, why="장마", actor=SYSTEM, at=NOON)
        told = AuditEntry.objects.filter(verb="project.stopped").values_list("trail", flat=True)
        assert set(told) == {f"project/{project.pk}", f"proposal/{project.proposal_id}"}
        assert {row.sentence for row in AuditEntry.objects.filter(verb="project.stopped")} == {"사업을 멈췄습니다: 장마"}
        actions.resume(project=project, actor=SYSTEM, at=NOON)
        assert again(project).state == "running"

    def test_moved_meanwhile(self):
        project = a_project()
        stale = again(project)
        actions.start(project=project, actor=SYSTEM, at=NOON)
        assert refusal(lambda: actions.stop(project=stale, why="장마", actor=SYSTEM, at=NOON)) == "moved_meanwhile"

    def test_another_department_may_not(self):
        project = a_project(department=a_department(name="도로과"))
        other = actor_of(an_official(a_town(), "department_officer", department=a_department(name="공원녹지과")))
        assert refusal(lambda: actions.start(project=project, actor=other, at=NOON)) == "programme_role_needed"


class TestTakingPart:
    def test_once_and_back(self):
        project, neighbour = a_project(), actor_of(a_resident())
        actions.sign_up(project=project, actor=neighbour, at=NOON)
        assert refusal(lambda: actions.sign_up(project=project, actor=neighbour, at=NOON)) == "already_signed_up"
        actions.leave(project=project, actor=neighbour, at=NOON)
        assert refusal(lambda: actions.leave(project=project, actor=neighbour, at=NOON)) == "not_signed_up"

    def test_not_when_it_is_over(self):
        project = a_running_project()
        actions.finish(project=project, actor=SYSTEM, at=NOON)
        assert refusal(lambda: actions.sign_up(project=project, actor=actor_of(a_resident()), at=NOON)) == "project_is_over"

    def test_an_erased_person_takes_no_part(self):
        project, neighbour = a_project(), a_resident()
        actions.sign_up(project=project, actor=actor_of(neighbour), at=NOON)
        erase_resident(resident=neighbour, reason="탈퇴", actor=SYSTEM, at=NOON)
        assert not ProjectHelper.objects.exists()


def test_the_way_is_told_to_proposal_and_ballot():
    project = a_project()
    [link] = links_onward([project.proposal_id])[project.proposal_id]
    assert (link.url, str(link.state)) == (f"/projects/{project.pk}/", "준비 중")
    assert links_of_items([project.ballot_item_id])[project.ballot_item_id] == [link]
