"""Format and parse dates in French. Babel provides the words."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_datetime, format_timedelta, get_month_names

from mse.core.cache import memoized
from mse.core.clock import local_date, today, zone

_LOCALE = "fr"
_PREMIER = re.compile(r"(?<!\d)1 (?=[^\W\d])")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)  # spreadsheets add midnight
_FRENCH = re.compile(r"(\d{1,2})(?:er)?[ /.-]([^\W_]+)\.?[ /.-](\d{4}|\d{2})")


@memoized(2000)
def _format(day: date, pattern: str) -> str:
    return _add_ordinal(format_date(day, pattern, locale=_LOCALE))


def _day(value: date | datetime) -> date:
    return local_date(value) if isinstance(value, datetime) else value


def date_longue(value: date | datetime) -> str:
    """Format like «29 septembre 2026»."""
    return _format(_day(value), "d MMMM y")


def date_courte(value: date | datetime) -> str:
    """Format like «29 sept. 2026»."""
    return _format(_day(value), "d MMM y")


def jour(value: date | datetime) -> str:
    """Format like «mardi 17 novembre»."""
    return _format(_day(value), "EEEE d MMMM")


def jour_court(value: date | datetime) -> str:
    """Format like «17 novembre»."""
    return _format(_day(value), "d MMMM")


def mois_court(value: date) -> str:
    """Format like «nov. 26»."""
    return _format(value, "MMM yy")


def instant(value: datetime) -> str:
    """Format like «17 novembre 2026 à 14 h 05»."""
    return _add_ordinal(format_datetime(value, "d MMMM y 'à' H\xa0'h'\xa0mm", tzinfo=zone(), locale=_LOCALE))


def moment(value: datetime) -> str:
    """Format like «à 14 h 32» for an instant of today, «le 17 novembre» for another day."""
    if _day(value) != today():
        return f"le {jour_court(value)}"
    return format_datetime(value, "'à' H\xa0'h'\xa0mm", tzinfo=zone(), locale=_LOCALE)


def _add_ordinal(text: str) -> str:
    """Replace «1 décembre» by «1er décembre»: Babel's French formats have no ordinal."""
    return _PREMIER.sub("1er ", text, count=1)


def read_date(text: str) -> date:
    """Parse a date: 3/11/2026, 03.11.26, 3 novembre 2026, 1er nov. 2026, 2026-11-03. Raises `ValueError`."""
    text = " ".join(text.casefold().split())
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
        return date(year, month, day)
    french = _FRENCH.fullmatch(text)
    if french is None:
        raise ValueError(text)
    day_, word, year_ = french.groups()
    return date(int(year_) + (2000 if len(year_) == 2 else 0), _read_month(word), int(day_))


def _read_month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=_LOCALE).items():
            if _plain(name) == _plain(word):
                return int(number)
    raise ValueError(word)


def _plain(word: str) -> str:
    """Keep the letters without accents: «févr.» becomes «fevr», as people type it."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c.isalpha())


def mois(value: date | datetime) -> str:
    """Format like «septembre 2026»."""
    return _format(_day(value), "MMMM y")


def duree(secondes: int) -> str:
    """Return a duration rounded to its largest unit: «1 seconde», «2 heures»."""
    said = format_timedelta(timedelta(seconds=secondes), threshold=1, locale=_LOCALE)
    return said.replace(" ", "\xa0")


FILTERS = {
    "date": date_longue,
    "date_courte": date_courte,
    "jour": jour,
    "jour_court": jour_court,
    "mois": mois,
    "mois_court": mois_court,
    "instant": instant,
    "moment": moment,
    "duree": duree,
}
