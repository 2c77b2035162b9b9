"""Working days: Monday to Friday without the territory's public holidays (docs/regles/fiches.md)."""

from datetime import date
from functools import cache, lru_cache
from threading import Lock

import holidays

from mse.demarche import get_demarche

_one_at_a_time = Lock()  # `holidays` is not thread-safe: it lists a year before its days are filled in


@cache
def _calendar(country_and_subdiv: str) -> holidays.HolidayBase:
    country, _, subdiv = country_and_subdiv.partition("-")
    return holidays.country_holidays(country, subdiv=subdiv or None, language="fr")


@lru_cache(maxsize=4096)
def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`, which is day 0 whether worked or not."""
    if not count:
        return day
    with _one_at_a_time:
        return _calendar(get_demarche().jours_feries).get_nth_working_day(day, count)


@lru_cache(maxsize=4096)
def count_working_days(start: date, end: date) -> int:
    """Return the number of working days after `start`, `end` included; 0 if `end` is not later."""
    if end <= start:
        return 0
    with _one_at_a_time:
        calendar = _calendar(get_demarche().jours_feries)
        return calendar.get_working_days_count(start, end) - calendar.is_working_day(start)
