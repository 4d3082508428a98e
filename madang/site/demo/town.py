"""Scene one: the town, its offices, its officials and residents."""

from datetime import date

from django.db import transaction

from madang.budgets.actions import make_source
from madang.ground.actor import SYSTEM, Actor, Proof
from madang.ground.clock import kst
from madang.ground.models import Account, Place
from madang.ground.town import change_settings, forget_towns
from madang.residents import actions
from madang.residents.actors import actor_for
from madang.residents.models import Organisation, Resident
from madang.site.demo.people import PASSWORD, people
from madang.site.demo.source import ENGLISH, SLUGS, content
from madang.site.demo.stage import Stage, with_desk

OPENING = kst(2019, 12, 2, 9)
SINCE = date(2019, 12, 1)
NEIGHBOURS = 34  # residents with an account in each dong
ON_PAPER = 84  # residents who take part on paper in each dong

SOURCES = (("national", "국비"), ("city", "시비"), ("district", "구비"), ("resident_tax", "주민세 환원"))
OFFICES = {  # demo username -> department, title, extension
    "officer": ("마을자치과", "금천1번가 담당", "2205"),
    "parks": ("공원녹지과", "공원관리 담당", "1672"),
    "coordinator": ("마을자치과", "주민참여팀장", "1051"),
    "dong": ("독산2동주민센터", "우리동네주무관", "2802"),
    "mayor": ("마을자치과", "구청장실 비서", "2001"),
    "moderator": ("마을자치과", "이야기 돌봄이", "2206"),
    "admin": ("마을자치과", "누리집 관리자", "2207"),
}


def build(stage: Stage) -> None:
    """Places, settings, sources of money, departments, posts, people."""
    _places(stage)
    _settings(stage)
    for order, (code, name) in enumerate(SOURCES):
        make_source(place=stage.district, code=code, name=name, order=order, actor=SYSTEM, at=OPENING)
    _departments(stage)
    _officials(stage)
    for name in SLUGS:
        _dong_people(stage, name)
    _demo_residents(stage)


def _places(stage: Stage) -> None:
    town = content("town")
    seoul = Place.objects.create(
        level="metropolitan", code=town["parent"]["code"], slug="seoul", name=town["parent"]["name"], name_en="Seoul"
    )
    stage.town = Place.objects.create(
        parent=seoul, level="district", code=town["code"], slug="geumcheon", name=town["name"], name_en="Geumcheon-gu"
    )
    stage.places[town["name"]] = stage.town
    for order, row in enumerate(town["dongs"], 1):
        stage.places[row["name"]] = Place.objects.create(
            parent=stage.town, level="dong", code=row["code"], slug=SLUGS[row["name"]], name=row["name"], name_en=ENGLISH[row["name"]],
            order=order,
        )  # fmt: skip
    forget_towns()


def _settings(stage: Stage) -> None:
    first, *later = content("town")["settings"]["endorsement_threshold"]
    change_settings(
        place=stage.district, from_on=SINCE, reason="마당을 엶", actor=SYSTEM, at=OPENING,
        data={
            "site_name": "금천 마당", "site_name_en": "Geumcheon Madang", "organ": "금천구청", "organ_en": "Geumcheon-gu Office",
            "department": "마을자치과", "phone": "02-0000-0000", "address": "(08611) 서울특별시 금천구 시흥대로73길 70",
            "address_en": "70, Siheung-daero 73-gil, Geumcheon-gu, Seoul 08611",
            "endorsement_threshold": first["endorsements"], "endorsement_days": first["within_days"],
            "desk_minutes": 240,
        },
    )  # fmt: skip
    for row in later:
        change_settings(
            place=stage.district, from_on=date.fromisoformat(row["effective"]), reason="공감 모으는 날을 늘림", actor=SYSTEM, at=OPENING,
            data={"endorsement_threshold": row["endorsements"], "endorsement_days": row["within_days"]},
        )  # fmt: skip
    forget_towns()


def _departments(stage: Stage) -> None:
    for row in content("town")["departments"]:
        made = actions.make_department(place=stage.district, name=row["name"], kind="department", from_on=SINCE, actor=SYSTEM, at=OPENING)
        stage.departments[row["name"]] = made
        for team in row["teams"]:
            actions.make_department(
                place=stage.district, name=team["name"], kind="team", parent=made, duty=", ".join(team["duties"]), from_on=SINCE,
                actor=SYSTEM, at=OPENING,
            )  # fmt: skip
    for name in SLUGS:
        stage.departments[f"{name}주민센터"] = actions.make_department(
            place=stage.places[name], name=f"{name}주민센터", kind="dong_office", from_on=SINCE, actor=SYSTEM, at=OPENING
        )
        actions.make_organisation(
            place=stage.places[name], kind="resident_council", name=f"{name} 주민자치회", from_on=SINCE, actor=SYSTEM, at=OPENING
        )
        stage.tick("동네를 짓는 중")


