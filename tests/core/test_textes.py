"""Typed text is stored as every database can hold it, and counted as people see it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mse.core.textes import clean, nombre, visible_length


@given(st.text(st.characters(codec=None)))
def test_tout_texte_devient_enregistrable(texte: str) -> None:
    propre = clean(texte)
    assert "\x00" not in propre
    propre.encode("utf-8")
    assert unicodedata.is_normalized("NFC", propre)
    assert clean(propre) == propre


def test_les_blancs_ne_font_pas_une_reponse() -> None:
    assert visible_length("  oui \n\n\n non ") == len("oui non")
    assert visible_length("\u200b\u200b\u2060 " * 50) == 0


def test_les_milliers_se_lisent() -> None:
    assert nombre(1284) == "1\u202f284"


def test_des_milliers_d_accents_sur_une_lettre_ne_bloquent_rien() -> None:
    assert len(clean("a" + "\u0301\u0316" * 20_000)) < 40
    assert clean("e\u0301") == "é"
