"""CSV reading of files from common programs, and CSV writing with formulas disarmed."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mse.core.csv_reading import (
    decode_file,
    open_lines,
    read_cell,
    read_first,
    read_number,
    read_records,
    read_rows,
)
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
    ("octets", "texte"),
    [
        ("prénom;é\rZoé;ç".encode("mac_roman"), "prénom;é\rZoé;ç"),
        ("prénom;é\rZoé;ç".encode(), "prénom;é\rZoé;ç"),
        ("prénom;é\r\nZoé;ç".encode("cp1252"), "prénom;é\r\nZoé;ç"),
        ("prénom\tZoé\r\n".encode("utf-16-le"), "prénom\tZoé\r\n"),
        ("prénom\tZoé\r\n".encode("utf-16-be"), "prénom\tZoé\r\n"),
    ],
)
def test_un_fichier_sans_marque_se_reconnait(octets: bytes, texte: str, tmp_path: Path) -> None:
    """Files without BOM: CR line ends of an old Macintosh, UTF-16 of the format «Texte Unicode»."""
    assert decode_file(octets) == texte
    chemin = tmp_path / "liste.csv"
    chemin.write_bytes(octets)
    assert "".join(open_lines(chemin)).splitlines() == texte.splitlines()


@pytest.mark.parametrize("indication", ["sep=;\n", '"sep=;"\r\n', "\ufeffSEP=\t\n", "\n\nsep=,\n"])
def test_l_indication_du_tableur_n_est_pas_une_ligne(indication: str) -> None:
    lignes = enumerate([*indication.splitlines(keepends=True), "a;b\n", "1;2\n"], start=1)
    assert read_first(lignes) == "a;b\n"


@pytest.mark.parametrize(
    ("cellule", "lu"),
    [("13 013", "13013"), ("13013.0", "13013"), ("13\u202f013,00", "13013"), ("1.5", "1.5"), ("n 3", "n 3")],
)
def test_un_nombre_tel_que_les_tableurs_l_ecrivent(cellule: str, lu: str) -> None:
    assert read_number(cellule) == lu


@pytest.mark.parametrize(
    "hostile",
    [
        lambda n: ['"' + "a;" * n],
        lambda n: ['";b' * n],
        lambda n: ['";b\n'] * n,
        lambda n: ['a;"b\n'] * n,
        lambda n: ['a;"b" c\n', '"\n'] * n,
        lambda n: [";" * n],
        lambda n: ['"' * n],
    ],
)
def test_le_travail_est_proportionnel_a_la_longueur(
    hostile: Callable[[int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of characters passed to the parser is linear in the length of the file."""
    travail: list[int] = []
    vrai = csv.reader

    def reader(lignes: Iterable[str], **options: Any) -> Any:
        return vrai((travail.append(len(x)) or x for x in lignes), **options)

    monkeypatch.setattr("mse.core.csv_reading.csv.reader", reader)
    couts = []
    for n in (500, 1000):
        travail.clear()
        assert list(read_records(enumerate(hostile(n), start=1), ";", 2))
        couts.append(sum(travail))
    assert couts[1] <= 2.2 * couts[0]
    assert couts[1] <= 45 * sum(map(len, hostile(1000)))


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
