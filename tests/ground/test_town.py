"""Town settings: checked as a whole, valid from a date, a dong may differ."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry, Place, PlaceName, PlaceSettings
from madang.ground.town import RANGES, TownSettings, change_settings, forget_towns, make_place, read_settings, town_by_host, town_of
from tests import NOON
from tests.residents.makers import SINCE, a_town

pytestmark = pytest.mark.django_db


def change(place, on, **data):
    row = change_settings(place=place, from_on=on, data=data, reason="시험", actor=SYSTEM, at=NOON)
    forget_towns()
    return row


class TestWhatHolds:
    @pytest.mark.parametrize("name", sorted(RANGES))
    def test_every_number_has_its_bounds(self, name):
        low, high = RANGES[name]
        for value in (low - 1, high + 1, float("nan"), True, "20", None):
            with pytest.raises(ValidationError):
                read_settings({name: value})

    @pytest.mark.parametrize(
        "data",
        [{"nothing": 1}, {"organ": 5}, {"hue": 10.5}, {"hue": 60, "time_hue": 42}, {"hue": 10, "time_hue": 42}, {"categories": []},
         {"categories": ["안전", "안전"]}, {"categories": "안전"}, {"categories": None}, {"extra_holidays": ["5월 1일"]}, {"hue": "빨강"}],
    )  # fmt: skip
    def test_the_rest_is_refused(self, data):
        with pytest.raises(ValidationError):
            read_settings(data)

    def test_defaults_hold_and_lists_become_tuples(self):
        assert read_settings({}) == TownSettings()
        assert read_settings({"categories": ["안전"], "extra_holidays": ["2021-05-01"]}).categories == ("안전",)
        assert read_settings({"hue": 200.0}).hue == 200


class TestInTime:
    def test_from_a_date_on(self):
        town = a_town()
        change(town.place, date(2021, 5, 1), endorsement_threshold=50)
        town = town_of(town.pk)
        assert town.settings(date(2021, 4, 30)).endorsement_threshold == 20
        assert town.settings(date(2021, 5, 1)).endorsement_threshold == 50
        assert town.settings(date(2021, 5, 1)).organ == "금천구청"

    def test_a_second_change_of_the_same_day_joins_the_first(self):
        town = a_town()
        first, second = (change(town.place, date(2021, 5, 1), **{k: 30}) for k in ("endorsement_threshold", "endorsement_days"))
        assert first.pk == second.pk
        assert town_of(town.pk).settings(date(2021, 6, 1)).endorsement_threshold == 30

    def test_a_dong_may_differ(self):
        town = a_town()
        gasan = town.dong("gasan")
        change(gasan, SINCE, endorsement_threshold=5)
        change(town.place, date(2021, 5, 1), endorsement_threshold=50, endorsement_days=30)
        town = town_of(gasan.pk)
        assert town.settings(NOON.date(), gasan.pk).endorsement_threshold == 5
        assert town.settings(date(2021, 6, 1), gasan.pk).endorsement_threshold == 5
        assert town.settings(date(2021, 6, 1), gasan.pk).endorsement_days == 30
        assert town.settings(NOON.date(), town.dong("doksan1").pk).endorsement_threshold == 20
        assert town.settings(NOON.date(), town.pk).endorsement_threshold == 20

    def test_what_would_not_hold_is_not_stored(self):
        town = a_town()
        with pytest.raises(ValidationError):
            change(town.place, date(2021, 5, 1), hue=50)
        assert PlaceSettings.objects.count() == 1
        assert town_of(town.pk).settings(date(2021, 6, 1)).hue == 165

    def test_nor_what_would_not_hold_with_a_change_that_is_already_planned(self):
        town = a_town()
        change(town.place, date(2021, 7, 1), time_hue=90)
        with pytest.raises(ValidationError):
            change(town.place, date(2021, 6, 1), hue=95)  # well apart from the 42 of June, not from the 90 of July
        assert town_of(town.pk).settings(date(2021, 8, 1)).hue == 165
        change(town.place, date(2021, 6, 1), hue=300)

    def test_nor_what_would_not_hold_for_a_dong(self):
        town = a_town()
        change(town.dong("gasan"), SINCE, hue=100)
        with pytest.raises(ValidationError):
            change(town.place, date(2021, 5, 1), time_hue=80)
        with pytest.raises(ValidationError):
            change(town.dong("gasan"), date(2021, 5, 1), hue=60)

    def test_it_is_told_with_its_reason_and_without_the_values(self):
        change(a_town().place, date(2021, 5, 1), endorsement_threshold=50)
        row = AuditEntry.objects.filter(verb="place.settings_changed").last()
        assert row.kept == {"from_on": "2021-05-01", "reason": "시험", "fields": ["endorsement_threshold"]}


class TestPlaces:
    def test_a_town_knows_its_dong(self):
        town = a_town()
        assert [d.slug for d in town.dongs][:2] == ["gasan", "doksan1"]
        assert town.dong("nowhere") is None
        assert town.place_of(town.dong("gasan").pk).name == "가산동"
        assert town.place_of(town.place.parent_id) is None
        assert town_of(town.dong("gasan").pk).pk == town.pk

    def test_a_host_names_its_town_and_an_unknown_one_the_first(self):
        town = a_town()
        other = make_place(
            parent=town.place.parent, level="district", code="1153000000", slug="guro", name="구로구", name_en="Guro-gu",
            from_on=SINCE, actor=SYSTEM, at=NOON, hosts="guro.example.kr, www.guro.example.kr",
        )  # fmt: skip
        forget_towns()
        assert town_by_host("WWW.guro.example.kr:8000").pk == other.pk
        assert town_by_host("elsewhere.example.kr").pk == town.pk

    def test_no_town_at_all(self):
        assert town_by_host("x") is None

    def test_names_change_and_the_past_keeps_its_own(self):
        town = a_town()
        gasan = town.dong("gasan")
        PlaceName.objects.create(place=gasan, name="옛가산동", from_on=date(1990, 1, 1), to_on=date(2000, 1, 1))
        PlaceName.objects.create(place=gasan, name="가산동", from_on=date(2000, 1, 1))
        assert gasan.name_on(date(1999, 12, 31)) == "옛가산동"
        assert gasan.name_on(date(2000, 1, 1)) == "가산동"
        assert gasan.name_on(date(1950, 1, 1)) == "가산동"

    def test_a_place_needs_its_own_code(self):
        town = a_town()
        with pytest.raises(ValidationError):
            make_place(
                parent=town.place, level="dong", code="1154551000", slug="twice", name="두 번", name_en="Twice", from_on=SINCE,
                actor=SYSTEM, at=NOON,
            )  # fmt: skip
        assert not Place.objects.filter(slug="twice").exists()
