"""Workbooks hold text only, without formula or link, and are read back unchanged."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from mse.core.xlsx_writing import write_xlsx


@pytest.mark.parametrize(
    "texte", ["=1+1", "=HYPERLINK(0)", "+33", "-2", "@SUM(A1)", "https://exemple.fr", "'=1", "Été « à »"]
)
def test_un_texte_reste_un_texte(texte: str) -> None:
    contenu = write_xlsx([["nom", "n"], [texte, 3], [texte, None]], title="Météo", widths=(20, 5))
    feuille = load_workbook(BytesIO(contenu)).active
    assert (feuille["A2"].data_type, feuille["A2"].value, feuille["A2"].hyperlink) == ("s", texte, None)
    assert (feuille["B2"].value, feuille["B3"].value, feuille.freeze_panes) == (3, None, "A2")
