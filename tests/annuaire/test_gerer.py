"""Management of an acteur by its référents and animateurs. It closes only once nothing is pending."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from devtools.factories import (
    LONGUE,
    Monde,
    make_acteur,
    make_agent,
    make_brouillon,
    make_compte,
)
from mse.annuaire.models import Acteur, Changement, Nature, NatureChangement
from mse.annuaire.queries import FiltresActeurs, list_acteurs, list_noms_de_services
from mse.annuaire.use_cases.creer import creer_competence
from mse.annuaire.use_cases.gerer import fermer_acteur, modifier_acteur, retirer_competence, rouvrir_acteur
from mse.comptes.models import Compte
from mse.core import clock
from mse.core.clock import now
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.fiches.queries.routage import propose
from mse.fiches.use_cases.traiter import repondre_saisine
from tests.imports.liste_organismes import A, Chargeur, acteur, issues, ligne


def histoire(objet: Acteur) -> list[Any]:
    lignes = db.session.query(Changement).filter_by(acteur_id=objet.id).order_by(Changement.id)
    return [(x.nature.value, x.champ, x.avant, x.apres) for x in lignes]


def test_le_referent_corrige_et_l_historique_dit_quoi(monde: Monde, as_: Any) -> None:
    rene, adresse = as_(monde.referent), f"/acteurs/{monde.transports.id}/profil"
    page = rene.poster(
        adresse, nom="Cars et navettes", courriel="CARS@exemple.fr", lieu="13001 marseille", zone=""
    )
    assert page.status_code == 303
    db.session.expire_all()
    lus = monde.transports
    assert (lus.nom, lus.courriel, lus.commune_code) == ("Cars et navettes", "cars@exemple.fr", "13055")
    assert lus.territoire_code == "13-9312"  # that of the commune
    assert histoire(lus) == [
        ("champ", "nom", "Service Cars régionaux", "Cars et navettes"),
        ("champ", "courriel", None, None),  # an address is personal data: it is not recorded
        ("champ", "commune", None, "Marseille"),
        ("champ", "territoire", None, "Marseille"),
    ]
    page = rene.get(f"/acteurs/{lus.id}/gestion").text
    assert "de « Service Cars régionaux » à « Cars et navettes »" in page
    assert "Rene, référent·e" in page
    assert rene.poster(adresse).status_code == 422  # nothing was sent: the name is missing


def test_ce_qui_est_corrige_n_est_jamais_ecrase_par_l_import(monde: Monde, charger: Chargeur) -> None:
    charger(ligne(A, voie="1 RUE HAUTE"))
    modifier_acteur(acteur(A), nom="Lavande et Cie", adresse=None, par=monde.animatrice)
    bilans = charger(ligne(A, nom="LAVANDE SAS", voie="2 RUE BASSE", nda="93131"))
    assert issues(bilans) == ["actualise"]
    assert (acteur(A).nom, acteur(A).adresse, acteur(A).declaration) == ("Lavande et Cie", None, "93131")
    assert ("champ", "declaration", None, "93131") in histoire(acteur(A))


def test_un_referent_ne_touche_ni_au_siret_ni_aux_delais(monde: Monde, as_: Any) -> None:
    with pytest.raises(Interdit):
        modifier_acteur(monde.transports, siret=A, par=monde.referent)
    adresse = f"/acteurs/{monde.transports.id}/profil"
    champs = {"nom": "Cars", "siret": A, "delai_reponse": "250", "nature": "organisme", "zone": ""}
    assert as_(monde.referent).poster(adresse, **champs).status_code == 303
    db.session.expire_all()
    assert (monde.transports.siret, monde.transports.delai_reponse) == (None, None)
    assert monde.transports.nature == Nature.SERVICE
    for par in (monde.agent, monde.autre_agent, monde.samira):
        with pytest.raises(Interdit):
            modifier_acteur(monde.transports, nom="Autre", par=par)


@pytest.mark.parametrize(
    ("champs", "mot"),
    [
        ({"nom": "\x00"}, "Écrivez"),
        ({"nom": "n" * 201}, "201 caractères"),
        ({"courriel": "contact"}, "n’est pas valable"),
        ({"lieu": "Atlantide 🐟"}, "n’existe pas ici"),
        ({"lieu": "13100"}, "plusieurs communes"),
        ({"zone": "zz"}, "choi"),
        ({"siret": "123"}, "SIRET"),
        ({"nature": "roi"}, "choi"),
        ({"delai_reponse": "0"}, "entre 1 et 250"),
        ({"delai_reponse": "1e3"}, "en chiffres"),
        ({"delai_prise_en_charge": "9" * 30}, "entre 1 et 250"),
        ({"version": "deux"}, "en chiffres"),
    ],
)
def test_une_saisie_fautive_est_rendue_avec_une_phrase(
    monde: Monde, as_: Any, champs: dict[str, str], mot: str
) -> None:
    saisie = {"nom": "Cars", "nature": "service", "zone": "", "adresse": "12, rue gardée", **champs}
    page = as_(monde.animatrice).poster(f"/acteurs/{monde.transports.id}/profil", **saisie)
    assert page.status_code == 422
    assert mot in page.text
    assert "12, rue gardée" in page.text
    assert histoire(monde.transports) == []


def test_deux_personnes_a_la_fois_se_voient(monde: Monde, as_: Any) -> None:
    rene, adresse = as_(monde.referent), f"/acteurs/{monde.transports.id}/profil"
    modifier_acteur(monde.transports, adresse="1 rue Haute", par=monde.animatrice)
    page = rene.poster(adresse, nom="Cars de René", zone="", version="1")
    assert page.status_code == 409
    assert "quelqu’un d’autre" in page.text
    assert "Cars de René" in page.text
    db.session.expire_all()
    assert monde.transports.nom == "Service Cars régionaux"


def test_un_organisme_qui_a_des_promotions_le_reste(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide, match="promotions"):
        modifier_acteur(monde.lavande, nature=Nature.SERVICE, par=monde.animatrice)


def test_une_animatrice_cree_un_acteur_et_sa_competence(monde: Monde, as_: Any) -> None:
    anouk = as_(monde.animatrice)
    faux = anouk.poster("/acteurs/nouveau", nom="", siret="x" * 41).text
    assert re.findall(r'<li><a href="#([\w-]+)">', faux) == ["nature-0", "nom", "siret"]  # in page order
    page = anouk.poster("/acteurs/nouveau", nom="Mission Vélo", nature="service", lieu="Nice", zone="")
    assert page.status_code == 303
    velo = db.session.query(Acteur).filter_by(nom="Mission Vélo").one()
    assert velo.commune_code == "06088"
    url = f"/acteurs/{velo.id}/competences/nouvelle"
    formulaire = anouk.get(url).text
    assert "Tout le territoire" in formulaire
    assert '<option value="93">' not in formulaire  # the root is offered as «Tout le territoire»
    assert anouk.poster(url, theme_code="transport", territoire_code="06").status_code == 303
    assert anouk.poster(url, theme_code="transport", territoire_code="06").status_code == 303  # second click
    with clock.at(now() + timedelta(minutes=11)):
        encore = anouk.poster(url, theme_code="transport", territoire_code="06")
    assert encore.status_code == 422
    assert "déjà cette compétence" in encore.text
    assert "</svg>Alpes-Maritimes</p>" in as_(None).get(f"/acteurs/{velo.id}").text
    retrait = f"/acteurs/{velo.id}/competences/{velo.competences[0].id}/retrait"
    assert anouk.poster(retrait).status_code == 303
    assert anouk.get(retrait).status_code == 404
    assert [(x[0], x[2], x[3]) for x in histoire(velo)] == [
        ("creation", None, None),
        ("competence_ajoutee", None, "Transport, Alpes-Maritimes"),
        ("competence_retiree", "Transport, Alpes-Maritimes", None),
    ]


def test_un_referent_ne_choisit_pas_ses_competences(monde: Monde) -> None:
    with pytest.raises(Interdit):
        creer_competence(monde.transports, theme_code="sante", par=monde.referent)
    with pytest.raises(Interdit):
        retirer_competence(monde.transports.competences[0], par=monde.referent)
    assert len(monde.transports.competences) == 1


# ---------------------------------------------------------------- closure


def test_ferme_il_n_est_plus_propose_mais_ses_reponses_restent(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    brouillon = make_brouillon(monde.promotion, monde.samira)
    assert monde.transports in [p.acteur for p in propose(brouillon)]
    anouk = as_(monde.animatrice)
    assert anouk.poster(f"/acteurs/{monde.transports.id}/fermeture").status_code == 303
    db.session.expire_all()
    assert monde.transports not in [p.acteur for p in propose(brouillon)]
    assert monde.transports.id not in [a.id for a in list_acteurs(FiltresActeurs()).rows]
    assert monde.transports.id not in [row.id for row in list_noms_de_services()]
    assert "Fermé le" in as_(None).get(f"/acteurs/{monde.transports.id}").text
    assert LONGUE[:40] in as_(None).get(f"/fiches/{monde.fiche.id}").text
    fermer_acteur(monde.transports, par=monde.animatrice)  # the second click
    rouvrir_acteur(monde.transports, par=monde.animatrice)
    assert monde.transports in [p.acteur for p in propose(brouillon)]
    assert [x[0] for x in histoire(monde.transports)] == ["fermeture", "reouverture"]


def test_un_referent_ne_ferme_pas_son_service(monde: Monde) -> None:
    with pytest.raises(Interdit):
        fermer_acteur(monde.remuneration, par=monde.referent)
    assert monde.remuneration.ferme_le is None


# ---------------------------------------------------------------- history


def test_l_historique_oublie_qui_est_efface(monde: Monde, as_: Any) -> None:
    """The history keeps the line of a deleted account, without the name."""
    gerante = make_agent(monde.remuneration, "Gerante", referent=True)
    modifier_acteur(monde.remuneration, adresse="1 rue Haute", par=gerante)
    gestion = f"/acteurs/{monde.remuneration.id}/gestion"
    assert "Gerante, référent·e" in as_(monde.animatrice).get(gestion).text
    db.session.execute(delete(Compte).where(Compte.id == gerante.id))
    db.session.commit()
    page = as_(monde.animatrice).get(gestion).text
    assert "Gerante" not in page
    assert "1 rue Haute" in page


def test_l_historique_se_lit_page_apres_page(monde: Monde, as_: Any) -> None:
    for n in range(30):
        modifier_acteur(monde.transports, adresse=f"{n} rue Haute", par=monde.animatrice)
    rene, gestion = as_(monde.referent), f"/acteurs/{monde.transports.id}/gestion"
    premiere = rene.get(gestion).text
    assert premiere.count("<time") == 25
    derniere = db.session.query(Changement).filter_by(nature=NatureChangement.CHAMP).order_by(Changement.id)
    suite = rene.get(f"{gestion}?avant={derniere[5].id}").text
    assert suite.count("<time") == 5
    assert rene.get(f"{gestion}?avant=zz").status_code == 422


def test_deux_homonymes_sans_compte_se_distinguent(monde: Monde, as_: Any) -> None:
    for siret, commune in (("12000101100010", "06088"), ("12000101100028", None)):
        make_acteur("Aftral", Nature.ORGANISME, siret=siret, commune_code=commune)
    page = as_(monde.animatrice).get("/acteurs/sans-compte?q=aftral").text
    assert page.count(">Aftral<") == 2
    assert "Nice · SIRET 12000101100010" in page
    assert "SIRET 12000101100028" in page


def test_les_sans_compte_attendent_une_invitation(monde: Monde, as_: Any) -> None:
    make_acteur("Fermé", ferme_le=monde.promotion.debut)
    page = as_(monde.animatrice).get("/acteurs/sans-compte").text
    assert "Lavande Formation" in page
    assert "Service Rémunération" not in page
    assert "Fermé" not in page
    assert "Lavande" not in as_(monde.animatrice).get("/acteurs/sans-compte?nature=service").text
    assert as_(monde.animatrice).get("/acteurs/sans-compte?nature=roi").status_code == 422
    assert as_(make_compte("Simple")).get("/acteurs/sans-compte").status_code == 403
