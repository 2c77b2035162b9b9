"""Wilson intervals, index, levels and trends, compared with values computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse.demarche import get_demarche
from mse.meteo.mesures import Chiffre, Mesure, Niveau, Releve, Tendance

M = Mesure


def releve(**mesures: tuple[int, int]) -> Releve:
    return Releve({Mesure(nom): Chiffre(k, n) for nom, (k, n) in mesures.items()}, get_demarche().meteo)


@pytest.mark.parametrize(
    ("k", "n", "bas", "haut"),
    [  # Wilson: (centre ± margin) / (1 + z²/n), with z² = 3.8415
        (0, 4, 0.0, 0.4899),
        (5, 5, 0.5655, 1.0),
        (0, 5, 0.0, 0.4345),
        (8, 10, 0.4902, 0.9433),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_l_intervalle_de_wilson(k: int, n: int, bas: float, haut: float) -> None:
    assert Chiffre(k, n).intervalle == pytest.approx((bas, haut), abs=1e-4)


def test_de_rien_on_ne_dit_rien() -> None:
    rien = Chiffre(0, 0)
    assert rien.part is None
    assert rien.intervalle is None
    with pytest.raises(ValueError, match="3 among 2"):
        Chiffre(3, 2)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_la_part_est_dans_son_intervalle(kn: tuple[int, int]) -> None:
    chiffre = Chiffre(*kn)
    if chiffre.n:
        bas, haut = chiffre.intervalle or (1, 0)
        assert 0 <= bas <= (chiffre.part or 0) <= haut <= 1


def test_l_indice_est_la_moyenne_de_ce_qui_compte() -> None:
    """Écoute does not count because its n is 4. The index is 100 × (1 + 1/2 + 3/4) / 3 = 75."""
    un = releve(representation=(6, 6), expression=(3, 6), ecoute=(0, 4), resolution=(6, 8))
    assert un.comptees == [M.REPRESENTATION, M.EXPRESSION, M.RESOLUTION]
    assert un.indice == pytest.approx(75)
    assert un.niveau == Niveau.GRAND_SOLEIL
    bas, haut = un.fourchette or (0, 0)
    assert bas == pytest.approx((60.97 + 18.76 + 40.93) / 3, abs=0.01)
    assert haut == pytest.approx((100 + 81.24 + 92.85) / 3, abs=0.01)


def test_cinq_comptent_quatre_non() -> None:
    assert releve(ecoute=(1, 5)).compte(M.ECOUTE)
    assert not releve(ecoute=(1, 4)).compte(M.ECOUTE)


def test_moins_de_trois_mesures_c_est_le_brouillard() -> None:
    deux = releve(representation=(5, 5), expression=(5, 5), ecoute=(4, 4), resolution=(0, 0))
    assert deux.niveau == Niveau.BROUILLARD
    assert deux.indice is None
    assert deux.fourchette is None


@pytest.mark.parametrize(
    ("sur_cent", "niveau"),
    [
        (75, Niveau.GRAND_SOLEIL),
        (74, Niveau.ECLAIRCIES),
        (60, Niveau.ECLAIRCIES),
        (59, Niveau.NUAGEUX),
        (45, Niveau.NUAGEUX),
        (44, Niveau.PLUIE),
        (30, Niveau.PLUIE),
        (29, Niveau.ORAGE),
        (0, Niveau.ORAGE),
    ],
)
def test_les_niveaux(sur_cent: int, niveau: Niveau) -> None:
    part = (sur_cent, 100)
    assert releve(representation=part, expression=part, ecoute=part).niveau == niveau


def test_la_tendance_compare_deux_temps_connus() -> None:
    def a(sur_cent: int) -> Releve:
        return releve(**dict.fromkeys(("representation", "expression", "ecoute"), (sur_cent, 100)))

    assert a(66).tendance(a(60)) == Tendance.HAUSSE
    assert a(65).tendance(a(60)) == Tendance.STABLE  # the threshold of 5 is exclusive
    assert a(54).tendance(a(60)) == Tendance.BAISSE
    assert a(55).tendance(a(60)) == Tendance.STABLE
    assert a(60).tendance(releve()) is None
    assert releve().tendance(a(60)) is None
