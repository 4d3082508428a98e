"""Every way of counting from the officer's form to the result page, the page that compares them, and the file anybody counts again."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.ballots import comparing, figures
from madang.ballots.counting_rules import WAYS, command_of, rule_of
from madang.methods.voting import pabulib
from madang.methods.voting.election import Election, Project
from madang.methods.voting.papers import election_of
from madang.methods.voting.rules import Rule, count
from tests.ballots.makers import a_ballot, a_counted_ballot
from tests.methods.voting.makers import elections
from tests.residents.makers import a_town, an_official, sign_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
EVERY = pytest.mark.parametrize("code", list(WAYS))
COMPARE = "/ballots/compare/"
A_FILE = """META
key;value
description;작은 투표
num_projects;2
num_votes;3
budget;100
vote_type;approval
currency;EUR
PROJECTS
project_id;cost;name
p1;60;가로등
p2;50;꽃밭
VOTES
voter_id;vote
1;p1
2;p1,p2
3;p2
"""


def text(answer):
    return answer.content.decode()


@EVERY
class TestEveryWay:
    def test_counts_and_tells_why(self, code):
        ballot = a_counted_ballot(rule=code)
        result = figures.result(ballot.pk)
        assert result.spent_won <= result.budget_won
        assert {i.number for i in result.funded} == set(ballot.tally.funded)
        assert all(i.why for i in result.items)
        for language in ("ko", "en"):
            with translation.override(language):
                told = figures.result(ballot.pk)
                assert len(told.story) >= 4
                assert not any("%(" in line for line in (*told.story, *(i.why for i in told.items)))

    def test_nobody_voted(self, code, client):
        ballot = a_counted_ballot(rule=code, papers=())
        assert ballot.tally.funded == []
        assert client.get(reverse("ballots:result", args=[ballot.pk])).status_code == 200

    def test_the_stored_rule_counts_the_same_again(self, code):
        ballot = a_counted_ballot(rule=code)
        _source, election, _places = comparing.of_ballot(ballot)
        again = count(election, Rule.of(ballot.tally.rule), seed=ballot.seed)
        assert [int(n) for n in again.funded] == ballot.tally.funded
        assert Rule.of(ballot.tally.rule) == rule_of(ballot)

    def test_anybody_counts_the_file_again(self, code, client, tmp_path):
        """With the very line the result page prints."""
        ballot = a_counted_ballot(rule=code)
        shown = text(client.get(reverse("ballots:result", args=[ballot.pk])))
        line = command_of(rule_of(ballot), f"ballot-{ballot.pk}.pb", ballot.seed)
        assert line in shown
        answer = client.get(reverse("ballots:papers", args=[ballot.pk, "pb"]))
        (tmp_path / f"ballot-{ballot.pk}.pb").write_bytes(answer.content)
        words = [sys.executable, *shlex.split(line)[1:-1], "--json"]
        ran = subprocess.run(words, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
        said = json.loads(ran.stdout)
        assert [int(n) for n in said["winners"]] == ballot.tally.funded
        assert (said["spent"], said["left"]) == (ballot.tally.spent_won, ballot.tally.left_won)

    def test_the_notice_names_it(self, code, client):
        ballot = a_ballot(noticed=True, rule=code)
        assert str(WAYS[code].name) in text(client.get(reverse("ballots:detail", args=[ballot.pk])))
        assert str(WAYS[code].does) in text(client.get(reverse("ballots:notice", args=[ballot.pk])))


def test_an_officer_chooses_and_the_notice_freezes_it(client):
    ballot = a_ballot(noticed=False)
    sign_in(client, an_official())
    url = reverse("ballots:desk_rules", args=[ballot.pk])
    form = text(client.get(url))
    assert all(str(way.weigh) in form for way in WAYS.values())
    data = {name: value for name, value in client.get(url).context["form"].initial.items() if value not in (None, False)}
    assert client.post(url, {**data, "rule": "equal_shares"}).status_code == 302
    ballot.refresh_from_db()
    assert ballot.rule == "equal_shares"
    refused = client.post(url, {**data, "rule": "dictator"})
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"rule"}


class TestCompare:
    def test_of_a_counted_vote(self, client):
        ballot = a_counted_ballot()
        answer = client.get(COMPARE)
        assert answer.context["ballot"] == ballot
        columns = {c.code: c for c in answer.context["columns"]}
        assert columns.keys() == WAYS.keys()
        # The column of the rule that was announced says what was decided (nothing was left to a lot here).
        assert columns["greedy_votes"].funded == {str(n) for n in ballot.tally.funded}
        shown = text(answer)
        assert "8장을 방법마다 다시 셌어요" in shown
        assert all(str(way.name) in shown for way in WAYS.values())

    def test_of_made_up_voters_before_the_vote(self, client):
        ballot = a_ballot(noticed=True)
        answer = client.get(COMPARE, {"ballot": ballot.pk})
        assert "지어낸 사람 1,000명" in text(answer)
        assert client.get(COMPARE, {"ballot": ballot.pk}).context["rows"] == answer.context["rows"]
        assert sum(row.votes for row in answer.context["rows"]) >= 1000

    def test_a_draft_is_for_officers_alone(self, client):
        ballot = a_ballot(noticed=False)
        assert client.get(COMPARE, {"ballot": ballot.pk}).context["ballot"] is None
        sign_in(client, an_official())
        assert client.get(COMPARE, {"ballot": ballot.pk}).context["ballot"] == ballot

    def test_nothing_yet(self, client):
        a_town()
        assert "아직 견주어 볼 투표가 없어요" in text(client.get(COMPARE))

    def test_of_a_file(self, client):
        a_town()
        answer = client.post(COMPARE, {"file": SimpleUploadedFile("a.pb", A_FILE.encode())})
        assert answer.status_code == 200
        assert [(r.title, r.votes, r.cost) for r in answer.context["rows"]] == [("꽃밭", 2, "50 EUR"), ("가로등", 2, "60 EUR")]
        assert "작은 투표" in text(answer)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "빈 파일"),
            (b"\xff\xfe", "UTF-8"),
            (A_FILE.replace("50;", "dear;").encode(), "12번째 줄 2번째 칸"),
            (A_FILE.split("1;p1")[0].encode(), "표가 하나도 없는"),
            (A_FILE.encode() + b"#" * 1_000_001, "1MB"),
            ((A_FILE.split("p1;60")[0] + "".join(f"q{n};1;x\n" for n in range(301)) + "VOTES\nvoter_id;vote\n1;q1\n").encode(), "300개"),
        ],
    )
    def test_of_a_file_that_cannot_be_counted(self, client, data, said):
        a_town()
        answer = client.post(COMPARE, {"file": SimpleUploadedFile("a.pb", data)})
        assert answer.status_code == 422
        assert said in text(answer)

    def test_not_too_often(self, client):
        a_town()
        answers = [client.post(COMPARE, {"file": SimpleUploadedFile("a.pb", A_FILE.encode())}).status_code for _ in range(11)]
        assert answers == [200] * 10 + [422]

    def test_queries(self, client, query_counts):
        for n in range(3):
            a_counted_ballot(title=f"투표 {n}")
        query_counts.page("ballots:compare", lambda: client.get(COMPARE))


def test_the_file_holds_no_order(client):
    ballot = a_counted_ballot()
    answer = client.get(reverse("ballots:papers", args=[ballot.pk, "pb"]))
    read = pabulib.read(answer.content)
    items = list(ballot.items.all())
    assert read.election.voters == ballot.papers.count()
    assert [p.id for p in read.election.projects] == sorted(str(i.number) for i in items)
    rows = text(answer).split("VOTES\n")[1].splitlines()[1:]
    assert [row.split(";")[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    picks = [row.split(";")[1] for row in rows]
    assert picks == sorted(picks)
    papers = [[str(n) for n in one] for one in ballot.papers.values_list("picks", flat=True)]
    assert election_of(read.election.projects, papers, ballot.budget_won)[0].votes == read.election.votes


def test_papers_stay_sealed_in_every_form(client):
    ballot = a_ballot(noticed=True)
    for suffix in ("csv", "json", "pb"):
        assert client.get(reverse("ballots:papers", args=[ballot.pk, suffix])).status_code == 403


RECOUNT = ROOT / "madang/ballots/static/ballots/recount.py"


def recount(path):
    return subprocess.run([sys.executable, "-I", str(RECOUNT), str(path)], capture_output=True, text=True, check=False)


class TestRecount:
    """The program anybody takes along: one file, Python alone."""

    @EVERY
    def test_comes_to_the_same(self, code, client, tmp_path):
        ballot = a_counted_ballot(rule=code)
        path = tmp_path / "ballot.json"
        path.write_bytes(client.get(reverse("ballots:papers", args=[ballot.pk, "json"])).content)
        ran = recount(path)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert "the same result as published" in ran.stdout
        assert "promised" in ran.stdout

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda told: told["funded"].pop(), "NOT THE PUBLISHED RESULT"),
            (lambda told: told.update(seed="another seed of the same length"), "THE SEED IS NOT"),
            (lambda told: [paper.update(picks=[3]) for paper in told["papers"]], "NOT THE PUBLISHED RESULT"),
        ],
    )
    def test_tells_what_was_changed(self, client, tmp_path, change, said):
        ballot = a_counted_ballot()
        told = json.loads(client.get(reverse("ballots:papers", args=[ballot.pk, "json"])).content)
        change(told)
        (tmp_path / "ballot.json").write_text(json.dumps(told), "utf-8")
        ran = recount(tmp_path / "ballot.json")
        assert ran.returncode == 1
        assert said in ran.stdout

    def test_of_what_is_no_vote(self, tmp_path):
        for text_of in ("", "{}", "[]", '{"rule": {}}'):
            (tmp_path / "ballot.json").write_text(text_of, "utf-8")
            assert recount(tmp_path / "ballot.json").returncode == 2

    def test_is_short_and_stands_alone(self):
        source = RECOUNT.read_text("utf-8")
        assert source.count("\n") <= 300
        assert "madang" not in "".join(line for line in source.splitlines() if "import" in line)


def the_program():
    """recount.py as a module, to be asked about many votes."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("recount", RECOUNT)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.django_db(False)
@EVERY
@given(election=elections(most_projects=6, most_voters=10), skip=st.booleans())
@settings(max_examples=60, deadline=None)
def test_two_programs_agree(code, election, skip):
    """Votes full of ties: the product's count and the program that people take along."""
    seed = "a seed for tests of recounts"
    rule = WAYS[code].make(skip)
    ids = [p.id for p in election.projects]
    numbers = {one: n for n, one in enumerate(ids, 1)}
    ballots = [
        [str(numbers[ids[n]]) for n in picks] for picks, many in zip(election.picks, election.numbers, strict=True) for _ in range(many)
    ]
    again = Election.of([Project(str(numbers[p.id]), p.cost) for p in election.projects], ballots, election.budget)
    program = the_program()
    vote = program.Vote(
        {
            "rule": json.loads(json.dumps(rule.facts(seed))), "budget_won": election.budget, "seed": seed, "picks_min": 1, "picks_max": 9,
            "items": [{"number": numbers[p.id], "cost_won": p.cost} for p in election.projects], "papers": [{"picks": b} for b in ballots],
        }
    )  # fmt: skip
    assert program.count(vote) == list(count(again, rule, seed=seed, closeness=False).funded)
