"""A town on an empty installation: from a CSV to an administrator who can open the desk."""

import pytest
from django.core.management import CommandError, call_command

from madang.ground.actor import Role
from madang.ground.models import Account, AuditEntry, Place
from madang.ground.town import forget_towns, town_of
from madang.residents.actions import open_desk
from madang.residents.actors import actor_for
from tests import NOON

pytestmark = pytest.mark.django_db

ROWS = """code,slug,name,name_en,order
1132000000,dobong,도봉구,Dobong-gu,
1100000000,seoul,서울특별시,Seoul,
1132051000,ssangmun1,쌍문1동,Ssangmun 1-dong,1
1132068000,banghak1,방학1동,Banghak 1-dong,2
"""


@pytest.fixture
def make(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MADANG_ADMIN_PASSWORD", "봄바람-살랑-2021")

    def run(rows: str = ROWS, encoding: str = "utf-8", **more: str) -> str:
        path = tmp_path / "town.csv"
        path.write_bytes(rows.encode(encoding))
        call_command("make_town", str(path), **{"admin": "keeper", "email": "keeper@example.kr", **more})
        forget_towns()  # a test never commits, so what waits for the commit is done here
        return capsys.readouterr().out

    return run


def test_a_town_stands(make, client):
    assert "도봉구: 4 places" in make(host="dobong.example.kr", phone="02-2091-2000")
    town = Place.objects.towns().get()
    assert (town.parent.name, town.hosts) == ("서울특별시", "dobong.example.kr")
    assert [d.slug for d in town_of(town.pk).dongs] == ["ssangmun1", "banghak1"]
    assert town.name_on(NOON.date()) == "도봉구"
    settings = town_of(town.pk).settings(NOON.date())
    assert (settings.organ, settings.organ_en, settings.phone) == ("도봉구청", "Dobong-gu Office", "02-2091-2000")
    assert AuditEntry.objects.filter(verb="place.made").count() == 4
    assert "도봉구" in client.get("/about/privacy/").content.decode()


def test_its_administrator_opens_the_desk(make):
    make()
    town, account = Place.objects.towns().get(), Account.objects.get(username="keeper")
    assert account.check_password("봄바람-살랑-2021")
    open_desk(account=account, reason="처음", actor=actor_for(account, town_id=town.pk, at=NOON), at=NOON)
    assert actor_for(account, town_id=town.pk, at=NOON).holds(Role.SITE_ADMIN)


def test_office_computers_write_cp949(make):
    make(encoding="cp949")
    assert Place.objects.get(slug="banghak1").name == "방학1동"


def test_two_towns_share_the_city_above(make):
    make()
    other = "code,slug,name,name_en,order\n1100000000,seoul,서울특별시,Seoul,\n1130500000,gangbuk,강북구,Gangbuk-gu,\n"
    make(other + "1130553000,beon1,번1동,Beon 1-dong,1\n", admin="other", host="gangbuk.example.kr")
    assert {p.name: p.parent.name for p in Place.objects.towns()} == {"도봉구": "서울특별시", "강북구": "서울특별시"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "empty"),
        ("code,slug\n1,a\n", "Columns missing: name, name_en, order"),
        (ROWS.replace("1132051000", "113205100"), "Row 4: the code has ten digits"),
        (ROWS.replace("ssangmun1", "쌍문1"), "Row 4"),
        (ROWS.replace("1132051000", "1130551000"), "does not belong to 도봉구"),
        (ROWS.replace("banghak1", "ssangmun1"), "slug twice: ssangmun1"),
        (ROWS + "1130500000,gangbuk,강북구,Gangbuk-gu,\n", "2 districts"),
        (ROWS.replace("Ssangmun 1-dong,1", "Ssangmun 1-dong,first"), "Row 4"),
    ],
)
def test_a_wrong_file_is_told_by_row_and_changes_nothing(make, rows, said):
    with pytest.raises(CommandError, match=said):
        make(rows)
    assert not Place.objects.exists()
    assert not Account.objects.exists()


def test_weak_password_or_second_run_changes_nothing(make, monkeypatch):
    make()
    with pytest.raises(CommandError, match="there already"):
        make()
    with pytest.raises(CommandError):
        make(admin="second")  # the same places
    assert not Account.objects.filter(username="second").exists()
    monkeypatch.setenv("MADANG_ADMIN_PASSWORD", "keeper")
    with pytest.raises(CommandError):
        make(admin="third")
