"""Telling people: one notice per person and matter, one delivery per channel, nothing twice."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Account
from madang.ground.town import town_of
from madang.notices.kinds import FAMILIES, message_of
from madang.notices.models import Delivery, Notice, Preference
from madang.notices.sentences import said
from madang.notices.texting import backend

MOST_TRIES = 5


@transaction.atomic
def notify(
    *,
    kind: str,
    account_ids: Iterable[int],
    place_id: int,
    facts: Mapping[str, Any],
    url: str,
    key: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Tells each account once per `key`; a second call with the same key tells nobody again. Returns how many were newly told.

    Facts must be plain values (text, numbers): they are stored and put into the sentence when it is read."""
    words = message_of(kind)
    wanted = sorted(set(account_ids))
    told = set(Notice.objects.filter(key__in=[f"{key}:{pk}" for pk in wanted]).values_list("account_id", flat=True))
    people = [a for a in Account.objects.filter(pk__in=wanted, is_erased=False, is_active=True) if a.pk not in told]
    if not people:
        return 0
    rows = [Notice(account=a, place_id=place_id, kind=kind, facts=dict(facts), url=url, at=at, key=f"{key}:{a.pk}") for a in people]
    made = Notice.objects.bulk_create(rows)
    chosen = {p.account_id: p for p in Preference.objects.filter(account__in=people, family=words.family)}
    Delivery.objects.bulk_create([d for n in made for d in _deliveries(n, chosen.get(n.account_id or 0), words.is_service)])
    record("notice.sent", actor=actor, at=at, place=place_id, subject=None, facts={"count": len(people), "kind": kind, "key": key})
    return len(people)


def _deliveries(notice: Notice, chosen: Preference | None, is_service: bool) -> list[Delivery]:
    account = notice.account
    if account is None:
        return []
    rows = []
    for channel, address, default in (
        (Delivery.Channel.MAIL, account.email, Preference.How.NOW),
        (Delivery.Channel.TEXT, account.phone, Preference.How.INBOX),
    ):
        how = getattr(chosen, channel) if chosen else default
        if is_service and how == Preference.How.INBOX and channel == Delivery.Channel.MAIL:
            how = Preference.How.NOW
        if address and how != Preference.How.INBOX:
            state = Delivery.State.DIGEST if how == Preference.How.DIGEST else Delivery.State.WAITING
            rows.append(Delivery(notice=notice, channel=channel, address=address, state=state))
    return rows


@transaction.atomic
def read_all(*, actor: Actor, at: datetime) -> int:
    """The person has seen all their notices."""
    count = Notice.objects.of_account(actor.account_id).unread().update(read_at=at)
    record("notice.read", actor=actor, at=at, facts={"count": count})
    return count


@transaction.atomic
def read_one(*, notice: Notice, actor: Actor, at: datetime) -> None:
    """The person opened one notice."""
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk).update(read_at=at)
        record("notice.read", actor=actor, at=at, facts={"count": 1})


@transaction.atomic
def prefer(*, family: str, mail: str, text: str, actor: Actor, at: datetime) -> Preference:
    """How the person wants to hear of one family of matters. Raises KeyError for an unknown family."""
    FAMILIES[family]
    row, _made = Preference.objects.update_or_create(account_id=actor.account_id or 0, family=family, defaults={"mail": mail, "text": text})
    record("notice.preferred", actor=actor, at=at, facts={"family": family, "mail": mail, "text": text})
    return row


@transaction.atomic
def deliver(*, actor: Actor, at: datetime, most: int = 200) -> tuple[int, int]:
    """Sends what waits, one message each. Returns (sent, failed). A failed one is tried again by later calls, MOST_TRIES in all."""
    waiting = _mine_alone(Delivery.objects.filter(state=Delivery.State.WAITING, tries__lt=MOST_TRIES))
    return _send([[d] for d in waiting[:most]], actor=actor, at=at)


@transaction.atomic
def deliver_digests(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Once a day: what people wanted gathered, one message per person and channel."""
    groups: dict[tuple[int | None, str], list[Delivery]] = {}
    for d in _mine_alone(Delivery.objects.filter(state=Delivery.State.DIGEST)):
        groups.setdefault((d.notice.account_id, d.channel), []).append(d)
    return _send(list(groups.values()), actor=actor, at=at)


def _mine_alone(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """In order, and so that a sender still at work on some of them is not joined by a second (SQLite lets only one write at all)."""
    rows = rows.select_related("notice__account").order_by("pk")
    return rows.select_for_update(skip_locked=True, of=("self",)) if connection.features.has_select_for_update_skip_locked else rows


def _send(groups: list[list[Delivery]], *, actor: Actor, at: datetime) -> tuple[int, int]:
    sent = failed = 0
    for group in groups:
        try:
            _send_one(group)
        except Exception as problem:  # a mail server may fail in any way; the delivery keeps the reason and is tried again
            for d in group:
                d.tries += 1
                d.problem = str(problem)[:200]
                d.state = Delivery.State.FAILED if d.tries >= MOST_TRIES else d.state
            failed += len(group)
        else:
            for d in group:
                d.state, d.sent_at, d.tries = Delivery.State.SENT, at, d.tries + 1
            sent += len(group)
        Delivery.objects.bulk_update(group, ["state", "sent_at", "tries", "problem"])
    if sent or failed:
        record("notice.delivered", actor=actor, at=at, facts={"sent": sent, "failed": failed})
    return sent, failed


def _send_one(group: list[Delivery]) -> None:
    first = group[0]
    reader = first.notice.account
    with override(reader.language if reader else settings.LANGUAGE_CODE):
        town = town_of(first.notice.place_id)
        chosen = town.settings(today(first.notice.at))
        site = chosen.site_name_en if get_language() == "en" else chosen.site_name
        host = town.place.hosts.split(",")[0].strip() or settings.ALLOWED_HOSTS[0]
        base = f"{'https' if settings.HTTPS else 'http'}://{host}"
        lines = [
            {"title": said(d.notice).title, "body": said(d.notice).body, "url": base + d.notice.url if d.notice.url else ""} for d in group
        ]
        if first.channel == Delivery.Channel.TEXT:
            more = _(" 밖 %(n)s건") % {"n": len(group) - 1} if len(group) > 1 else ""
            backend().send(first.address, f"[{site}] {lines[0]['title']}{more} {lines[0]['url']}".strip())
            return
        subject = lines[0]["title"] if len(lines) == 1 else _("새 소식 %(n)s건") % {"n": len(lines)}
        body = render_to_string("notices/mail.txt", {"lines": lines, "site": site, "base": base})
        EmailMessage(f"[{site}] {subject}".replace("\n", " "), body, settings.DEFAULT_FROM_EMAIL, [first.address]).send()
