"""A six-digit code by mail or text message, and an eight-letter code in a letter to an address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from madang.ground import limits
from madang.ground.actor import Actor, Proof
from madang.notices import texting
from madang.residents import actions
from madang.residents.hashes import contact_key, letter_key
from madang.residents.models import Resident, VerificationCode
from madang.residents.verifiers import Finding, Verifier, register

HOUR = 3600
SENT_PER_HOUR = 5  # to one contact, and by one resident
TRIES_PER_HOUR = 20


def send_code(*, resident: Resident, kind: str, contact: str, actor: Actor, at: datetime) -> VerificationCode:
    """Makes a code and hands it to mail or the text-message port. Raises Refused (too_often, contact_known), OSError of the mail server."""
    limits.hit(f"code-by:{resident.pk}", limit=SENT_PER_HOUR, seconds=HOUR, at=at).or_raise()
    limits.hit(f"code-to:{contact_key(kind, contact)[:32]}", limit=SENT_PER_HOUR, seconds=HOUR, at=at).or_raise()
    row, code = actions.make_code(resident=resident, kind=kind, contact=contact, actor=actor, at=at)
    words = say("[마당] 인증번호는 %(code)s입니다. %(minutes)s분 안에 적어 주세요. 달라고 한 적이 없으면 지나쳐도 됩니다.") % {
        "code": code,
        "minutes": int(actions.CONTACT_LIVES.total_seconds() // 60),
    }
    if kind == VerificationCode.Kind.MAIL:
        send_mail(say("[마당] 인증번호 %(code)s") % {"code": code}, words, settings.DEFAULT_FROM_EMAIL, [contact])
    else:
        texting.backend().send(contact, words)
    return row


class ContactCode(Verifier):
    slug = "contact"
    level = Proof.CONTACT
    label = _("전자우편이나 문자로")
    how = _("여섯 자리 번호를 보내 드려요. 그 번호를 적으면 돼요. 1분이면 됩니다.")
    url_name = "residents:contact"
    act = _("번호 받기")
    kinds: tuple[str, ...] = (VerificationCode.Kind.MAIL, VerificationCode.Kind.TEXT)

    def find(self, resident: Resident, answer: Mapping[str, Any], *, at: datetime) -> Finding:
        limits.hit(f"code-try:{resident.pk}", limit=TRIES_PER_HOUR, seconds=HOUR, at=at).or_raise()
        return self.found(actions.try_code(resident=resident, kinds=self.kinds, typed=str(answer.get("code", "")), at=at))

    def found(self, code: VerificationCode) -> Finding:
        return Finding(Proof.CONTACT, "code", key_hash=contact_key(code.kind, code.contact), spent=code)


class LetterCode(ContactCode):
    slug = "letter"
    level = Proof.RESIDENCE
    label = _("우편으로")
    how = _("사는 집으로 번호가 적힌 편지를 보내 드려요. 사나흘 걸려요. 받으면 번호를 적어 주세요.")
    url_name = "residents:letter"
    act = _("편지 신청하기")
    kinds = (VerificationCode.Kind.LETTER,)

    def found(self, code: VerificationCode) -> Finding:
        name, _newline, address = code.contact.partition("\n")
        return Finding(Proof.RESIDENCE, "letter", dong=code.dong, key_hash=letter_key(name, address), spent=code)


register(ContactCode())
register(LetterCode())
