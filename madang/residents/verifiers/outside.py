"""Proof that somebody else vouches for: a sign-in provider's verified claims, and a national identity provider.

A real identity service (PASS, 간편인증) is reached by contract and its own agent; it answers with a linkage value that is the same for
the same person. Only a keyed hash of it is kept. The mock stands in for it in a demo and is never offered elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from madang.ground import limits
from madang.ground.actor import Proof
from madang.ground.town import Town
from madang.ground.verdict import Refused, no
from madang.methods.text import whole_number
from madang.residents.hashes import contact_key, keyed, linkage_key
from madang.residents.models import Resident
from madang.residents.verifiers import Finding, Verifier, register

DAY = 86_400


@dataclass(frozen=True)
class Claims:
    """What a provider says it verified itself; empty where it says nothing."""

    mail: str = ""
    phone: str = ""
    linkage: str = ""
    birth_year: int | None = None


def claims_of(account: SocialAccount) -> Claims:
    """The verified claims of a connected account. What the provider only repeats from the person counts for nothing.

    Kakao: kakao_account.is_email_verified and is_email_valid; phone numbers there are verified. Naver: the mobile number is verified, the
    mail address is not. OpenID Connect Core 1.0 §5.1: email_verified, phone_number_verified; the claim that tells one person from all
    others differs by provider and is named by the setting RESIDENTS_LINKAGE_CLAIM."""
    data = account.extra_data or {}
    if account.provider == "kakao":
        own = data.get("kakao_account") or {}
        mail = own.get("email", "") if own.get("is_email_verified") and own.get("is_email_valid") else ""
        return Claims(mail, own.get("phone_number", "") or "", own.get("ci", "") or "", _year(own.get("birthyear")))
    if account.provider == "naver":
        return Claims("", data.get("mobile", "") or "", data.get("ci", "") or "", _year(data.get("birthyear")))
    said = {**(data.get("userinfo") or {}), **(data.get("id_token") or {})} or data
    name = getattr(settings, "RESIDENTS_LINKAGE_CLAIM", "")
    return Claims(
        said.get("email", "") if said.get("email_verified") is True else "",
        said.get("phone_number", "") if said.get("phone_number_verified") is True else "",
        str(said.get(name, "") or "") if name else "",
        _year(str(said.get("birthdate", ""))[:4]),
    )


def _year(value: Any) -> int | None:
    year = whole_number(str(value or ""), digits=4)
    return year if year and 1900 <= year <= 2100 else None


class Provider(Verifier):
    """answer: account_id (the SocialAccount's key)."""

    slug = "provider"
    level = Proof.CONTACT
    label = _("연결한 간편 로그인으로")
    how = _("카카오나 네이버처럼 이미 연결한 서비스가 확인해 준 것을 써요.")
    url_name = "residents:provider"
    act = _("연결한 것 보기")

    def is_ready(self, town: Town) -> bool:
        return bool(settings.SOCIALACCOUNT_PROVIDERS)

    def find(self, resident: Resident, answer: Mapping[str, Any], *, at: datetime) -> Finding:
        account = SocialAccount.objects.filter(user_id=resident.account_id, pk=answer.get("account_id")).first()
        claims = claims_of(account) if account and resident.account_id else Claims()
        if claims.linkage:
            return Finding(Proof.PERSON, "provider", key_hash=keyed("national", claims.linkage), birth_year=claims.birth_year)
        if claims.phone:
            return Finding(Proof.CONTACT, "provider", key_hash=contact_key("text", claims.phone))
        if claims.mail:
            return Finding(Proof.CONTACT, "provider", key_hash=contact_key("mail", claims.mail))
        raise Refused(no("provider_unproven"))


class NationalMock(Verifier):
    """answer: name, birth. Stands for the page of an identity service; the name goes nowhere."""

    slug = "national"
    level = Proof.PERSON
    label = _("본인확인 서비스로 (시범)")
    how = _("진짜 서비스 대신 쓰는 시범 화면이에요. 이름과 생년월일을 적으면 한 사람인지 확인한 셈 쳐요.")
    url_name = "residents:national"
    act = _("시범 화면 열기")
    is_demo = True

    def is_ready(self, town: Town) -> bool:
        return settings.DEMO

    def find(self, resident: Resident, answer: Mapping[str, Any], *, at: datetime) -> Finding:
        limits.hit(f"national:{resident.pk}", limit=10, seconds=DAY, at=at).or_raise()
        birth = answer["birth"]
        return Finding(Proof.PERSON, "national", key_hash=linkage_key(answer["name"], birth), birth_year=birth.year)


register(Provider())
register(NationalMock())
