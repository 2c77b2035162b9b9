"""Normalisation of typed text for both databases, and its length in visible characters."""

import unicodedata

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from devtools.factories import Monde, make_fiche
from mse.core.text import _, clean, nombre, visible_length
from mse.extensions import db
from tests.notifications.conftest import take_mails


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


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("une promotion de Lavande", "délégué·e d’une promotion de Lavande"),
        ("Émile", "délégué·e d’Émile"),
        ("Œuvres et cie", "délégué·e d’Œuvres et cie"),
        ("Hélène", "délégué·e de Hélène"),
        ("«\u202fAgent\u202f»", "délégué·e de «\u202fAgent\u202f»"),
        ("11 personnes", "délégué·e de 11 personnes"),
        ("", "délégué·e de "),
        (11, "délégué·e de 11"),
    ],
)
def test_de_s_elide_devant_une_voyelle(app: Flask, nom: object, dit: str) -> None:
    """«de» becomes «d’» before a vowel, in translations of the code and of the templates."""
    assert _("délégué·e de %(nom)s", nom=nom) == dit
    en_gras = "{% trans nom=nom %}délégué·e de <b>{{ nom }}</b>{% endtrans %}"
    page = "{{ _('délégué·e de %(nom)s', nom=nom) }}|" + en_gras
    with app.test_request_context():
        avec, en_gras = render_template_string(page, nom=nom).split("|")
    assert avec == dit
    assert en_gras == dit.removesuffix(str(nom)) + f"<b>{nom}</b>"


def test_un_nom_piege_reste_echappe(app: Flask) -> None:
    with app.test_request_context():
        page = render_template_string("{{ _('fiche de %(nom)s', nom=nom) }}", nom="Ana <script>")
    assert page == "fiche d’Ana &lt;script&gt;"


def test_le_delegue_d_une_petite_promotion_se_lit_bien(monde: Monde) -> None:
    monde.promotion.effectif = 4
    db.session.commit()
    take_mails()
    make_fiche(monde.promotion, monde.samira, monde.transports)
    textes = [mail.texte or "" for mail in take_mails() if mail.evenement == "saisine_ouverte"]
    assert textes
    assert all("élégué·e d’une promotion de" in texte for texte in textes)
