"""Dates as people read them. Babel knows the words; a cache keeps lists of 25 rows cheap."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_datetime

from mse.core.clock import local_date, zone

_LOCALE = "fr"


@lru_cache(maxsize=4096)
def _format(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_LOCALE)


def _day(value: date | datetime) -> date:
    return local_date(value) if isinstance(value, datetime) else value


def date_longue(value: date | datetime) -> str:
    """29 septembre 2026"""
    return _format(_day(value), "d MMMM y")


def date_courte(value: date | datetime) -> str:
    """29 sept. 2026"""
    return _format(_day(value), "d MMM y")


def jour(value: date | datetime) -> str:
    """mardi 17 novembre"""
    return _format(_day(value), "EEEE d MMMM")


def jour_court(value: date | datetime) -> str:
    """17 novembre"""
    return _format(_day(value), "d MMMM")


def instant(value: datetime) -> str:
    """17 novembre 2026 à 14:05"""
    return format_datetime(value, "d MMMM y 'à' HH:mm", tzinfo=zone(), locale=_LOCALE)


FILTERS = {
    "date": date_longue,
    "date_courte": date_courte,
    "jour": jour,
    "jour_court": jour_court,
    "instant": instant,
}
