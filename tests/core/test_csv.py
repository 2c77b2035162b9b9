"""CSV in and out: what people's programs write is read, what spreadsheets would execute is disarmed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse.core.csv_reading import decode_file, read_cell, read_records, read_rows
from mse.core.csv_writing import neutralize, restore, write_csv
from mse.core.errors import DonneeInvalide

FORMULES = ["=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("cellule", FORMULES)
def test_aucune_formule_ne_reste_vivante(cellule: str) -> None:
    lignes = list(
        csv.reader(io.StringIO(write_csv([[cellule]]).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert lignes == [[f"'{cellule}"]]


@pytest.mark.parametrize("cellule", ["", "Samira", "l’été", "O'Brien", "'quatre'", "2026-11-03", "a=b"])
def test_un_texte_ordinaire_ne_change_pas(cellule: str) -> None:
    assert neutralize(cellule) == cellule


@given(st.text())
def test_ce_qui_est_desarme_se_relit_intact(cellule: str) -> None:
    assert restore(neutralize(cellule)) == cellule
    assert neutralize(cellule)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2), min_size=1
    )
)
def test_ce_qui_est_ecrit_se_relit(lignes: list[list[str]]) -> None:
    assert read_rows(write_csv(lignes).decode("utf-8-sig")) == lignes


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_les_encodages_des_tableurs_se_lisent(encodage: str) -> None:
    assert decode_file("prénom;Zoé’s\r\n".encode(encodage)) == "prénom;Zoé’s\r\n"


@pytest.mark.parametrize(
    ("octets", "mot"),
    [
        (b"PK\x03\x04 renamed", "classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "classeur"),
        (b"%PDF\x00\x01", "fichier de texte"),
    ],
)
def test_un_fichier_binaire_est_nomme_pour_ce_qu_il_est(octets: bytes, mot: str) -> None:
    with pytest.raises(DonneeInvalide, match=mot):
        decode_file(octets)


def read(*lignes: str) -> list[tuple[int, list[str] | None]]:
    return list(read_records(enumerate(lignes, start=2), ";", 2))


def test_un_guillemet_jamais_referme_ne_prend_que_sa_ligne() -> None:
    assert read('a;"b\n', "c;d\n") == [(2, None), (3, ["c", "d"])]
    assert read('"e\n', 'f";g\n', "h;i\n") == [(2, ["e\nf", "g"]), (4, ["h", "i"])]


def test_une_cellule_tient_sur_une_ligne() -> None:
    assert read_cell("  Zoe\u0301\x00\x07\n\ud800 B ") == "Zoé B"
    assert read_cell("'=1+1") == "=1+1"
