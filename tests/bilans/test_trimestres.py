"""Civil quarters."""

from datetime import date

import pytest

from mse.bilans.trimestres import Trimestre


@pytest.mark.parametrize(
    ("jour", "code", "debut", "fin"),
    [
        (date(2026, 1, 1), "2026-T1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), "2026-T2", date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), "2026-T4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_un_jour_est_dans_son_trimestre(jour: date, code: str, debut: date, fin: date) -> None:
    trimestre = Trimestre.du(jour)
    assert (trimestre.code, trimestre.debut, trimestre.fin) == (code, debut, fin)
    assert Trimestre.lire(code) == trimestre
    assert trimestre.suivant.precedent == trimestre


@pytest.mark.parametrize("code", ["", "2026", "2026-T5", "0000-T1", "9999-T4", "2026-T1 ", "٢٠٢٦-T1"])
def test_un_code_invente_n_est_pas_un_trimestre(code: str) -> None:
    assert Trimestre.lire(code) is None


def test_une_reponse_attendue_aujourd_hui_ne_manque_pas_encore() -> None:
    trimestre = Trimestre(2026, 4)
    assert trimestre.compte_jusqu_au(date(2026, 12, 10)) == date(2026, 12, 9)
    assert trimestre.compte_jusqu_au(date(2027, 5, 1)) == date(2026, 12, 31)
    assert not trimestre.est_fini(date(2026, 12, 31))
    assert trimestre.est_fini(date(2027, 1, 1))
