"""A town in which something of everything lies open at NOON, and the people whose forms stand there."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madang.ballots import actions as ballots
from madang.comments import actions as comments
from madang.comments.models import Thread
from madang.ground.actor import SYSTEM, Proof
from madang.ground.models import Account
from madang.processes import actions as processes
from madang.proposals import actions as proposals
from madang.proposals.models import Proposal
from madang.residents.models import Department, Resident
from tests import NOON
from tests.ballots.makers import a_ballot, a_ballot_step, voted
from tests.comments.makers import a_comment, a_thread
from tests.deliberation.makers import a_closed_question, a_question, a_question_step
from tests.notices.makers import not_sent, told
from tests.processes.makers import a_process
from tests.projects.makers import a_past_ballot, a_project, a_running_project, a_winner
from tests.proposals.makers import a_proposal, a_shortlisted_proposal, endorsed_by
from tests.reports.makers import a_paper, a_published_paper, a_signed_paper
from tests.residents.makers import a_department, a_resident, a_town, actor_of, an_account, an_official, sign_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def busy_town() -> dict[str, Account]:
    """Makes the town; the accounts of its people by a word."""
    town = a_town()
    parks = a_department(town, "공원녹지과")
    accounts = {
        "coordinator": an_official(town, "coordinating_officer", title="총괄 담당"),
        "officer": an_official(town, "department_officer", None, parks, title="공원 담당"),
        "dong": an_official(town, "dong_officer", "doksan2", title="동 담당"),
        "mayor": an_official(town, "mayor_office", title="구청장실"),
        "moderator": an_official(town, "moderator", title="돌봄이"),
        "admin": an_official(town, "site_admin", title="누리집 관리자"),
    }
    a_resident(name="이웃")
    resident, newcomer = a_resident(name="봄이"), a_resident(proof=Proof.CONTACT, name="새봄")
    handed_in(resident, accounts["coordinator"], parks)
    put_to_people()
    done_and_written(accounts)
    told(resident.account, accounts["coordinator"])
    not_sent(resident.account, key="lost")
    on_the_way(resident, newcomer, accounts["coordinator"])
    return {"resident": resident.account, "newcomer": newcomer.account, "stranger": an_account("stranger"), **accounts}


def handed_in(resident: Resident, coordinator: Account, parks: Department) -> None:
    """Proposals in most of their states, one with talk of which a part was reported."""
    author = actor_of(resident)
    for n in range(3):
        a_proposal(title=f"골목 그늘막 {n}", author=resident if n else None, at=NOON - (3 - n) * HOUR)
    a_proposal(title="아직 열지 않은 제안", is_open=False)
    waiting = endorsed_by(a_proposal(title="어르신 쉼 의자", author=resident), 2)
    a_shortlisted_proposal(title="학교 앞 바닥 조명")
    proposals.request_supplement(
        proposal=Proposal.objects.get(title="골목 그늘막 2"), request="자리를 더 적어 주십시오.", actor=actor_of(coordinator), at=NOON
    )
    proposals.assign(proposal=Proposal.objects.get(title="골목 그늘막 1"), department=parks, actor=actor_of(coordinator), at=NOON)
    thread = Thread.objects.filter(subject=f"proposal/{waiting.pk}").first() or a_thread(f"proposal/{waiting.pk}")
    mine = a_comment(thread, author=author)
    theirs = a_comment(thread, body="저는 달리 생각해요.", parent=mine)
    comments.report(comment=theirs, reason="광고 같아요", actor=author, at=NOON)


def put_to_people() -> None:
    """Votes and questions before, while and after people are asked, and a process still being put together."""
    voted(a_ballot(), (1, 2), (2, 3))
    over = a_ballot(title="마감한 투표", opens_at=NOON - 9 * DAY, closes_at=NOON - 2 * DAY)
    voted(over, (1, 2), at=NOON - 3 * DAY)
    ballots.close(ballot=over, actor=SYSTEM, at=NOON - DAY)
    a_ballot(dong="gasan", noticed=False)
    a_ballot_step(dong="siheung1")
    a_question()
    a_question(dong="gasan", published=False)
    a_question_step(dong="siheung1")
    a_closed_question(dong="siheung4")
    a_process(a_town(), "assembly_year", opened=False)
    a_process(a_town(), "assembly_year", place=a_town().dong("doksan1"))
    ended = a_process(title="끝난 과정")
    processes.close_process(process=ended, actor=SYSTEM, at=NOON - DAY)


def done_and_written(accounts: dict[str, Account]) -> None:
    """Projects of a vote that is over, and its report drawn up, signed and published."""
    past = a_past_ballot()
    a_project(a_winner(past, 1))
    a_running_project(a_winner(past, 2))
    a_paper(past, at=NOON, drafter=accounts["coordinator"])
    a_signed_paper(a_past_ballot(), at=NOON)
    a_published_paper(a_past_ballot(), at=NOON)


def on_the_way(resident: Resident, newcomer: Resident, coordinator: Account) -> None:
    """What people have begun: a draft, a letter that was asked for, a roll that was read."""
    town = a_town()
    words = {"title": "버스 정류장 바람막이", "body": "겨울이면 정류장에 바람이 들어옵니다.", "cost": "1200만원", "go": "1"}
    begin(resident, reverse("proposals:draft", args=["a-draft-on-the-way", "what"]), words)
    begin(newcomer, reverse("residents:letter"), {"name": "홍길동", "dong": town.dong("doksan2").pk, "address": "시흥대로 1"})
    roll = SimpleUploadedFile("명부.csv", "성명,생년월일,행정동\n홍길동,1970-01-02,독산2동\n".encode(), "text/csv")
    begin(coordinator, reverse("residents:desk_roll"), {"file": roll, "as_of": "2021-04-01"})


def begin(who: Resident | Account, address: str, words: dict[str, object]) -> None:
    client = Client()
    sign_in(client, who)
    assert client.post(address, words).status_code in (200, 302)