def _officials(stage: Stage) -> None:
    for person in people():
        if person.username not in OFFICES:
            continue
        office, title, extension = OFFICES[person.username]
        account = Account.objects.create_user(person.username, f"{person.username}@example.kr", PASSWORD)
        place = stage.places["독산2동"] if person.username == "dong" else stage.district
        post = actions.make_post(
            department=stage.departments[office], place=place, role=person.role, title=title, extension=extension, actor=SYSTEM, at=OPENING
        )
        actions.appoint(post=post, account=account, from_on=SINCE, actor=SYSTEM, at=OPENING)
        account.refresh_from_db()
        actor = actor_for(account, town_id=stage.district.pk, at=OPENING)
        desk = actions.open_desk(account=account, reason="시범 동네의 지난 일 적기", actor=actor, at=OPENING)
        stage.officials[person.username] = with_desk(actor, desk.pk)


@transaction.atomic
def _dong_people(stage: Stage, dong: str) -> None:
    names = _names(stage)
    home = stage.places[dong]
    rows = []
    for _n in range(NEIGHBOURS):
        rows.append(_neighbour(stage, home, next(names), f"n{Account.objects.count():04d}"))
    stage.neighbours[dong] = rows
    stage.on_paper[dong] = [
        actions.enter_person(
            town=stage.district, public_name=next(names), home=home, birth_year=stage.dice.randint(1938, 1975),
            actor=SYSTEM, at=OPENING,
        )
        for _n in range(ON_PAPER)
    ]  # fmt: skip
    stage.tick("이웃을 모으는 중")


def _names(stage: Stage):  # type: ignore[no-untyped-def]
    taken = {a.public_name for rows in stage.neighbours.values() for a in rows} | {
        r.public_name for rows in stage.on_paper.values() for r in rows
    }
    pool = [n for n in content("names")["nicknames"] if n not in taken]
    stage.dice.shuffle(pool)
    yield from pool
    number = 0
    while True:  # more people than names: the same names with a number
        number += 1
        yield f"{stage.dice.choice(content('names')['nicknames'])[:14]}{len(taken) + number}"


def _neighbour(stage: Stage, home: Place, name: str, username: str, birth_year: int | None = None, email: str = "") -> Actor:
    account = Account(username=username, email=email)
    account.set_unusable_password()
    account.save()
    me = Actor(account_id=account.pk, town_id=stage.district.pk)
    resident = actions.join(
        account=account, town=stage.district, public_name=name, home=home, birth_year=birth_year or stage.dice.randint(1945, 2005),
        actor=me, at=OPENING,
    )  # fmt: skip
    proof = actions.prove(
        resident=resident, level=Proof.RESIDENCE, method="desk", dong=home, expires_on=date(2022, 12, 31), actor=SYSTEM, at=OPENING
    )
    return Actor(
        account_id=account.pk, resident_id=resident.pk, town_id=stage.district.pk, home_id=home.pk, public_name=name,
        proof=Proof(proof.level), birth_year=resident.birth_year,
    )  # fmt: skip


def _demo_residents(stage: Stage) -> None:
    chosen = {"resident": ("안양천새벽반", 1956), "neighbour": ("언덕위노란집", 1988), "council": ("골목반장", 1967)}
    for person in people():
        if person.username in chosen:
            name, born = chosen[person.username]
            dong = next(k for k, v in SLUGS.items() if v == person.dong)
            actor = _neighbour(stage, stage.places[dong], name, person.username, born, f"{person.username}@example.kr")
            account = Account.objects.get(pk=actor.account_id or 0)
            account.set_password(PASSWORD)
            account.save()
            stage.people[person.username] = actor
            stage.neighbours[dong].insert(0, actor)
    council = Organisation.objects.get(place=stage.places["독산2동"])
    actions.seat(
        organisation=council, resident=Resident.objects.get(pk=stage.people["council"].resident_id or 0), role="member", term=2,
        from_on=date(2020, 1, 1), actor=SYSTEM, at=OPENING,
    )  # fmt: skip
