"""Telling people: one notice per person and matter, one delivery per channel, nothing twice."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Account
from madang.ground.town import town_of
from madang.ground.verdict import Refused, no
from madang.notices.failures import Failures
from madang.notices.kinds import FAMILIES, message_of
from madang.notices.models import Delivery, Notice, Preference
from madang.notices.problems import INTERRUPTED, problem_of
from madang.notices.rules import may_retry
from madang.notices.sentences import said
from madang.notices.texting import backend

MOST_TRIES = 5
LOST_AFTER = timedelta(hours=1)
MOST_ROUNDS = 5
log = logging.getLogger(__name__)


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
    made = _told_now(wanted, Notice(place_id=place_id, kind=kind, facts=dict(facts), url=url, at=at, key=key))
    if not made:
        return 0
    people = [n.account_id for n in made if n.account_id]
    chosen = {p.account_id: p for p in Preference.objects.filter(account_id__in=people, family=words.family)}
    Delivery.objects.bulk_create([d for n in made for d in _deliveries(n, chosen.get(n.account_id or 0), words.is_service)])
    record("notice.sent", actor=actor, at=at, place=place_id, subject=None, facts={"count": len(people), "kind": kind, "key": key})
    return len(people)


def _told_now(wanted: list[int], like: Notice) -> list[Notice]:
    """A notice for everybody who has not heard of it. Two verbs may tell of one matter at the same moment: the key then stops the
    second inside its savepoint, and it tells whoever is left."""
    for left in reversed(range(MOST_ROUNDS)):
        told = Notice.objects.filter(key__in=[f"{like.key}:{pk}" for pk in wanted]).values_list("account_id", flat=True)
        people = Account.objects.filter(pk__in=set(wanted) - set(told), is_erased=False, is_active=True).order_by("pk")
        rows = [
            Notice(account=a, place_id=like.place_id, kind=like.kind, facts=like.facts, url=like.url, at=like.at, key=f"{like.key}:{a.pk}")
            for a in people
        ]
        try:
            with transaction.atomic():
                return Notice.objects.bulk_create(rows)
        except IntegrityError:
            if not left:
                raise
    return []


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
    """The person opened one of their own notices; the first time counts."""
    if Notice.objects.of_account(actor.account_id).unread().filter(pk=notice.pk).update(read_at=at):
        record("notice.read", actor=actor, at=at, facts={"count": 1})


@transaction.atomic
def prefer(*, family: str, mail: str, text: str, actor: Actor, at: datetime) -> Preference:
    """How the person wants to hear of one family of matters. Raises KeyError for an unknown family, ValueError for an unknown way."""
    FAMILIES[family]
    ways = {"mail": Preference.How(mail), "text": Preference.How(text)}
    row, _made = Preference.objects.update_or_create(account_id=actor.account_id or 0, family=family, defaults=ways)
    record("notice.preferred", actor=actor, at=at, facts={"family": family, "mail": mail, "text": text})
    return row


@transaction.atomic
def retry(*, failures: Failures, knowingly: bool = False, actor: Actor, at: datetime) -> int:
    """Puts a group of messages that did not go out back among those that wait, to the address each person has now. Returns how many.

    Left as they are: people without an address there, and those who have turned such messages off since. One that was interrupted half
    way may have gone out: it is sent again only `knowingly`. Raises Refused, also when nothing is left to send again."""
    may_retry(actor, failures.town_id, at=at).or_raise()
    if failures.problem == INTERRUPTED and not knowingly:
        raise Refused(no("retry_may_repeat"))
    # Locked first: of two who press at once the second finds nothing.
    wanted = failures.rows().still_wanted(failures.channel).select_for_update(of=("self",)).order_by("pk")
    address = "email" if failures.channel == Delivery.Channel.MAIL else "phone"
    now = dict(wanted.values_list("pk", f"notice__account__{address}"))
    count = Delivery.objects.filter(pk__in=now).failed().update(state=Delivery.State.WAITING, tries=0, problem="")
    moved = [d for d in Delivery.objects.filter(pk__in=now).only("address") if d.address != now[d.pk]]
    for d in moved:
        d.address = now[d.pk]
    Delivery.objects.bulk_update(moved, ["address"], batch_size=500)
    if not count:
        raise Refused(no("nothing_to_retry"))
    facts = {"count": count, "channel": failures.channel, "problem": failures.problem}
    record("notice.retried", actor=actor, at=at, place=failures.town_id, subject=failures.told_with, facts=facts)
    return count


@transaction.atomic
def deliver(*, actor: Actor, at: datetime, most: int = 200) -> int:
    """Sends what waits, one message each, once this transaction is over. Returns how many are taken up.

    A failed one is tried again by later calls, MOST_TRIES in all."""
    _give_up_lost(at)
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, tries__lt=MOST_TRIES)
    return _send_later([[d] for d in _with_people(waiting)[:most]], actor=actor, at=at)


@transaction.atomic
def deliver_digests(*, actor: Actor, at: datetime) -> int:
    """Once a day: what people wanted gathered, one message per person and channel, once this transaction is over. Returns how many."""
    groups: dict[tuple[int | None, str], list[Delivery]] = {}
    for d in _with_people(Delivery.objects.filter(state=Delivery.State.DIGEST)):
        groups.setdefault((d.notice.account_id, d.channel), []).append(d)
    return _send_later(list(groups.values()), actor=actor, at=at)


def _with_people(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related("notice__account").order_by("pk")


def _send_later(groups: list[list[Delivery]], *, actor: Actor, at: datetime) -> int:
    """After the commit: no transaction stays open while a mail server thinks, and what was sent stays marked whatever happens next."""
    if groups:
        transaction.on_commit(lambda: _send(groups, actor=actor, at=at))
    return len(groups)


def _send(groups: list[list[Delivery]], *, actor: Actor, at: datetime) -> None:
    sent = failed = 0
    for group in groups:
        mine = _taken(group, at)
        if not mine:
            continue
        try:
            _send_one(mine)
        except Exception as problem:  # a mail server may fail in any way; the delivery keeps the reason and is tried again
            for d in mine:
                was = Delivery.State.FAILED if d.tries >= MOST_TRIES else d.state
                _put_down(d, state=was, sent_at=None, problem=problem_of(problem))
            # No more than this: what a server says may carry the person's address.
            log.warning("delivery %s by %s: %s %s", mine[0].pk, mine[0].channel, type(problem).__name__, getattr(problem, "smtp_code", ""))
            failed += len(mine)
        else:
            for d in mine:
                _put_down(d, state=Delivery.State.SENT, problem="")
            sent += len(mine)
    if sent or failed:
        record("notice.delivered", actor=actor, at=at, facts={"sent": sent, "failed": failed})


def _taken(group: list[Delivery], at: datetime) -> list[Delivery]:
    """Those of a group that nobody else has taken up. Marked before they are sent: a sender that dies half way never sends one twice,
    and the notice itself stands in the person's inbox anyhow."""
    mine = []
    with transaction.atomic():
        for d in group:
            free = Delivery.objects.filter(pk=d.pk, state=d.state)
            if free.update(state=Delivery.State.SENDING, sent_at=at, tries=d.tries + 1):
                d.tries += 1
                mine.append(d)
    return mine


def _put_down(d: Delivery, **how: Any) -> None:
    Delivery.objects.filter(pk=d.pk, state=Delivery.State.SENDING).update(**how)


def _give_up_lost(at: datetime) -> None:
    """What a sender took up and never put down: nobody knows whether it went out, so it is not sent again."""
    lost = Delivery.objects.filter(state=Delivery.State.SENDING, sent_at__lt=at - LOST_AFTER)
    lost.update(state=Delivery.State.FAILED, sent_at=None, problem=INTERRUPTED)


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
        EmailMessage(" ".join(f"[{site}] {subject}".split()), body, settings.DEFAULT_FROM_EMAIL, [first.address]).send()
