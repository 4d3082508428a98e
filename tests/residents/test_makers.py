"""The makers other tests stand on."""

import pytest

from madang.ground.actor import Proof
from tests.residents.makers import a_council, a_resident, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db


def test_a_town_has_ten_dong_and_settings() -> None:
    town = a_town(desk_minutes=30)
    assert [d.slug for d in town.dongs][:3] == ["gasan", "doksan1", "doksan2"]
    assert len(town.dongs) == 10
    assert town.settings(town.rows[0].from_on).desk_minutes == 30
    assert a_town().pk == town.pk


def test_a_resident_is_proved_in_a_dong() -> None:
    resident = a_resident()
    actor = actor_of(resident)
    assert actor.proof is Proof.RESIDENCE
    assert actor.home_id == a_town().dong("doksan2").pk
    assert actor_of(a_resident(proof=Proof.VISITOR)).proof is Proof.VISITOR


def test_an_official_acts_only_with_the_desk_open() -> None:
    town = a_town()
    assert actor_of(an_official(town, "dong_officer", dong="doksan2")).holds("dong_officer", place_ids=(town.dong("doksan2").pk,))
    assert not actor_of(an_official(town, "moderator", desk=False)).holds("moderator")
    assert a_council().pk == a_council().pk
