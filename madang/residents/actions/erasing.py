"""Forgetting a person: what this floor and those below hold goes, what others hold goes through the register, the deeds stay nameless.

Law: 개인정보 보호법 §21 (destruction without delay when no longer needed), §36 (right to erasure). What other laws order to keep stays."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from madang.ground.actor import Actor
from madang.ground.audit import erase_personal, record, thing
from madang.ground.models import Account, AuditEntry, StoredFile
from madang.ground.models.audit import AuditEntryQuerySet
from madang.notices.models import Notice, Preference
from madang.residents import rules
from madang.residents.erasure import erasers
from madang.residents.models import Consent, Membership, PostHolding, Resident, ResidentProof, RollEntry, VerificationCode

NAMELESS = "탈퇴한 주민"


@dataclass(frozen=True)
class Erasure:
    """The proof of an erasure: how many rows of each kind were removed or made nameless, and how many stay without a name."""

    resident_id: int
    removed: dict[str, int] = field(default_factory=dict)
    remained: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def erase_resident(*, resident: Resident, reason: str, actor: Actor, at: datetime) -> Erasure:
    """Removes a person's data for good and says what went and what remained. Raises Refused: already_erased, or the rule's own.

    An account that holds or held a post stays as an official's: who acted for the town is a public record."""
    rules.may_erase(actor, resident, at=at).or_raise()
    removed: Counter[str] = Counter()
    remained: Counter[str] = Counter()
    for fn in erasers():
        for key, count in fn(resident, at).items():
            (remained if key.startswith("kept.") else removed)[key.removeprefix("kept.")] += count
    account = resident.account
    removed.update(_forget_person(resident))
    remained["memberships"] = Membership.objects.filter(resident=resident).count()
    is_official = bool(account) and PostHolding.objects.filter(account=account).exists()
    if account and not is_official:
        removed.update(_forget_account(account))
    elif account:
        remained["official_account"] = 1
    removed["audit_facts"] = erase_personal(_entries_about(resident, None if is_official else account))
    remained["audit_entries"] = _entries_about(resident, account).count()
    kept = {k: v for k, v in sorted(removed.items()) if v}
    by_self = actor.resident_id == resident.pk
    record(
        "resident.closed" if by_self else "resident.erased", actor=actor, at=at, subject=resident, place=resident.place_id,
        facts={"removed": kept, "reason": reason} if not by_self else {"removed": kept},
    )  # fmt: skip
    return Erasure(resident.pk, kept, {k: v for k, v in sorted(remained.items()) if v})


def _forget_person(resident: Resident) -> dict[str, int]:
    removed = {
        "proofs": ResidentProof.objects.filter(resident=resident).delete()[0],
        "codes": VerificationCode.objects.filter(resident=resident).delete()[0],
        "consents": Consent.objects.filter(resident=resident).delete()[0],
        "roll_lines": RollEntry.objects.filter(used_by=resident).update(used_by=None),
        "residents": 1,
    }
    resident.public_name, resident.home, resident.birth_year, resident.account, resident.is_erased = NAMELESS, None, None, None, True
    resident.save(update_fields=["public_name", "home", "birth_year", "account", "is_erased"])
    return removed


def _forget_account(account: Account) -> dict[str, int]:
    """Notices and sessions belong to floors below and know no erasing of their own."""
    removed = {
        "mail_addresses": EmailAddress.objects.filter(user=account).delete()[0],
        "providers": SocialAccount.objects.filter(user=account).delete()[0],
        "authenticators": Authenticator.objects.filter(user=account).delete()[0],
        "notices": Notice.objects.filter(account=account).delete()[0],
        "preferences": Preference.objects.filter(account=account).delete()[0],
        "files_unnamed": StoredFile.objects.filter(uploaded_by=account).update(uploaded_by=None),
        "sessions": _end_sessions(account),
        "accounts": 1,
    }
    account.username, account.email, account.phone = f"erased-{account.pk}", "", ""
    account.is_active, account.is_erased, account.last_login = False, True, None
    account.set_unusable_password()
    account.save()
    return removed


def _end_sessions(account: Account) -> int:
    ended = [s.pk for s in Session.objects.iterator() if s.get_decoded().get("_auth_user_id") == str(account.pk)]
    return Session.objects.filter(pk__in=ended).delete()[0]


def _entries_about(resident: Resident, account: Account | None) -> AuditEntryQuerySet:
    about = Q(resident_id=resident.pk) | Q(on_behalf_of_id=resident.pk) | Q(subject=thing(resident))
    if account is not None:
        about |= Q(account_id=account.pk)
    return AuditEntry.objects.filter(about)
