"""Counting over intervals gives the same result as counting day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mse.meteo.mesures import Chiffre, Mesure
from mse.meteo.presences import ENSEMBLE, Presence, clip, compter, contains, intersect, merge

DEBUT, FIN = date(2026, 3, 1), date(2026, 3, 20)
_jour = st.integers(-10, 30).map(lambda n: DEBUT + timedelta(days=n))
_jours = st.lists(st.tuples(_jour, _jour), max_size=4)


def test_les_jours_se_rejoignent() -> None:
    a, b, c, d = (DEBUT + timedelta(days=n) for n in (0, 4, 5, 9))
    assert merge([(c, d), (a, b)]) == [(a, d)]
    assert clip([(a - timedelta(days=5), b)], a, d) == [(a, b)]
    assert clip([(b, a)], a, d) == []
    assert intersect([(a, c)], [(b, d)]) == [(b, c)]


@given(st.lists(st.tuples(_jours, _jours), max_size=6))
def test_comme_jour_par_jour(unites: list[tuple[list[tuple[date, date]], list[tuple[date, date]]]]) -> None:
    presences = [Presence(Mesure.ECOUTE, numero, ("13", "93"), n, k) for numero, (n, k) in enumerate(unites)]
    comptes = {cle.territoire: dict(jours) for cle, jours in compter(presences, DEBUT, FIN)}
    for rang in range((FIN - DEBUT).days + 1):
        jour = DEBUT + timedelta(days=rang)
        en_n = [une for une in presences if contains(une.n, jour)]
        en_k = [une for une in en_n if contains(une.k, jour)]
        attendu = Chiffre(len(en_k), len(en_n)) if en_n else None
        assert comptes.get("13", {}).get(jour) == comptes.get("93", {}).get(jour) == attendu


def test_chaque_coupe_a_son_compte() -> None:
    une = Presence(Mesure.ECOUTE, 1, ("93",), [(DEBUT, DEBUT)], [], (ENSEMBLE, "theme:transport"))
    assert {cle.coupe: jours for cle, jours in compter([une], DEBUT, FIN)} == {
        ENSEMBLE: [(DEBUT, Chiffre(0, 1))],
        "theme:transport": [(DEBUT, Chiffre(0, 1))],
    }
