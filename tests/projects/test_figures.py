"""Every number of the funnel is the length of the list it opens; the table of execution adds up."""

import re
from datetime import date, timedelta

import pytest

from madang.budgets.actions import commit, spend
from madang.budgets.models import Appropriation
from madang.ground.actor import SYSTEM
from madang.methods.partial_dates import PartialDate
from madang.projects import actions
from madang.projects.execution import Wanted, execution, rate_of, standing
from madang.projects.figures import STAGES, cards, dong_matrix, matrix, town_funnel, town_projects
from madang.projects.models import Project
from madang.projects.reading import headline
from madang.proposals import figures as proposals
from tests import NOON
from tests.budgets.makers import a_programme, a_source, an_appropriation
from tests.projects.makers import a_past_ballot, a_project, a_running_project, a_winner, again
from tests.proposals.makers import a_proposal
from tests.residents.makers import a_town

pytestmark = pytest.mark.django_db
TODAY = date(2021, 4, 7)


@pytest.fixture
def played():
    """In 독산2동 four proposals on a vote, two of them projects, one done, and one more; one in 가산동; one for the whole town."""
    town = a_town()
    ballot = a_past_ballot(town)
    a_proposal(title="아직 모으는 중")
    a_proposal(title="가산동 일", dong="gasan")
    a_proposal(title="구 전체 일", place=town.place)
    a_project(a_winner(ballot, 1))
    done = a_running_project(a_winner(ballot, 2))
    actions.finish(project=done, actor=SYSTEM, at=NOON)
    return town


def count_behind(client, url):
    """How many the page behind a number says it lists."""
    text = client.get(url).content.decode()
    heading = re.search(r"<h2 id=\"h-(?:rows|list)\">(.*?)</h2>", text, re.S).group(1)
    return int(re.sub(r"\D", "", re.sub(r"<[^>]+>", "", heading).replace("독산2동", "").replace("가산동", "")))


def test_the_funnel_counts_nested_stages(played):
    rows = town_funnel(played.pk, 2021)
    assert [(r.key, r.value) for r in rows] == [("submitted", 7), ("reviewed", 4), ("balloted", 4), ("funded", 2), ("done", 1)]
    assert rows[1].note == "들어온 것의 57%"
    dong = town_funnel(played.pk, 2021, played.dong("gasan").pk)
    assert [r.value for r in dong] == [1, 0, 0, 0, 0]
    assert [r.value for r in town_funnel(played.pk, 2019)] == [0] * 5


def test_every_number_equals_the_list_it_opens(played, client):
    table = matrix(played, 2021)
    cells = [cell for row in (*table.rows, table.total) for cell in row.cells]
    opened = {url: n for n, url in cells if n}
    assert len(opened) >= 10
    for url, n in opened.items():
        assert count_behind(client, url) == n, url


def test_the_proposals_own_funnel_counts_the_same(played):
    own = proposals.funnel(played.pk, 2021)
    ours = {r.key: r for r in town_funnel(played.pk, 2021)}
    assert (ours["submitted"].value, ours["reviewed"].value) == (own.submitted, own.reviewed)
    assert ours["reviewed"].url == own.url("reviewed")


def test_the_matrix_keeps_the_official_order_and_sums(played):
    table = matrix(played, 2021)
    assert [r.place for r in table.rows][:3] == ["가산동", "독산1동", "독산2동"]
    assert table.rows[-1].place == "구 전체"
    for n, _stage in enumerate(STAGES):
        assert sum(r.cells[n][0] for r in table.rows) == table.total.cells[n][0] == table.funnel[n].value


def test_hidden_proposals_are_counted_nowhere(played):
    project = Project.objects.select_related("proposal").first()
    project.proposal.is_public = False
    project.proposal.save()
    assert [r.value for r in town_funnel(played.pk, 2021)] == [6, 3, 3, 1, 0 if project.state == "done" else 1]


def test_sums_for_others(played):
    work = town_projects(played.pk, 2021)
    assert (work.total, work.done, work.running, work.money.appropriated_won) == (2, 1, 0, 50_000_000)
    assert town_projects(played.pk, 2020).total == 0
    assert dong_matrix(played.pk, 2021) == [("독산2동", 2, 1)]


