"""Pages of people: who gets in, what bad input does, what is shown."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from madang.ground import clock
from madang.ground.actor import SYSTEM, Proof
from madang.residents import actions
from madang.residents.models import Consent, DeskSession, Resident, ResidentProof, RollEntry, RollImport, VerificationCode
from tests import NOON
from tests.residents.makers import a_department, a_paper_resident, a_resident, a_town, actor_of, an_account, an_official, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    a_town()
    with clock.fixed(NOON):
        yield


OWN_PAGES = ("profile", "consents", "close", "contact", "letter", "national", "provider")
DESK_PAGES = ("desk_people", "desk_person_new", "desk_departments", "desk_roll", "desk_letters")


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_need_a_resident(client: Client, name: str) -> None:
    url = reverse(f"residents:{name}")
    assert client.get(url).status_code == 302
    sign_in(client, an_account())
    assert client.get(url).status_code == 403
    sign_in(client, a_resident(proof=Proof.CONTACT))
    answer = client.get(url)
    assert answer.status_code in (200, 404), answer.status_code
    if name == "provider":
        assert answer.status_code == 404  # nothing configured


@pytest.mark.parametrize("name", DESK_PAGES)
def test_desk_pages_need_the_right_post(client: Client, name: str) -> None:
    url = reverse(f"residents:{name}")
    assert client.get(url).status_code == 302
    sign_in(client, a_resident())
    assert client.get(url).status_code == 403
    sign_in(client, an_official(role="moderator"))
    assert client.get(url).status_code == 403
    closed = an_official(role="site_admin", desk=False)
    sign_in(client, closed)
    assert reverse("residents:open_desk") in client.get(url)["Location"]
    sign_in(client, an_official(role="site_admin"))
    assert client.get(url).status_code == 200


def test_proof_page_is_readable_by_all(client: Client) -> None:
    page = client.get(reverse("residents:proof")).content.decode()
    assert "동주민센터" in page
    assert "주민등록번호를 받지 않아요" in page
    sign_in(client, a_resident())
    assert "거주 확인" in client.get(reverse("residents:proof")).content.decode()


def test_joining_keeps_what_was_typed(client: Client) -> None:
    sign_in(client, an_account())
    url = reverse("residents:join")
    assert client.get(url).status_code == 200
    dong = a_town().dong("doksan2")
    answer = client.post(url, {"public_name": "금천구청 직원", "home": dong.pk})
    assert answer.status_code == 200
    assert "금천구청 직원" in answer.content.decode()
    answer = client.post(url, {"public_name": "900101-1234567", "home": dong.pk, "consent_service": "on"})
    assert "주민등록번호" in answer.content.decode()
    a_resident(name="느티나무")
    answer = client.post(url, {"public_name": "느티나무", "home": dong.pk, "consent_service": "on"})
    assert "같은 공개 이름" in answer.content.decode()
    answer = client.post(url, {"public_name": "은행나무", "home": dong.pk, "consent_service": "on", "consent_notice": "on"})
    assert answer.status_code == 302
    resident = Resident.objects.get(public_name="은행나무")
    assert set(Consent.objects.filter(resident=resident).values_list("purpose", flat=True)) == {"service", "notice"}
    assert client.post(url, {}).status_code == 302  # once more: already in


def test_refusing_optional_consents_never_blocks(client: Client) -> None:
    sign_in(client, an_account())
    client.post(reverse("residents:join"), {"public_name": "단풍", "consent_service": "on"})
    assert Resident.objects.filter(public_name="단풍", home=None).exists()


def test_next_leads_only_home(client: Client) -> None:
    sign_in(client, an_account())
    data = {"public_name": "소나무", "consent_service": "on", "next": "https://evil.example/"}
    assert client.post(reverse("residents:join"), data)["Location"] == reverse("residents:proof")
    official = an_official(role="site_admin", desk=False)
    sign_in(client, official)
    answer = client.post(reverse("residents:open_desk"), {"reason": "admin", "next": "//evil.example/x"})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    DeskSession.objects.all().delete()
    answer = client.post(reverse("residents:open_desk"), {"reason": "admin", "next": "/people/desk/letters/"})
    assert answer["Location"] == "/people/desk/letters/"


def test_code_by_mail_from_page_to_proof(client: Client) -> None:
    resident = a_resident(proof=Proof.VISITOR)
    sign_in(client, resident)
    bad = client.post(reverse("residents:contact"), {"contact": "아무말"})
    assert bad.status_code == 200
    assert "아무말" in bad.content.decode()
    assert client.post(reverse("residents:contact"), {"contact": "someone@example.kr"}).status_code == 302
    code = re.search(r"\d{6}", mail.outbox[-1].body).group()
    wrong = client.post(reverse("residents:code"), {"code": "000000" if code != "000000" else "111111"})
    assert "4번 더" in wrong.content.decode()
    assert client.post(reverse("residents:code"), {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    assert actor_of(resident).proof is Proof.CONTACT
    assert VerificationCode.objects.get().contact == ""
    assert client.post(reverse("residents:code"), {"code": code}).status_code == 200  # used up, said so


def test_letter_from_request_to_proof(client: Client) -> None:
    town = a_town()
    resident = a_resident(proof=Proof.CONTACT)
    sign_in(client, resident)
    url = reverse("residents:letter")
    assert client.get(url).status_code == 200
    data = {"name": "홍길동", "dong": town.dong("doksan2").pk, "address": "시흥대로 1, 101동 203호"}
    assert client.post(url, data).status_code == 302
    assert "준비하고" in client.get(url).content.decode()
    officer = Client()
    sign_in(officer, an_official(town, "dong_officer", dong="doksan2"))
    assert "시흥대로 1" in officer.get(reverse("residents:desk_letters")).content.decode()
    row = VerificationCode.objects.get()
    sheet = officer.post(reverse("residents:desk_letters"), {"letter": [row.pk]}).content.decode()
    code = re.search(r'letter__code">([A-Z2-9]{4}-[A-Z2-9]{4})<', sheet).group(1)
    assert client.get(url).status_code == 200
    assert client.post(url, {"do": "code", "code": code.lower()}).status_code == 302
    assert actor_of(resident).proof is Proof.RESIDENCE
    assert VerificationCode.objects.get().contact == ""


def test_letter_says_contact_first(client: Client) -> None:
    sign_in(client, a_resident(proof=Proof.VISITOR))
    assert "먼저 연락처" in client.get(reverse("residents:letter")).content.decode()


def test_mock_identity_counts_a_person_once(client: Client) -> None:
    first, second = a_resident(proof=Proof.CONTACT), a_resident(proof=Proof.CONTACT)
    data = {"name": "김 시범", "birth": "1990.3.2"}
    sign_in(client, first)
    assert client.post(reverse("residents:national"), data).status_code == 302
    assert ResidentProof.objects.get(resident=first, level=2).key_hash
    first.refresh_from_db()
    assert first.birth_year == 1990
    sign_in(client, second)
    again = client.post(reverse("residents:national"), {"name": "김시범", "birth": "19900302"})
    assert again.status_code == 200
    assert "한 사람은 한 번만" in again.content.decode()
    assert "김시범" in again.content.decode()


def test_mock_identity_is_for_demos(client: Client, settings) -> None:
    settings.DEMO = False
    sign_in(client, a_resident())
    assert client.get(reverse("residents:national")).status_code == 404


def test_roll_from_file_to_match(client: Client) -> None:
    town = a_town()
    officer = Client()
    sign_in(officer, an_official(town, "coordinating_officer"))
    text = "성명,생년월일,행정동\n홍길동,1970-01-02,독산제2동\n김,1980.1.1,독산2동\n이순신,80.1.1,독산2동\n"
    text += "홍길동,19700102,독산2동\n강감찬,1948-08-15,없는동\n"
    url = reverse("residents:desk_roll")
    file = SimpleUploadedFile("명부.csv", text.encode("cp949"), "text/csv")
    shown = officer.post(url, {"file": file, "as_of": "2021-04-01"}).content.decode()
    for words in ("CP949", "홍○동", "너무 짧습니다", "네 자리", "2번 줄", "없는 동입니다", "1줄 넣기"):
        assert words in shown, words
    assert "홍길동" not in shown
    row = RollImport.objects.get()
    assert "홍길동" not in str(row.lines)
    other = Client()
    sign_in(other, an_official(town, "coordinating_officer"))
    assert other.post(reverse("residents:desk_roll_confirm"), {"import": row.pk}).status_code == 403
    assert officer.post(reverse("residents:desk_roll_confirm"), {"import": row.pk}).status_code == 302
    assert officer.post(reverse("residents:desk_roll_confirm"), {"import": row.pk}).status_code == 403  # twice
    assert RollEntry.objects.count() == 1
    resident = a_resident(proof=Proof.CONTACT)
    sign_in(client, resident)
    match = reverse("residents:roll")
    data = {"name": "홍길동", "birth": "1970-01-02", "dong": town.dong("doksan2").pk}
    assert "찾지 못했어요" in client.post(match, {**data, "name": "홍길순"}).content.decode()
    assert "명부가 없어요" in client.post(match, {**data, "dong": town.dong("gasan").pk}).content.decode()
    assert client.post(match, data).status_code == 302
    assert actor_of(resident).proof is Proof.RESIDENCE
    sign_in(client, a_resident(proof=Proof.CONTACT))
    assert "이미 확인" in client.post(match, data).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "빈 파일"),
        (b"PK\x03\x04xx", "엑셀"),
        (b"\xff\x81\x00\xfe\xfa", "읽을 수 없습니다"),
        ("이름,생년월일\n홍길동,1970-01-01\n".encode("utf-8-sig"), "칸이 없습니다"),
        ("이름,생년월일,동\n홍길동,900101-1234567,독산2동\n".encode(), "주민등록번호"),
    ],
)
def test_bad_rolls_are_told_in_words(client: Client, data: bytes, words: str) -> None:
    sign_in(client, an_official(role="coordinating_officer"))
    answer = client.post(reverse("residents:desk_roll"), {"file": SimpleUploadedFile("a.csv", data), "as_of": "2021-04-01"})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not RollImport.objects.exists()


def test_counter_check(client: Client) -> None:
    town = a_town()
    resident = a_paper_resident(town, name="종이사람")
    sign_in(client, an_official(town, "dong_officer", dong="doksan2"))
    found = client.post(reverse("residents:desk_people"), {"q": "종이"}).content.decode()
    assert "종이사람" in found
    assert "없음(종이)" in found
    url = reverse("residents:desk_person", args=[resident.pk])
    assert client.get(url).status_code == 200
    data = {"do": "check", "level": "3", "document": "id_card", "name": "홍 길동", "birth": "1950-05-05"}
    missing = client.post(url, data)
    assert missing.status_code == 200
    assert "확인한 동" in missing.content.decode()
    assert client.post(url, {**data, "dong": town.dong("doksan2").pk}).status_code == 302
    proof = ResidentProof.objects.get(resident=resident)
    assert (proof.level, proof.method) == (3, "desk")
    twin = a_paper_resident(town)
    twin_url = reverse("residents:desk_person", args=[twin.pk])
    again = client.post(twin_url, {**data, "dong": town.dong("doksan2").pk})
    assert "한 사람은 한 번만" in again.content.decode()
    assert client.post(twin_url, {**data, "dong": town.dong("doksan2").pk, "is_namesake": "on"}).status_code == 302
    assert client.post(url, {"do": "revoke", "proof": proof.pk, "reason": "이사"}).status_code == 302
    proof.refresh_from_db()
    assert proof.revoked_at
    account = an_account("newcomer")
    assert client.post(url, {"do": "link", "who": "nobody"}).status_code == 200
    assert client.post(url, {"do": "link", "who": "newcomer"}).status_code == 302
    resident.refresh_from_db()
    assert resident.account == account


def test_entering_a_person(client: Client) -> None:
    town = a_town()
    sign_in(client, an_official(town, "dong_officer", dong="doksan2"))
    url = reverse("residents:desk_person_new")
    data = {"public_name": "전화주민", "home": town.dong("doksan2").pk}
    assert "동의서" in client.post(url, data).content.decode()
    assert client.post(url, {**data, "agreed": "on"}).status_code == 302
    assert Resident.objects.get(public_name="전화주민").account is None


def test_offices(client: Client) -> None:
    town = a_town()
    sign_in(client, an_official(town, "site_admin"))
    url = reverse("residents:desk_departments")
    data = {"name": "공원녹지과", "kind": "department", "place": town.pk, "from_on": "2021-01-01"}
    assert client.post(url, data).status_code == 302
    assert "이미 있습니다" in client.post(url, data).content.decode()
    row = a_department(town, "공원녹지과")
    one = reverse("residents:desk_department", args=[row.pk])
    assert client.post(one, {"do": "rename", "name": "푸른도시과", "from_on": "2021-04-01"}).status_code == 302
    assert client.post(one, {"do": "rename", "name": "다른과", "from_on": "2020-04-01"}).status_code == 200
    row.refresh_from_db()
    assert row.name == "푸른도시과"
    assert row.name_on(NOON.date().replace(month=2)) == "공원녹지과"
    post = {"do": "post", "title": "공원팀 담당", "role": "department_officer", "place": town.pk}
    assert client.post(one, post).status_code == 302
    account = an_account("gardener")
    appoint = {"do": "appoint", "post": row.posts.get().pk, "who": "gardener", "from_on": "2021-04-01"}
    assert client.post(one, {**appoint, "who": "nobody"}).status_code == 200
    assert client.post(one, appoint).status_code == 302
    assert actor_of(account).is_official
    assert "이미 이 자리를" in client.post(one, appoint).content.decode()
    holding = row.posts.get().holdings.get()
    assert client.post(one, {"do": "end", "holding": holding.pk, "to_on": "2021-04-07"}).status_code == 302
    assert not actor_of(account).is_official
    assert client.get(url + "?format=csv")["Content-Type"].startswith("text/csv")
    assert client.get(url + "?format=xlsx").status_code == 200


def test_desk_opens_extends_closes(client: Client) -> None:
    official = an_official(role="dong_officer", dong="doksan2", desk=False)
    sign_in(client, official)
    url = reverse("residents:open_desk")
    assert "두 번째 인증" in client.get(url).content.decode()
    other = client.post(url, {"reason": "other"})
    assert other.status_code == 200
    assert "무슨 일인지" in other.content.decode()
    assert client.post(url, {"reason": "intake", "detail": "종이 접수"}).status_code == 302
    assert "60분" in client.get(url).content.decode()
    assert client.post(reverse("residents:extend_desk")).status_code == 302
    assert client.post(reverse("residents:close_desk")).status_code == 302
    assert not DeskSession.objects.open(NOON).exists()
    assert client.post(reverse("residents:extend_desk")).status_code == 403
    sign_in(client, a_resident())
    assert client.get(url).status_code == 403


def test_second_factor_is_required_outside_demos(client: Client, settings) -> None:
    settings.DESK_NEEDS_SECOND_FACTOR = True
    sign_in(client, an_official(role="site_admin", desk=False))
    answer = client.post(reverse("residents:open_desk"), {"reason": "admin"})
    assert answer.status_code == 200
    assert "먼저 등록해야" in answer.content.decode()
    assert not DeskSession.objects.exists()


def test_consents_one_by_one(client: Client) -> None:
    resident = a_resident()
    sign_in(client, resident)
    url = reverse("residents:consents")
    assert client.post(url, {"purpose": "notice", "do": "give"}).status_code == 302
    assert Consent.objects.filter(resident=resident, purpose="notice", withdrawn_at=None).exists()
    assert client.post(url, {"purpose": "notice", "do": "withdraw"}).status_code == 302
    assert client.post(url, {"purpose": "service", "do": "withdraw"}).status_code == 403
    assert client.post(url, {"purpose": "nonsense", "do": "give"}).status_code == 403
    assert client.get(url).status_code == 200


def test_leaving(client: Client) -> None:
    resident = a_resident()
    sign_in(client, resident)
    url = reverse("residents:close")
    assert client.post(url, {}).status_code == 200
    assert not Resident.objects.get(pk=resident.pk).is_erased
    assert client.post(url, {"sure": "on"})["Location"] == reverse("residents:closed")
    assert Resident.objects.get(pk=resident.pk).is_erased
    assert client.get(reverse("residents:closed")).status_code == 200
    assert client.get(reverse("residents:profile")).status_code == 302


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_request_login_code", "account_reset_password_done"]
)
def test_sign_in_pages_speak_korean_in_our_frame(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert "masthead" in page
    assert "Sign" not in re.sub(r"<script.*?</script>|<meta[^>]*>", "", page, flags=re.S)
    for script in re.findall(r"<script(?![^>]*src=)[^>]*>", page):
        assert "application/json" in script
    assert "onclick" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout"]
)
def test_account_pages(client: Client, name: str) -> None:
    account = an_account(password="very-long-password-21")
    client.post(reverse("account_login"), {"login": account.username, "password": "very-long-password-21"})
    answer = client.get(reverse(name), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "masthead" in page
    assert "data:image" not in page
    for script in re.findall(r"<script(?![^>]*src=)[^>]*>", page):
        assert "application/json" in script


def test_signing_up_leads_to_joining(client: Client) -> None:
    data = {"email": "new@example.kr", "username": "newperson", "password1": "very-long-password-21"}
    answer = client.post(reverse("account_signup"), data)
    assert answer["Location"] == reverse("residents:join")


def test_query_counts(client: Client, query_counts) -> None:
    town = a_town()
    resident = a_resident(town)
    sign_in(client, resident)
    query_counts.page("residents:proof", lambda: client.get(reverse("residents:proof")))
    query_counts.page("residents:consents", lambda: client.get(reverse("residents:consents")))
    officer = Client()
    sign_in(officer, an_official(town, "site_admin"))
    for number in range(3):
        a_department(town, f"부서{number}")
    query_counts.page("residents:desk_departments", lambda: officer.get(reverse("residents:desk_departments")))
    query_counts.page("residents:desk_department", lambda: officer.get(reverse("residents:desk_department", args=[a_department(town).pk])))
    query_counts.page("residents:desk_letters", lambda: officer.get(reverse("residents:desk_letters")))
    query_counts.page("residents:desk_person", lambda: officer.get(reverse("residents:desk_person", args=[resident.pk])))


def test_unknown_people_are_not_found(client: Client) -> None:
    sign_in(client, an_official(role="dong_officer", dong="doksan2"))
    erased = a_paper_resident()
    actions.erase_resident(resident=erased, reason="시험", actor=SYSTEM, at=NOON)
    for pk in (erased.pk, 10**30, 999_999):
        assert client.get(f"/people/desk/people/{pk}/").status_code == 404
