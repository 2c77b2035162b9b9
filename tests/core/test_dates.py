"""Parsing of dates as people write them."""

from datetime import date

import pytest

from mse.core.dates import date_courte, date_longue, duree, read_date


@pytest.mark.parametrize(
    "texte",
    [
        "3/11/2026",
        "03.11.26",
        "03-11-2026",
        "3 novembre 2026",
        " 3  NOV. 2026",
        "2026-11-03",
        "2026-11-03 00:00:00",
    ],
)
def test_le_meme_jour_s_ecrit_de_sept_facons(texte: str) -> None:
    assert read_date(texte) == date(2026, 11, 3)


@pytest.mark.parametrize("mois", range(1, 13))
def test_ce_que_nous_ecrivons_se_relit(mois: int) -> None:
    jour = date(2026, mois, 1)
    assert read_date(date_longue(jour)) == read_date(date_courte(jour)) == jour


def test_les_accents_oublies_se_lisent() -> None:
    assert read_date("1er aout 2026") == date(2026, 8, 1)
    assert read_date("2 fevrier 2026") == date(2026, 2, 2)


@pytest.mark.parametrize(
    "texte",
    ["", "31/02/2026", "13/13/2026", "11/2026", "0000-01-01", "demain", "1/²/2026", "3 brumaire 2026"],
)
def test_ce_qui_n_est_pas_un_jour_est_refuse(texte: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(texte)


@pytest.mark.parametrize(
    ("secondes", "dit"),
    [
        (0, "0\xa0seconde"),
        (1, "1\xa0seconde"),
        (59, "59\xa0secondes"),
        (60, "1\xa0minute"),
        (7300, "2\xa0heures"),
    ],
)
def test_une_duree_se_dit_dans_sa_plus_grande_unite(secondes: int, dit: str) -> None:
    assert duree(secondes) == dit
