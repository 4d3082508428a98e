"""Hard words on residents' pages: each is explained where it first stands, once a page, and stands in the glossary."""

import re

import pytest
from django.urls import reverse

from madang.ground.templatetags import look_gloss
from madang.ground.templatetags.look_words import GLOSS
from tests.architecture.source import name_of, templates
from tests.ballots.makers import a_ballot, a_counted_ballot
from tests.deliberation.makers import a_question
from tests.processes.makers import a_process
from tests.projects.makers import a_running_project
from tests.proposals.makers import a_proposal, a_shortlisted_proposal
from tests.residents.makers import a_resident, a_town, sign_in

pytestmark = pytest.mark.django_db
EXPLAINED = re.compile(
    r'<button class="gloss" type="button" popovertarget="(?P<key>[^"]+)">(?P<shown>[^<]+)<span class="sr">[^<]+</span></button>'
    r'<span class="gloss__box" id="(?P=key)" popover><b>(?P<word>[^<]+)<'
)


def a_page_of(name, client):
    if name == "site:my":
        sign_in(client, a_resident())
    elif name in ("site:home", "site:results", "reports:list", "archive:list", "ballots:compare"):
        a_town()
    match name:
        case "ballots:detail" | "ballots:notice" | "ballots:vote":
            thing = a_ballot(quorum=10)
        case "ballots:result":
            thing = a_counted_ballot(quorum=5)
        case "proposals:detail":
            thing = a_proposal()
        case "projects:detail":
            thing = a_running_project()
        case "deliberation:detail":
            thing = a_question()
        case "processes:detail":
            thing = a_process(blueprint="assembly_year")
        case _:
            return client.get(reverse(name))
    return client.get(reverse(name, args=[thing.pk]))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("site:home", {"주민총회", "주민참여예산"}),
        ("site:results", {"결재", "확인값"}),
        ("site:my", {"사는 곳 확인"}),
        ("ballots:detail", {"비법정·정책참고", "성립 기준", "추첨 씨앗"}),
        ("ballots:vote", {"비법정·정책참고", "성립 기준"}),
        ("ballots:notice", {"공고", "비법정·정책참고", "예산 심의"}),
        ("ballots:result", {"개표", "성립 기준", "비법정·정책참고"}),
        ("ballots:compare", {"공고", "주민참여예산"}),
        ("proposals:detail", {"공감", "공감 기준"}),
        ("projects:detail", {"재원"}),
        ("deliberation:detail", {"의견 수렴"}),
        ("processes:detail", {"의제", "주민자치회", "조례"}),
        ("reports:list", {"결재"}),
        ("archive:list", {"확인값"}),
    ],
)
def test_hard_words_are_explained_once_a_page(client, name, words):
    html = a_page_of(name, client).content.decode()
    told = [match["word"] for match in EXPLAINED.finditer(html)]
    assert words <= set(told)
    assert len(told) == len(set(told)) == html.count('popovertarget="gloss-')
    keys = re.findall(r'\bid="(gloss-\d+)"', html)
    assert len(keys) == len(set(keys))


def test_what_people_wrote_is_left_alone(client):
    proposal = a_shortlisted_proposal(body="협치와 숙의와 리빙랩을 바랍니다.")
    html = client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    told = {match["word"] for match in EXPLAINED.finditer(html)}
    assert "의제" in told
    assert not told & {"협치", "숙의", "리빙랩"}


def test_no_hard_word_is_explained_inside_a_link_or_a_button(client):
    for name in ("site:home", "ballots:compare"):
        html = a_page_of(name, client).content.decode()
        assert not re.search(r"<(a|button|label|summary)\b[^>]*>(?:(?!</\1>).)*<button class=\"gloss\"", html, re.S)


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_word_asked_for_stands_in_the_glossary(path):
    source = path.read_text("utf-8")
    if path.name != "index.html":
        assert set(re.findall(r'{%\s*gloss\s+"([^"]+)"', source)) <= set(GLOSS)
    for sentence in re.findall(r'{%\s*easy\s+_\("([^"]+)"\)', source):
        assert "popovertarget" in look_gloss.explain_all(sentence, {}), sentence
