"""Working days: Monday to Friday without the territory's public holidays (docs/regles/fiches.md)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache

import holidays

from mse.demarche import get_demarche


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`, which is day 0 whether worked or not."""
    if not count:
        return day
    year, rank = day.year, _rank(day) + count
    while rank > len(_list_year(year)):
        rank -= len(_list_year(year))
        year += 1
    return _list_year(year)[rank - 1]


def subtract_working_days(day: date, count: int) -> date:
    """Return the latest working day that `count` working days separate from `day`, `day` counted; `day` if
    `count` is 0."""
    if not count:
        return day
    year, rank = day.year, _rank(day) - count
    while rank < 1:
        year -= 1
        rank += len(_list_year(year))
    return _list_year(year)[rank - 1]


def count_working_days(start: date, end: date) -> int:
    """Return the number of working days after `start`, `end` included; 0 if `end` is not later."""
    if end <= start:
        return 0
    whole_years = sum(len(_list_year(year)) for year in range(start.year, end.year))
    return whole_years + _rank(end) - _rank(start)


def _rank(day: date) -> int:
    """Return the number of working days from 1 January to `day`, both included."""
    return bisect_right(_list_year(day.year), day)


def _list_year(year: int) -> Sequence[date]:
    return _list_working_days(get_demarche().jours_feries, year)


@cache
def _list_working_days(country_and_subdiv: str, year: int) -> Sequence[date]:
    """Return the working days of a year in order. Each call creates its own calendar: a calendar shared by
    threads may be read before its holidays are filled in."""
    country, _, subdiv = country_and_subdiv.partition("-")
    calendar = holidays.country_holidays(country, subdiv=subdiv or None, years=year, language="fr")
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    return tuple(day for day in days if calendar.is_working_day(day))
