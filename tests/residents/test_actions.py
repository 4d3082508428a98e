"""Verbs of people: one person once, codes that die, names in time, forgetting."""

from datetime import date, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from madang.ground import audit
from madang.ground.actor import SYSTEM, Actor, Proof
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.residents import actions, erasure, figures
from madang.residents.actions.codes import CONTACT_LIVES, MOST_TRIES
from madang.residents.actions.proving import months_later
from madang.residents.hashes import person_key
from madang.residents.models import Consent, DeskSession, Membership, Resident, ResidentProof, RollImport, VerificationCode
from madang.residents.verifiers import settle
from madang.residents.verifiers.codes import send_code
from tests import NOON
from tests.residents.makers import (
    SINCE,
    a_council,
    a_department,
    a_paper_resident,
    a_post,
    a_resident,
    a_town,
    actor_of,
    an_account,
    an_official,
    open_desk_for,
    sign_in,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.verdict.sentence
    return caught.value.verdict.code


def prove(resident: Resident, level: Proof = Proof.PERSON, key: str = "", at=NOON, dong=None, method: str = "national") -> ResidentProof:
    return actions.prove(resident=resident, level=level, method=method, dong=dong, key_hash=key, actor=SYSTEM, at=at)


# Joining


def test_one_account_joins_once() -> None:
    town, account = a_town(), an_account()
    a_resident(town, account=account)
    again = {"account": account, "town": town.place, "public_name": "또", "home": None, "birth_year": None}
    assert refusal(actions.join, **again, actor=actor_of(account), at=NOON) == "already_joined"
    assert refusal(actions.join, **again, actor=Actor(town_id=town.pk), at=NOON) == "sign_in_first"


def test_a_name_belongs_to_one_until_erased() -> None:
    town = a_town()
    first = a_paper_resident(town, name="느티나무")
    assert refusal(a_paper_resident, town, name="느티나무") == "name_taken"
    actions.erase_resident(resident=first, reason="시험", actor=SYSTEM, at=NOON)
    assert a_paper_resident(town, name="느티나무").pk != first.pk


def test_changing_only_records_what_changed() -> None:
    resident = a_resident()
    before = AuditEntry.objects.count()
    same = {"public_name": resident.public_name, "home": resident.home, "birth_year": resident.birth_year}
    actions.change_profile(resident=resident, **same, actor=actor_of(resident), at=NOON)
    assert AuditEntry.objects.count() == before
    actions.change_profile(resident=resident, **{**same, "birth_year": None}, actor=actor_of(resident), at=NOON)
    assert AuditEntry.objects.latest("pk").kept == {"fields": ["birth_year"]}
    other = a_resident()
    assert refusal(actions.change_profile, resident=resident, **same, actor=actor_of(other), at=NOON) == "officials_only"


# Proofs


def test_one_person_stands_behind_one_resident() -> None:
    first, second = a_resident(proof=Proof.CONTACT), a_resident(proof=Proof.CONTACT)
    prove(first, key="k" * 64)
    assert refusal(prove, second, key="k" * 64) == "person_known"
    assert prove(first, key="k" * 64).pk  # oneself again: the older one is replaced
    assert ResidentProof.objects.filter(key_hash="k" * 64, revoked_at=None).count() == 1


def test_the_same_key_by_another_way_replaces_ones_own() -> None:
    resident = a_resident(proof=Proof.CONTACT)
    dong = a_town().dong("doksan2")
    prove(resident, Proof.RESIDENCE, "r" * 64, dong=dong, method="desk")
    prove(resident, Proof.RESIDENCE, "r" * 64, dong=dong, method="roll")
    assert ResidentProof.objects.filter(resident=resident, level=3, revoked_at=None).get().method == "roll"


def test_a_residence_runs_out_and_moves() -> None:
    town = a_town(proof_months=12)
    resident = a_resident(town)
    proof = ResidentProof.objects.get(resident=resident)
    assert proof.expires_on == date(2022, 4, 7)
    assert actor_of(resident, at=NOON + timedelta(days=364)).proof is Proof.RESIDENCE
    assert actor_of(resident, at=NOON + timedelta(days=366)).proof is Proof.VISITOR
    prove(resident, Proof.RESIDENCE, dong=town.dong("gasan"), method="letter")
    assert actor_of(resident).home_id == town.dong("gasan").pk
    assert ResidentProof.objects.filter(resident=resident, level=3, revoked_at=None).count() == 1


@pytest.mark.parametrize(
    ("day", "months", "result"), [(date(2021, 1, 31), 1, date(2021, 2, 28)), (date(2020, 2, 29), 12, date(2021, 2, 28))]
)
def test_months_later(day: date, months: int, result: date) -> None:
    assert months_later(day, months) == result


def test_an_officer_proves_only_in_the_town_and_never_oneself() -> None:
    town = a_town()
    officer = an_official(town, "dong_officer", dong="doksan2")
    itself = a_resident(town, account=officer, proof=Proof.VISITOR)
    answer = {"level": 2, "name": "홍길동", "birth": date(1970, 1, 1)}
    common = {"slug": "desk", "answer": answer, "at": NOON, "town": town}
    assert refusal(settle, resident=itself, actor=actor_of(officer), **common) == "role_needed"
    resident = a_paper_resident(town)
    settle(resident=resident, actor=actor_of(officer), **common)
    entry = AuditEntry.objects.filter(verb="proof.given").latest("pk")
    assert (entry.on_behalf_of_id, entry.account_id, bool(entry.desk_id)) == (resident.pk, officer.pk, True)
    assert "홍길동" not in str(entry.kept) + str(entry.personal)
    other = a_resident(town)
    assert refusal(settle, resident=resident, actor=actor_of(other), **common) == "officials_only"


# Codes


def test_a_code_dies_after_wrong_tries(settings) -> None:
    resident = a_resident(proof=Proof.VISITOR)
    _row, code = actions.make_code(resident=resident, kind="mail", contact="a@example.kr", actor=actor_of(resident), at=NOON)
    assert code not in str(VerificationCode.objects.values())
    wrong = "0" * 6 if code != "0" * 6 else "1" * 6
    codes = [refusal(actions.try_code, resident=resident, kinds=["mail"], typed=wrong, at=NOON) for _i in range(MOST_TRIES)]
    assert codes == ["code_wrong"] * (MOST_TRIES - 1) + ["code_dead"]
    assert refusal(actions.try_code, resident=resident, kinds=["mail"], typed=code, at=NOON) == "code_dead"


def test_a_code_dies_with_time_and_with_a_new_one() -> None:
    resident = a_resident(proof=Proof.VISITOR)
    make = {"resident": resident, "kind": "mail", "contact": "a@example.kr", "actor": actor_of(resident), "at": NOON}
    _row, old = actions.make_code(**make)
    _row, new = actions.make_code(**make)
    if old != new:
        assert refusal(actions.try_code, resident=resident, kinds=["mail"], typed=old, at=NOON) == "code_wrong"
    assert refusal(actions.try_code, resident=resident, kinds=["mail"], typed=new, at=NOON + CONTACT_LIVES) == "code_dead"
    assert actions.drop_old_codes(actor=SYSTEM, at=NOON + CONTACT_LIVES) == 2
    assert refusal(actions.try_code, resident=resident, kinds=["mail"], typed=new, at=NOON) == "code_none"


def test_a_mail_address_is_one_persons_a_phone_a_households() -> None:
    for kind, contact, most in (("mail", "home@example.kr", 1), ("text", "010-1234-5678", 3)):
        for number in range(most + 1):
            resident = a_resident(proof=Proof.VISITOR)
            make = {"resident": resident, "kind": kind, "contact": contact, "actor": actor_of(resident), "at": NOON}
            if number == most:
                assert refusal(actions.make_code, **make) == "contact_known"
                continue
            _row, code = actions.make_code(**make)
            settle(slug="contact", resident=resident, answer={"code": code}, actor=actor_of(resident), at=NOON, town=a_town())
    assert not VerificationCode.objects.exclude(contact="").exists()


def test_codes_are_sent_to_the_text_port_and_limited(settings, tmp_path) -> None:
    settings.TEXT_MESSAGE_BACKEND = "madang.notices.texting.FileBackend"
    settings.TEXT_FILE_PATH = tmp_path
    resident = a_resident(proof=Proof.VISITOR)
    send = {"resident": resident, "kind": "text", "contact": "01012345678", "actor": actor_of(resident), "at": NOON}
    send_code(**send)
    assert "인증번호" in next(tmp_path.iterdir()).read_text("utf-8")
    for _i in range(4):
        send_code(**send)
    assert refusal(send_code, **send) == "too_often"


def test_a_letter_waits_before_the_next_and_reprints_kill_the_old_code() -> None:
    town = a_town()
    resident = a_resident(town, proof=Proof.CONTACT)
    ask = {"resident": resident, "name": "홍길동", "address": "시흥대로 1", "dong": town.dong("doksan2"), "actor": actor_of(resident)}
    row = actions.ask_letter(**ask, at=NOON)
    assert refusal(actions.ask_letter, **ask, at=NOON + timedelta(days=1)) == "letter_on_its_way"
    officer = actor_of(an_official(town, "dong_officer", dong="doksan2"))
    first = actions.print_letters(town_id=town.pk, ids=[row.pk], actor=officer, at=NOON)[0]
    second = actions.print_letters(town_id=town.pk, ids=[row.pk], actor=officer, at=NOON)[0]
    assert refusal(actions.try_code, resident=resident, kinds=["letter"], typed=first.code, at=NOON) == "code_wrong"
    assert actions.try_code(resident=resident, kinds=["letter"], typed=second.code, at=NOON).pk == row.pk
    assert refusal(actions.print_letters, town_id=town.pk, ids=[], actor=actor_of(resident), at=NOON) == "officials_only"
    assert actions.ask_letter(**ask, at=NOON + timedelta(days=8)).pk != row.pk


def test_two_people_cannot_share_one_letter_address() -> None:
    town = a_town()
    for expected in (None, "person_known"):
        resident = a_resident(town, proof=Proof.CONTACT)
        ask = {"name": "홍 길동", "address": "시흥대로 1, 2호", "dong": town.dong("doksan2")}
        row = actions.ask_letter(resident=resident, **ask, actor=actor_of(resident), at=NOON)
        letter = actions.print_letters(town_id=town.pk, ids=[row.pk], actor=SYSTEM, at=NOON)[0]
        give = {
            "slug": "letter",
            "resident": resident,
            "answer": {"code": letter.code},
            "actor": actor_of(resident),
            "at": NOON,
            "town": town,
        }
        if expected:
            assert refusal(settle, **give) == expected
            row.refresh_from_db()
            assert row.used_at is None  # the code was not used up by a proof that did not come to be
        else:
            settle(**give)


# Rolls


def roll(town, text: str, *, actor, replaces: bool = False, at=NOON):
    return actions.preview_roll(town=town, data=text.encode("utf-8-sig"), as_of=date(2021, 4, 1), replaces=replaces, actor=actor, at=at)


def test_a_second_list_keeps_adds_and_removes() -> None:
    town = a_town()
    officer = actor_of(an_official(town, "coordinating_officer"))
    row, _reading = roll(
        town, "이름,생년월일,동\n가나다,19700101,독산2동\n라마바,19700102,독산2동\n사아자,19700103,가산동\n", actor=officer
    )
    assert actions.confirm_roll(roll_import=row, actor=officer, at=NOON).added == 3
    row, _reading = roll(
        town, "이름;생년월일;동\n가나다;1970.1.1.;독산제2동\n차카타;1970년 1월 4일;독산2동\n", actor=officer, replaces=True
    )
    taken = actions.confirm_roll(roll_import=row, actor=officer, at=NOON)
    assert (taken.added, taken.kept, taken.removed) == (1, 1, 1)  # 가산동 is not in the list and stays
    assert not RollImport.objects.exists()
    assert refusal(roll, town, "이름,생년월일,동\n", actor=actor_of(a_resident(town))) == "officials_only"


def test_previews_nobody_confirmed_go() -> None:
    town = a_town()
    roll(town, "이름,생년월일,동\n가나다,19700101,독산2동\n", actor=actor_of(an_official(town, "coordinating_officer")))
    actions.drop_old_codes(actor=SYSTEM, at=NOON + timedelta(days=2))
    assert not RollImport.objects.exists()


def test_the_key_of_a_person_does_not_mind_spaces_but_minds_the_secret(settings) -> None:
    key = person_key("홍 길동", date(1970, 1, 1), "1154562000")
    assert key == person_key("홍길동", date(1970, 1, 1), "1154562000") != person_key("홍길동", date(1970, 1, 2), "1154562000")
    settings.HASH_KEY = "another"
    assert key != person_key("홍길동", date(1970, 1, 1), "1154562000")


# Desk


def test_the_desk_ends_by_the_clock() -> None:
    town = a_town(desk_minutes=30)
    official = an_official(town, "dong_officer", dong="doksan2")
    assert actor_of(official, at=NOON + timedelta(minutes=29)).desk_open
    late = NOON + timedelta(minutes=30)
    assert not actor_of(official, at=late).desk_open
    session = DeskSession.objects.get()
    assert refusal(actions.extend_desk, session=session, actor=actor_of(official, at=late), at=late) == "desk_over"
    assert actions.end_overdue_desks(actor=SYSTEM, at=late + timedelta(hours=5)) == 1
    session.refresh_from_db()
    assert session.closed_at == session.expires_at
    assert actions.end_overdue_desks(actor=SYSTEM, at=late + timedelta(hours=6)) == 0


def test_opening_again_closes_the_first_and_others_keep_theirs() -> None:
    town = a_town()
    official, other = an_official(town, "moderator"), an_official(town, "moderator")
    second = open_desk_for(official, at=NOON + timedelta(minutes=5))
    assert DeskSession.objects.open(NOON + timedelta(minutes=6)).filter(account=official).get() == second
    assert refusal(actions.extend_desk, session=second, actor=actor_of(other), at=NOON + timedelta(minutes=6)) == "desk_not_yours"
    actions.close_desk(session=second, actor=actor_of(other), at=NOON + timedelta(minutes=6))
    second.refresh_from_db()
    assert second.closed_at is None
    assert refusal(open_desk_for, a_resident(town).account) == "no_post"


# Offices


def test_names_come_into_force_on_their_day() -> None:
    town = a_town()
    department = a_department(town, "마을자치과")
    actions.rename_department(department=department, name="자치행정과", from_on=date(2021, 7, 1), actor=SYSTEM, at=NOON)
    assert department.name == "마을자치과"
    assert department.name_on(date(2021, 6, 30)) == "마을자치과"
    assert department.name_on(date(2021, 7, 1)) == "자치행정과"
    assert actions.put_names_in_force(actor=SYSTEM, at=NOON) == 0
    assert actions.put_names_in_force(actor=SYSTEM, at=NOON.replace(month=7)) == 1
    department.refresh_from_db()
    assert department.name == "자치행정과"


def test_a_seat_may_follow_a_post() -> None:
    town = a_town()
    council = a_council(town)
    post = a_post(town, "dong_officer", dong="doksan2", title="동장")
    seat = actions.seat(organisation=council, post=post, role="ex_officio", from_on=SINCE, actor=SYSTEM, at=NOON)
    assert seat.resident is None
    member = actions.seat(organisation=council, resident=a_resident(town), term=2, from_on=SINCE, actor=SYSTEM, at=NOON)
    assert refusal(actions.end_seat, membership=member, to_on=SINCE, actor=SYSTEM, at=NOON) == "end_before_start"
    actions.end_seat(membership=member, to_on=date(2021, 1, 1), actor=SYSTEM, at=NOON)
    assert list(Membership.objects.on(NOON.date())) == [seat]
    assert refusal(a_post_by_resident, town) == "officials_only"


def a_post_by_resident(town) -> None:
    resident = actor_of(a_resident(town))
    actions.make_post(department=a_department(town), place=town.place, role="site_admin", title="x", actor=resident, at=NOON)


# Figures


def test_figures() -> None:
    town = a_town()
    department = a_department(town, "공원녹지과")
    team = a_department(town, "조경팀", kind="team", parent=department)
    official = an_official(town, "department_officer", department=team)
    assert figures.officials_of(department.pk, NOON) == [official.pk]
    assert figures.officials_of(department.pk, NOON.replace(year=2019)) == []
    assert figures.officials_with("department_officer", town.pk, NOON) == [official.pk]
    assert (team.pk, "공원녹지과 › 조경팀") in figures.department_choices(town.pk)
    resident, paper = a_resident(town), a_paper_resident(town)
    assert figures.accounts_of([resident.pk, paper.pk]) == {resident.pk: resident.account_id}
    assert figures.names_of([paper.pk]) == {paper.pk: paper.public_name}


# Forgetting


def test_erasing_leaves_no_trace_of_the_person_and_the_seals_hold(client: Client) -> None:
    town = a_town()
    account = an_account("secretword", email="secret@example.kr")
    resident = a_resident(town, name="비밀이름", account=account)
    EmailAddress.objects.create(user=account, email="secret@example.kr")
    sign_in(client, account)
    actions.make_code(resident=resident, kind="mail", contact="secret@example.kr", actor=actor_of(resident), at=NOON)
    actions.seat(organisation=a_council(town), resident=resident, from_on=SINCE, actor=SYSTEM, at=NOON)
    audit.seal(at=NOON)
    seen = []
    erasure.register(hook := lambda r, at: seen.append(r.pk) or {"proposals": 2, "kept.votes": 1})
    try:
        proof = actions.erase_resident(resident=resident, reason="우편 요청", actor=SYSTEM, at=NOON)
    finally:
        erasure._erasers.remove(hook)
    assert seen == [resident.pk]
    assert proof.removed["proposals"] == 2
    assert proof.removed["proofs"] == 1
    assert proof.removed["codes"] == 1
    assert proof.removed["sessions"] == 1
    assert proof.remained["votes"] == 1
    assert proof.remained["memberships"] == 1
    account.refresh_from_db()
    resident.refresh_from_db()
    assert (account.email, account.is_active, resident.account_id, resident.home_id) == ("", False, None, None)
    assert not ResidentProof.objects.filter(resident=resident).exists()
    assert not Consent.objects.filter(resident=resident).exists()
    assert not EmailAddress.objects.filter(user=account).exists()
    about = AuditEntry.objects.filter(resident_id=resident.pk) | AuditEntry.objects.filter(subject=f"resident/{resident.pk}")
    assert not about.exclude(verb="resident.erased").exclude(personal=None).exists()
    audit.seal(at=NOON)
    assert list(audit.verify()) == []
    assert refusal(actions.erase_resident, resident=resident, reason="다시", actor=SYSTEM, at=NOON) == "already_erased"


def test_who_may_erase() -> None:
    town = a_town()
    resident = a_resident(town)
    erase = {"resident": resident, "reason": "시험", "at": NOON}
    assert refusal(actions.erase_resident, **erase, actor=actor_of(a_resident(town))) == "officials_only"
    assert refusal(actions.erase_resident, **erase, actor=actor_of(an_official(town, "dong_officer", dong="doksan2"))) == "role_needed"
    actions.erase_resident(**erase, actor=actor_of(an_official(town, "site_admin")))


def test_an_officials_account_stays() -> None:
    town = a_town()
    official = an_official(town, "moderator")
    proof = actions.erase_resident(resident=a_resident(town, account=official), reason="요청", actor=SYSTEM, at=NOON)
    official.refresh_from_db()
    assert official.is_active
    assert official.email
    assert proof.remained["official_account"] == 1


def test_the_command_prints_the_proof() -> None:
    resident = a_resident()
    out = StringIO()
    call_command("erase_resident", "--resident", str(resident.pk), "--reason", "2021-17", stdout=out)
    assert "proofs" in out.getvalue()
    assert "audit_entries" in out.getvalue()
    for pk in (resident.pk, 10**9):
        with pytest.raises(CommandError):
            call_command("erase_resident", "--resident", str(pk), "--reason", "x", stdout=out)
    audit.seal(at=NOON)
    call_command("verify_audit", stdout=out)
