"""Delays in working days: Monday to Friday without public holidays."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse.core import working_days
from mse.core.working_days import add_working_days, count_working_days
from mse.demarche import get_demarche


@pytest.mark.parametrize(
    ("depart", "jours", "arrivee"),
    [
        (date(2026, 11, 16), 5, date(2026, 11, 23)),  # a plain week
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # 1 May is a Friday
        (date(2026, 5, 7), 1, date(2026, 5, 11)),  # 8 May is a Friday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # filed on a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # Christmas and the week-end
        (date(2027, 3, 26), 1, date(2027, 3, 30)),  # Easter Monday
        (date(2026, 11, 16), 20, date(2026, 12, 14)),
    ],
)
def test_un_delai_saute_week_ends_et_jours_feries(depart: date, jours: int, arrivee: date) -> None:
    assert add_working_days(depart, jours) == arrivee
    assert count_working_days(depart, arrivee) == jours


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_compter_defait_ajouter(depart: date, jours: int) -> None:
    arrivee = add_working_days(depart, jours)
    assert arrivee.weekday() < 5
    assert count_working_days(depart, arrivee) == jours
    assert count_working_days(depart, arrivee - timedelta(days=1)) == jours - 1


@pytest.mark.parametrize("calendrier", ["FR", "FR-57", "FR-974", "US"])  # US: holidays moved to another day
def test_le_tableau_compte_comme_jour_par_jour(calendrier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table gives the same dates as the definition, over year ends and with each calendar's holidays."""
    demarche = replace(get_demarche(), jours_feries=calendrier)
    monkeypatch.setattr(working_days, "get_demarche", lambda: demarche)
    pays, _tiret, region = calendrier.partition("-")
    feries = holidays.country_holidays(pays, subdiv=region or None, years=range(2024, 2031))

    @given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(1, 300))
    def compare(depart: date, jours: int) -> None:
        fin, comptes = depart, 0
        while comptes < jours:
            fin += timedelta(days=1)
            comptes += fin.weekday() < 5 and fin not in feries
        assert add_working_days(depart, jours) == fin
        assert count_working_days(depart, fin) == jours
        assert count_working_days(depart, fin - timedelta(days=1)) == jours - 1

    compare()


def test_rien_ne_s_est_passe_avant_le_depart() -> None:
    assert count_working_days(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert count_working_days(date(2026, 11, 20), date(2026, 11, 2)) == 0


@pytest.fixture
def _often() -> Iterator[None]:
    """Make Python switch threads as often as possible."""
    avant = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(avant)


@pytest.mark.usefixtures("_often")
def test_deux_fiches_au_meme_instant_voient_les_memes_jours_feries() -> None:
    """Threads that compute the first dates of a year concurrently all get its public holidays."""
    gens = 4
    depart = Barrier(gens)

    def echeance(annee: int) -> date:
        depart.wait(10)
        return add_working_days(date(annee, 4, 25), 10)

    with ThreadPoolExecutor(gens) as pool:
        for annee in range(2100, 2500):
            assert len(set(pool.map(echeance, [annee] * gens))) == 1, annee