def test_cards_cost_the_same_however_many(played, django_assert_num_queries):
    rows = Project.objects.in_town(played.pk).select_related("programme", "place")
    with django_assert_num_queries(4):  # the rows, money, news, photos
        found = cards(rows)
    assert {c.news for c in found} == {"", "자리를 정했습니다. 주민 열 명이 함께 걸었습니다."}


class TestExecution:
    def test_rows_add_up_and_say_who_is_late(self):
        town = a_town()
        late, well = an_appropriation(a_programme(town, title="늦은 일")), an_appropriation(a_programme(town, "gasan", title="잘된 일"))
        spend(appropriation=well, amount_won=3_000_000, on=date(2021, 3, 2), what="천", commits=True, actor=SYSTEM, at=NOON)
        commit(appropriation=late, amount_won=1_000, on=date(2021, 3, 2), what="천", actor=SYSTEM, at=NOON)
        table = execution(town.pk, Wanted(2021), on=TODAY)
        assert [(r.programme.title, r.rate, r.plan, r.words) for r in table.rows] == [
            ("잘된 일", 30, 27, "계획대로"), ("늦은 일", 0, 27, "계획보다 27%p 늦음"),
        ]  # fmt: skip
        assert (table.total.appropriated_won, table.rate, table.plan, table.late) == (20_000_000, 15, 27, 1)
        assert [m.spent for m in table.course.months][:5] == [0, 0, 15, 15, None]
        assert [r.programme.title for r in execution(town.pk, Wanted(2021, late_only=True), on=TODAY).rows] == ["늦은 일"]
        assert [r.programme.title for r in execution(town.pk, Wanted(2021, sort="-rate"), on=TODAY).rows] == ["잘된 일", "늦은 일"]
        assert execution(town.pk, Wanted(2022), on=TODAY).rows == []

    def test_narrowing(self):
        town = a_town()
        programme = a_programme(town)
        an_appropriation(programme, 1_000_000)
        an_appropriation(programme, 2_000_000, source=a_source(name="시비", code="si", order=2))
        city = a_source(name="시비", code="si")
        assert execution(town.pk, Wanted(2021, source_id=city.pk), on=TODAY).total.appropriated_won == 2_000_000
        assert execution(town.pk, Wanted(2021, place_id=town.dong("gasan").pk), on=TODAY).rows == []
        assert len(execution(town.pk, Wanted(2021, department_id=programme.department_id, q="그늘"), on=TODAY).rows) == 1
        assert execution(town.pk, Wanted(2021, state="planned"), on=TODAY).rows == []

    def test_a_project_that_should_have_begun(self):
        project = a_project()
        row = standing(project.programme, project, on=TODAY)
        assert (row.words, row.tone, row.is_late) == ("착수 늦음", "bad", True)
        assert standing(project.programme, project, on=TODAY - timedelta(days=60)).words == "계획대로"
        actions.report_progress(
            project=project, on=PartialDate(2021, 4), body="시작",
            actor=SYSTEM, at=NOON,
        )  # fmt: skip
        actions.finish(project=project, actor=SYSTEM, at=NOON)
        assert standing(project.programme, again(project), on=TODAY).words == "마침"

    def test_rates_round_half_up(self):
        assert [rate_of(*p) for p in ((5, 1000), (4, 1000), (1, 3), (0, 5), (1, 0))] == [1, 0, 33, 0, None]

    def test_money_of_other_years_stays_out(self):
        money = an_appropriation(year=2022)
        assert Appropriation.objects.get().year == 2022
        assert execution(a_town().pk, Wanted(2022), on=TODAY).total.appropriated_won == money.amount_won


def test_a_headline_is_the_first_sentence():
    assert headline("의자를 놓았습니다. 열 개입니다.") == ("의자를 놓았습니다.", "열 개입니다.")
    assert headline("한 줄") == ("한 줄", "")
    assert headline("") == ("", "")
    first, rest = headline("가나다 " * 40)
    assert len(first) <= 61
    assert first.endswith("…")
    assert rest.startswith("…")
