"""Every number field refuses a number of thousands of digits with a message."""

from typing import Any

import pytest
from wtforms import IntegerField
from wtforms.fields.core import UnboundField

from devtools.factories import Monde, make_brouillon, make_initiative, make_promotion
from mse.core.web import BaseForm, NumberField

ENORMES = ["9" * 400, "9" * 5000, "1" + "0" * 9]


def _forms(parent: type[BaseForm] = BaseForm) -> list[type[BaseForm]]:
    return [parent, *(form for fille in parent.__subclasses__() for form in _forms(fille))]


def test_tout_nombre_est_lu_par_le_champ_sur() -> None:
    """`IntegerField` passes any integer on, and `NumberRange` then overflows."""
    champs = [
        (form.__name__, nom, champ.field_class)
        for form in _forms()
        for nom, champ in vars(form).items()
        if isinstance(champ, UnboundField) and issubclass(champ.field_class, IntegerField)
    ]
    assert len(champs) >= 8
    assert [un for un in champs if un[2] is not NumberField] == []


@pytest.mark.parametrize("nombre", ENORMES)
def test_un_nombre_enorme_recoit_une_phrase(monde: Monde, as_: Any, nombre: str) -> None:
    brouillon = make_brouillon(monde.promotion, monde.samira)
    initiative = make_initiative(monde.promotion, monde.samira)
    election = f"/promotions/{make_promotion(monde.lavande, 'Pâtissier').id}/election"
    for qui, url, champ in (
        (monde.samira, f"/fiches/{brouillon.id}/brouillon/effectif", "effectif_concerne"),
        (monde.samira, f"/fiches/{brouillon.id}/brouillon/effectif", "version"),
        (monde.samira, f"/fiches/{brouillon.id}/brouillon/pieces", "retirer"),
        (monde.samira, f"/initiatives/{initiative.id}/fiches", "fiche_id"),
        (monde.samira, f"/initiatives/{initiative.id}/documents", "retirer"),
        (monde.animatrice, f"/acteurs/{monde.lavande.id}/promotions/nouvelle", "effectif"),
        (monde.animatrice, f"/acteurs/{monde.transports.id}/profil", "delai_reponse"),
        (monde.animatrice, f"{election}/documents", "electeurs"),
        (monde.animatrice, f"{election}/resultat", "inscrits"),
        (monde.animatrice, f"{election}/carence", "votants"),
    ):
        refus = as_(qui).poster(url, **{champ: nombre})
        assert refus.status_code == (409 if champ == "version" else 422), (url, champ)
        if champ not in ("version", "retirer"):
            assert f'<a href="#{champ}">' in refus.text, (url, champ)  # the error summary links to the field


def test_ce_qui_n_est_pas_un_nombre_recoit_une_seule_phrase(monde: Monde, as_: Any) -> None:
    url = f"/acteurs/{monde.lavande.id}/promotions/nouvelle"
    refus = as_(monde.animatrice).poster(url, effectif="douze").text
    assert "Écrivez un nombre, en chiffres." in refus
    assert "entre 1 et 1" not in refus


@pytest.mark.parametrize("nombre", ENORMES)
def test_une_adresse_au_numero_enorme_n_existe_pas(monde: Monde, as_: Any, nombre: str) -> None:
    admin = as_(monde.admin)
    for url in (
        "/fiches/{}",
        "/initiatives/{}",
        "/acteurs/{}",
        "/promotions/{}/modifier",
        "/comptes/{}/fermeture",
    ):
        assert admin.get(url.format(nombre)).status_code == 404, url
    for url in (
        "/fiches?apres=1-{}",
        "/fiches?apres={}-1",
        "/fiches?acteur={}",
        "/initiatives?apres={}-1",
        "/comptes?apres={}",
        "/acteurs?apres={}",
        "/meteo?fenetre={}",
        "/meteo?le={}",
        "/meteo/93/resolution?page={}",
        "/mon-espace?apres={}",
    ):
        assert admin.get(url.format(nombre)).status_code < 500, url
