"""What providers' claims are worth, and how lists are read."""

from datetime import date

import pytest
from allauth.socialaccount.models import SocialAccount
from hypothesis import given
from hypothesis import strategies as st

from madang.ground.actor import Proof
from madang.ground.models import Place
from madang.ground.verdict import Refused
from madang.methods.tables import TableError
from madang.residents.roll_reading import Reading, covered, error_sentence, read_birth, read_roll
from madang.residents.verifiers import register, settle, verifier, verifiers
from madang.residents.verifiers.outside import claims_of
from tests import NOON
from tests.residents.makers import a_resident, a_town, actor_of

DONGS = [Place(pk=3, name="독산2동", code="1154562000"), Place(pk=4, name="가산동", code="1154551000")]


def test_claims_count_only_when_the_provider_verified_them(settings) -> None:
    kakao = {"kakao_account": {"email": "a@b.kr", "is_email_valid": True, "is_email_verified": False, "birthyear": "1980"}}
    assert claims_of(SocialAccount(provider="kakao", extra_data=kakao)).mail == ""
    kakao["kakao_account"]["is_email_verified"] = True
    assert claims_of(SocialAccount(provider="kakao", extra_data=kakao)).mail == "a@b.kr"
    assert claims_of(SocialAccount(provider="naver", extra_data={"email": "a@b.kr", "mobile": "010-1234-5678"})).phone == "010-1234-5678"
    oidc = {"userinfo": {"email": "a@b.kr", "email_verified": "true", "sub_person": "x", "birthdate": "1990-01-01"}}
    claims = claims_of(SocialAccount(provider="oidc", extra_data=oidc))
    assert (claims.mail, claims.linkage, claims.birth_year) == ("", "", 1990)
    settings.RESIDENTS_LINKAGE_CLAIM = "sub_person"
    assert claims_of(SocialAccount(provider="oidc", extra_data=oidc)).linkage == "x"


@pytest.mark.django_db
def test_a_provider_proves_what_it_says(settings) -> None:
    town, resident = a_town(), a_resident(proof=Proof.VISITOR)
    common = {"slug": "provider", "resident": resident, "actor": actor_of(resident), "at": NOON, "town": town}
    account = SocialAccount.objects.create(user=resident.account, provider="naver", uid="1", extra_data={"mobile": "01012345678"})
    with pytest.raises(Refused, match="쓸 수 없"):
        settle(answer={"account_id": account.pk}, **common)
    settings.SOCIALACCOUNT_PROVIDERS = {"naver": {}}
    assert settle(answer={"account_id": account.pk}, **common).level == Proof.CONTACT
    stranger = a_resident()
    with pytest.raises(Refused, match="확인해 준 것이 없"):
        settle(answer={"account_id": account.pk}, **{**common, "resident": stranger, "actor": actor_of(stranger)})
    account.extra_data = {"mobile": "01012345678", "ci": "linkage"}
    account.save()
    proof = settle(answer={"account_id": account.pk}, **common)
    assert proof.level == Proof.PERSON
    assert "linkage" not in proof.key_hash


def test_every_verifier_speaks() -> None:
    assert {v.slug for v in verifiers()} >= {"contact", "letter", "desk", "roll", "provider", "national"}
    for one in verifiers():
        assert str(one.label)
        assert str(one.how)
    with pytest.raises(ValueError):
        register(verifier("desk"))


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1970-01-02", date(1970, 1, 2)), ("1970.1.2.", date(1970, 1, 2)), ("19700102", date(1970, 1, 2)),
        ("1970년 1월 2일", date(1970, 1, 2)), ("70.1.2", "short_year"), ("700102", "short_year"), ("1970-13-02", "bad_birth"),
        ("", "no_birth"), ("어제", "bad_birth"), ("1970-02-30", "bad_birth"),
    ],
)  # fmt: skip
def test_birth_dates_as_offices_write_them(text: str, birth: object) -> None:
    assert read_birth(text) == birth


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    answer = read_roll(data, dongs=DONGS, on=date(2021, 4, 1))
    assert isinstance(answer, Reading) or error_sentence(answer)


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["독산2동", "독산제2동", "가산동", "x", ""])), max_size=8
    )
)
def test_each_line_is_taken_or_told(rows: list[tuple[str, str, str]]) -> None:
    def cell(value: str) -> str:
        return '"' + value.replace('"', '""').replace("\x00", "") + '"'

    text = "이름,생년월일,동\n" + "\n".join(",".join(cell(c) for c in row) for row in rows)
    answer = read_roll(text.encode("utf-8", "ignore"), dongs=DONGS, on=date(2021, 4, 1))
    if isinstance(answer, TableError):
        assert error_sentence(answer)
    else:
        assert len(answer.lines) + len(answer.bad) <= len(rows)
        assert all(line.problem for line in answer.bad)


def test_names_are_covered() -> None:
    assert [covered(n) for n in ("홍길동", "김수", "남궁민수", "X", "")] == ["홍○동", "김○", "남○○수", "X", ""]
