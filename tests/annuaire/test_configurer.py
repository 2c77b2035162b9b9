"""Configuration of thèmes and territoires: labels change, codes never do, a new import keeps the changes."""

from typing import Any

import pytest

from devtools.factories import Monde, hidden_fields, make_brouillon
from mse.annuaire.models import Changement, Territoire, Theme
from mse.annuaire.queries import list_themes
from mse.annuaire.use_cases.configurer import creer_theme, modifier_theme, renommer_territoire
from mse.annuaire.use_cases.initialiser import initialiser
from mse.core.errors import Conflit, DonneeInvalide, Interdit
from mse.extensions import db


def theme(code: str = "transport") -> Theme:
    return db.session.get_one(Theme, code)


def change(monde: Monde, code: str = "transport", **champs: Any) -> bool:
    """Submit all the fields of the page, with the present value for those not in `champs`."""
    tous = list_themes(retires=True)
    rang = tous.index(theme(code))
    tel_quel = {
        "libelle": theme(code).libelle,
        "apres": tous[rang - 1].code if rang else "",
        "organisme": theme(code).organisme,
        "retire": theme(code).retire_le is not None,
        "par": monde.animatrice,
    }
    return modifier_theme(theme(code), **{**tel_quel, **champs})


def test_ce_qu_une_personne_a_corrige_survit_au_rechargement(monde: Monde) -> None:
    change(monde, libelle="Se déplacer", apres="")
    renommer_territoire(db.session.get_one(Territoire, "13"), "Bouches-du-Rhône (13)", par=monde.admin)
    initialiser()
    assert (theme().libelle, list_themes()[0].code) == ("Se déplacer", "transport")
    assert db.session.get_one(Territoire, "13").nom == "Bouches-du-Rhône (13)"


def test_un_theme_retire_reste_sur_ses_fiches_et_n_est_plus_propose(monde: Monde, as_: Any) -> None:
    change(monde, retire=True)
    assert "Transport" in as_(None).get(f"/fiches/{monde.fiche.id}").text
    assert 'value="transport"' not in as_(monde.samira).get("/fiches/nouvelle").text
    assert 'value="transport"' in as_(None).get("/fiches").text  # still a filter of the list of fiches
    with pytest.raises(DonneeInvalide, match="n’existe plus"):
        make_brouillon(monde.promotion, monde.samira)
    change(monde, retire=False)
    assert 'value="transport"' in as_(monde.samira).get("/fiches/nouvelle").text


def test_un_theme_ajoute_se_place_ou_l_on_veut(monde: Monde) -> None:
    ajoute = creer_theme("Garde d’animaux", apres="remuneration", par=monde.animatrice)
    assert ajoute.code == "garde_d_animaux"
    codes = [t.code for t in list_themes()]
    assert codes.index("garde_d_animaux") == codes.index("remuneration") + 1
    assert codes.index("transport") == codes.index("remuneration") + 2
    initialiser()
    assert [t.code for t in list_themes()] == codes


@pytest.mark.parametrize(
    ("libelle", "mot"), [(" \u200b", "vide"), ("x" * 81, "81 caractères"), ("sante", "déjà un thème")]
)
def test_un_theme_mal_ecrit_est_refuse(monde: Monde, libelle: str, mot: str) -> None:
    with pytest.raises(DonneeInvalide, match=mot):
        creer_theme(libelle, par=monde.animatrice)
    assert db.session.query(Changement).filter(Changement.theme_code.is_not(None)).count() == 0


def test_une_place_inconnue_et_le_dernier_theme_sont_refuses(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide, match="place"):
        change(monde, apres="zzz")
    codes = [t.code for t in list_themes()]
    for code in codes[1:]:
        change(monde, code, retire=True)
    with pytest.raises(DonneeInvalide, match="dernier"):
        change(monde, codes[0], retire=True)
    assert [t.code for t in list_themes()] == codes[:1]


def test_chaque_changement_laisse_une_ligne_et_rien_n_en_laisse_aucune(monde: Monde) -> None:
    assert not change(monde)
    assert change(monde, libelle="Se déplacer", organisme=True, apres="")
    lignes = db.session.query(Changement).filter_by(theme_code="transport").order_by(Changement.id)
    assert [(ligne.champ, ligne.avant, ligne.apres) for ligne in lignes] == [
        ("libelle", "Transport", "Se déplacer"),
        ("ordre", None, "en premier"),
        ("organisme", "non", "oui"),
    ]


def test_seule_l_equipe_choisit_les_mots(monde: Monde) -> None:
    for par in (monde.referent, monde.samira):
        with pytest.raises(Interdit):
            creer_theme("Autre", par=par)
        with pytest.raises(Interdit):
            change(monde, libelle="Autre", par=par)
        with pytest.raises(Interdit):
            renommer_territoire(db.session.get_one(Territoire, "13"), "Autre", par=par)


def test_deux_personnes_a_la_fois_se_voient(monde: Monde, as_: Any) -> None:
    anouk = as_(monde.animatrice)
    lue = anouk.get("/themes/transport").text
    change(monde, libelle="Se déplacer", par=monde.admin)
    with pytest.raises(Conflit):
        change(monde, libelle="Mobilité", version=1)
    version = lue.split('name="version"')[1].split('value="')[1].split('"')[0]
    page = anouk.poster("/themes/transport", libelle="Mobilité", version=version, apres="remuneration")
    assert page.status_code == 409
    assert "quelqu’un d’autre" in page.text
    assert 'value="Mobilité"' in page.text
    assert theme().libelle == "Se déplacer"


def test_les_pages_disent_non_sans_tomber(monde: Monde, as_: Any) -> None:
    anouk = as_(monde.animatrice)
    jeton = hidden_fields(anouk.get("/themes/nouveau").text)["csrf_token"]
    for libelle in ("%00", "%ED%A0%80", "x" * 9000, ""):
        corps = f"csrf_token={jeton}&libelle={libelle}&apres="
        page = anouk.post("/themes/nouveau", data=corps, content_type="application/x-www-form-urlencoded")
        attendu = 303 if libelle == "%ED%A0%80" else 422  # decoded as U+FFFD
        assert page.status_code == attendu, libelle[:12]
    assert anouk.poster("/themes/nouveau", libelle="🚲 Vélo", apres="").status_code == 303
    assert anouk.poster("/territoires/13", nom="", version="zz").status_code == 422
    assert anouk.get("/themes/zzz").status_code == 404
    assert anouk.get("/territoires/%00").status_code == 404
    renomme = anouk.poster("/territoires/13", nom="Le 13")
    assert renomme.status_code == 303
    assert "de « Bouches-du-Rhône » à « Le 13 »" in anouk.get("/territoires").text
