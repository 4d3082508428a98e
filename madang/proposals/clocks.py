"""Days on which a town rests beyond the country's holidays, as the legal clock counts them."""

from datetime import date

from madang.ground.town import town_of


def extra_holidays(town_id: int, *, on: date) -> frozenset[date]:
    """The days of the settings in force on a day."""
    return frozenset(date.fromisoformat(day) for day in town_of(town_id).settings(on).extra_holidays)
