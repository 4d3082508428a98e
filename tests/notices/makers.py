"""Notices for tests, made through the verbs, and channels that fail or die."""

import smtplib
from datetime import datetime
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from madang.ground.actor import SYSTEM
from madang.ground.models import Account, Place
from madang.ground.town import Town
from madang.notices.actions import notify, prefer
from madang.notices.failures import Failures
from madang.notices.models import Delivery, Notice, Preference
from tests import NOON
from tests.residents.makers import a_town, actor_of, an_account

KIND = "proposal.adopted"
HOST = "madang.example.kr"


def a_town_on_the_web() -> Town:
    """The town with an address of its own, which links in messages need."""
    Place.objects.filter(pk=a_town().pk).update(hosts=HOST)
    return a_town()


def told(
    *accounts: Account, kind: str = KIND, key: str = "matter", url: str = "/glossary/", at: datetime = NOON, town: Town | None = None,
    **facts: Any,
) -> int:  # fmt: skip
    """These accounts told of one matter; how many were newly told."""
    facts = {"title": "골목 그늘막", "implement_on": "2021. 12. 31.", **facts}
    return notify(
        kind=kind, account_ids=[a.pk for a in accounts], place_id=(town or a_town()).pk, facts=facts, url=url, key=key,
        actor=SYSTEM, at=at,
    )  # fmt: skip


def a_notice(account: Account | None = None, *, key: str = "matter", **over: Any) -> Notice:
    """One notice in somebody's inbox."""
    account = account or an_account()
    told(account, key=key, **over)
    return Notice.objects.get(key=f"{key}:{account.pk}")


def with_a_phone(account: Account, number: str = "010-0000-1234") -> Account:
    """The account with a number that was verified."""
    account.phone = number
    account.save(update_fields=["phone"])
    return account


def prefers(account: Account, mail: str = "now", text: str = "inbox", family: str = "proposals") -> Preference:
    """How this account wants to hear of a family of matters from now on."""
    a_town()
    return prefer(family=family, mail=mail, text=text, actor=actor_of(account), at=NOON)


def states() -> list[tuple[str, str]]:
    """(channel, state) of every delivery, in order."""
    return list(Delivery.objects.order_by("pk").values_list("channel", "state"))


class BrokenMail(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected("연결이 끊겼습니다")


class DyingTexts:
    """A carrier beside which the whole program is killed: at its `dies_at`-th message, that one already handed over."""

    sent: list[str] = []
    dies_at = 0

    def send(self, number: str, text: str) -> None:
        self.sent.append(number)
        if len(self.sent) == self.dies_at:
            raise SystemExit("killed")


def not_sent(*accounts: Account, problem: str = "unreachable", channel: str = "mail", key: str = "matter", **over: Any) -> Notice:
    """These accounts told of one matter, and every message of one channel given up for a reason. The first of their notices."""
    told(*accounts, key=key, **over)
    rows = Delivery.objects.filter(notice__key__in=[f"{key}:{a.pk}" for a in accounts], channel=channel)
    rows.update(state="failed", tries=5, problem=problem)
    return Notice.objects.filter(key__startswith=f"{key}:").order_by("pk")[0]


def failures(problem: str = "unreachable", channel: str = "mail", town: Town | None = None, **over: Any) -> Failures:
    """A group of failures of the whole town."""
    town = town or a_town()
    return Failures(town.pk, [town.pk, *(d.pk for d in town.dongs)], channel, problem, **over)
