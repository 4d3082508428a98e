"""People, posts and a town for tests. Everything but the places themselves is made through the verbs."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count

from django.test import Client

from madang.ground.actor import SYSTEM, Actor, Proof
from madang.ground.models import Account, Place
from madang.ground.town import Town, change_settings, forget_towns, town_of
from madang.residents import actions
from madang.residents.actors import actor_for
from madang.residents.models import Department, DeskSession, Organisation, Post, Resident
from tests import NOON

SINCE = date(2020, 1, 1)
DONGS = (
    ("1154551000", "gasan", "가산동", "Gasan-dong"),
    ("1154561000", "doksan1", "독산1동", "Doksan 1-dong"),
    ("1154562000", "doksan2", "독산2동", "Doksan 2-dong"),
    ("1154563000", "doksan3", "독산3동", "Doksan 3-dong"),
    ("1154564000", "doksan4", "독산4동", "Doksan 4-dong"),
    ("1154567000", "siheung1", "시흥1동", "Siheung 1-dong"),
    ("1154568000", "siheung2", "시흥2동", "Siheung 2-dong"),
    ("1154569000", "siheung3", "시흥3동", "Siheung 3-dong"),
    ("1154570000", "siheung4", "시흥4동", "Siheung 4-dong"),
    ("1154571000", "siheung5", "시흥5동", "Siheung 5-dong"),
)
_numbers = count(1)


def a_town(**settings: object) -> Town:
    """금천구 with its ten dong and settings in force since 2020; the same one when asked twice. `settings` override TownSettings fields."""
    forget_towns()
    seoul, _ = Place.objects.get_or_create(
        code="1100000000", defaults={"level": "metropolitan", "slug": "seoul", "name": "서울특별시", "name_en": "Seoul"}
    )
    town, made = Place.objects.get_or_create(
        code="1154500000",
        defaults={"parent": seoul, "level": "district", "slug": "geumcheon", "name": "금천구", "name_en": "Geumcheon-gu"},
    )
    if made:
        for order, (code, slug, name, name_en) in enumerate(DONGS, 1):
            Place.objects.create(parent=town, level="dong", code=code, slug=slug, name=name, name_en=name_en, order=order)
        data = {"organ": "금천구청", "organ_en": "Geumcheon-gu Office", "phone": "02-2627-0000", "department": "마을자치과"}
        change_settings(place=town, from_on=SINCE, data=data, reason="처음", actor=SYSTEM, at=NOON)
    if settings:
        change_settings(place=town, from_on=SINCE, data=settings, reason="시험", actor=SYSTEM, at=NOON)
    forget_towns()
    return town_of(town.pk)


def an_account(username: str | None = None, *, email: str | None = None, password: str = "madang-2021-test", **over: object) -> Account:
    """A sign-in without anything else."""
    username = username or f"account{next(_numbers)}"
    return Account.objects.create_user(username, email if email is not None else f"{username}@example.kr", password, **over)


def a_resident(
    town: Town | None = None,
    dong: str | None = "doksan2",
    proof: Proof = Proof.RESIDENCE,
    name: str | None = None,
    *,
    birth_year: int | None = 1980,
    account: Account | None = None,
    at: datetime = NOON,
) -> Resident:
    """A resident with an account, living in a dong, proved up to a level."""
    town = town or a_town()
    account = account or an_account()
    home = town.dong(dong) if dong else None
    resident = actions.join(
        account=account, town=town.place, public_name=name or f"주민{account.pk}", home=home, birth_year=birth_year,
        actor=Actor(account_id=account.pk, town_id=town.pk), at=at,
    )  # fmt: skip
    if proof > Proof.VISITOR:
        actions.prove(
            resident=resident, level=proof, method="code" if proof == Proof.CONTACT else "desk",
            dong=home if proof == Proof.RESIDENCE else None, actor=SYSTEM, at=at,
        )  # fmt: skip
    return resident


def a_paper_resident(town: Town | None = None, dong: str = "doksan2", name: str | None = None, at: datetime = NOON) -> Resident:
    """Somebody who takes part on paper: no account."""
    town = town or a_town()
    return actions.enter_person(town=town.place, public_name=name or f"종이{next(_numbers)}", home=town.dong(dong), actor=SYSTEM, at=at)


def actor_of(who: Resident | Account, at: datetime = NOON) -> Actor:
    """The Actor that a request of this person would carry at a moment."""
    if isinstance(who, Resident):
        account, town_id = who.account, who.place_id
        if account is None:
            return Actor(resident_id=who.pk, town_id=town_id, home_id=who.home_id, public_name=who.public_name)
        return actor_for(Account.objects.get(pk=account.pk), town_id=town_id, at=at)
    return actor_for(Account.objects.get(pk=who.pk), town_id=Place.objects.towns().first().pk, at=at)


def a_department(
    town: Town | None = None, name: str = "마을자치과", kind: str = "department", parent: Department | None = None
) -> Department:
    """A department of the town; the same one when asked twice."""
    town = town or a_town()
    known = Department.objects.filter(place=town.place, name=name, parent=parent).first()
    return known or actions.make_department(
        place=town.place, name=name, kind=kind, parent=parent, extension="2345", from_on=SINCE, actor=SYSTEM, at=NOON
    )


def a_post(town: Town, role: str, dong: str | None = None, department: Department | None = None, title: str = "") -> Post:
    """A post with a role, counting in the town or one dong."""
    place = town.dong(dong) if dong else town.place
    return actions.make_post(
        department=department or a_department(town), place=place, role=role, title=title or f"{role} 담당", extension="2345",
        actor=SYSTEM, at=NOON,
    )  # fmt: skip


def an_official(
    town: Town | None = None,
    role: str = "coordinating_officer",
    dong: str | None = None,
    department: Department | None = None,
    desk: bool = True,
    *,
    title: str = "",
    at: datetime = NOON,
) -> Account:
    """An account that holds a post with this role; with `desk`, its desk is open from `at`."""
    town = town or a_town()
    account = an_account()
    actions.appoint(post=a_post(town, role, dong, department, title), account=account, from_on=SINCE, actor=SYSTEM, at=at)
    if desk:
        open_desk_for(account, at=at)
    return account


def open_desk_for(account: Account, at: datetime = NOON) -> DeskSession:
    """Opens the desk of an official."""
    return actions.open_desk(account=account, reason="시험", actor=actor_of(account, at=at), at=at)


def a_council(town: Town | None = None, dong: str = "doksan2", name: str | None = None) -> Organisation:
    """The resident council of a dong."""
    town = town or a_town()
    place = town.dong(dong)
    known = Organisation.objects.filter(place=place, kind="resident_council").first()
    return known or actions.make_organisation(
        place=place, kind="resident_council", name=name or f"{place.name} 주민자치회", from_on=SINCE, actor=SYSTEM, at=NOON
    )


def sign_in(client: Client, who: Account | Resident) -> Account:
    """Signs a test client in as an account (or a resident's account)."""
    account = who.account if isinstance(who, Resident) else who
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return account


def elsewhere(actor: Actor) -> Actor:
    """The same actor, but of a town that does not exist here."""
    return replace(actor, town_id=0)
