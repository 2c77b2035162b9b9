"""Creation of acteurs, compétences, promotions and roles by hand, and every refusal."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_acteur, make_agent, make_compte, make_delegue, make_promotion
from mse.annuaire.models import Acteur, Competence, Nature
from mse.annuaire.use_cases.creer import creer_acteur, creer_competence, ouvrir_appartenance
from mse.comptes.models import Compte
from mse.core import clock
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.representation.models import Mandat, Promotion, RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat
from mse.representation.use_cases.promotions import creer_promotion

SIRET = "00090001900019"


def journal() -> list[tuple[str, int]]:
    return [(x.action, x.objet_id) for x in db.session.query(LigneJournal).order_by(LigneJournal.id)]


# ---------------------------------------------------------------- acteurs


def test_un_double_clic_ne_cree_qu_un_acteur(monde: Monde, as_: Any) -> None:
    """A second identical form, with or without SIRET, creates nothing. One different field creates another
    acteur."""
    anouk, lieux = as_(monde.animatrice), []
    saisies = [{}, {}, {"siret": SIRET}, {"siret": SIRET}, {"adresse": "2 rue Basse"}]
    for saisie in saisies:
        envoi = {"nom": "Mission locale", "nature": "organisme", "lieu": "13001 marseille", "zone": ""}
        reponse = anouk.poster("/acteurs/nouveau", **envoi, **saisie)
        assert reponse.status_code == 303
        lieux.append(reponse.location)
    assert lieux[0] == lieux[1]
    assert lieux[2] == lieux[3]
    assert len(set(lieux)) == 3


def test_un_acteur_est_la_ou_est_sa_commune(app: Flask) -> None:
    acteur = creer_acteur(
        nature=Nature.ORGANISME,
        nom="  Lavande\n Formation ",
        siret="000 900 019 00019",
        commune_code="13055",
        courriel="Contact@Lavande.example",
    )
    assert (acteur.nom, acteur.siret, acteur.territoire_code) == ("Lavande Formation", SIRET, "13-9312")
    assert acteur.courriel == "contact@lavande.example"
    assert journal() == [("acteur_cree", acteur.id)]


@pytest.mark.parametrize(
    ("champs", "mot"),
    [
        ({"nom": " \u200b\n"}, "vide"),
        ({"nom": "L" * 201}, "201 caractères"),
        ({"siret": "00090001900018"}, "SIRET"),
        ({"siret": "\x00"}, "SIRET"),
        ({"courriel": "contact"}, "adresse électronique"),
        ({"commune_code": "99999"}, "commune"),
        ({"territoire_code": "zzz\x00"}, "territoire"),
        ({"delai_reponse": 0}, "au moins 1 jour"),
    ],
)
def test_un_acteur_mal_ecrit_est_refuse_d_une_phrase(app: Flask, champs: dict[str, Any], mot: str) -> None:
    with pytest.raises(DonneeInvalide, match=mot):
        creer_acteur(**{"nature": Nature.SERVICE, "nom": "Service", **champs})
    assert db.session.query(Acteur).count() == 0
    assert journal() == []


def test_un_siret_n_a_qu_un_acteur(app: Flask) -> None:
    creer_acteur(nature=Nature.ORGANISME, nom="Lavande", siret=SIRET)
    with pytest.raises(DonneeInvalide, match="Lavande"):
        creer_acteur(nature=Nature.ORGANISME, nom="Azur", siret=SIRET)


# ---------------------------------------------------------------- compétences


def test_une_competence_sans_theme_ni_territoire_vaut_pour_tout_une_seule_fois(app: Flask) -> None:
    service = make_acteur("Service")
    competence = creer_competence(service)
    assert (competence.theme_code, competence.territoire_code) == (None, None)
    assert creer_competence(service) is competence  # the second click
    with clock.at(now() + timedelta(minutes=11)), pytest.raises(DonneeInvalide, match="déjà"):
        creer_competence(service)
    creer_competence(service, theme_code="transport")
    creer_competence(service, theme_code="transport", territoire_code="13")
    with clock.at(now() + timedelta(minutes=11)), pytest.raises(DonneeInvalide, match="déjà"):
        creer_competence(service, theme_code="transport", territoire_code="13")
    assert db.session.query(Competence).count() == 3


@pytest.mark.parametrize(
    "champs", [{"theme_code": "cuisine"}, {"territoire_code": "75"}, {"theme_code": "\x00"}]
)
def test_une_competence_inconnue_est_refusee(app: Flask, champs: dict[str, Any]) -> None:
    service = make_acteur("Service")
    with pytest.raises(DonneeInvalide, match="n’existe pas"):
        creer_competence(service, **champs)


# ---------------------------------------------------------------- promotions


def _promotion(organisme: Acteur, **champs: Any) -> Promotion:
    valeurs = {"titre": "Soudeur", "commune_code": "13055", "debut": today(), "fin": today(), "effectif": 1}
    return creer_promotion(organisme, **{**valeurs, **champs})


def test_une_promotion_d_un_jour_d_une_personne_est_une_promotion(app: Flask) -> None:
    promotion = _promotion(make_acteur("Lavande", Nature.ORGANISME))
    assert promotion.territoire_code == "13-9312"
    assert journal() == [("promotion_creee", promotion.id)]


@pytest.mark.parametrize(
    ("champs", "mot"),
    [
        ({"debut": date(2026, 3, 2), "fin": date(2026, 3, 1)}, "avant son début"),
        ({"effectif": 0}, "au moins une personne"),
        ({"commune_code": "13"}, "code INSEE"),
        ({"titre": ""}, "vide"),
    ],
)
def test_une_promotion_impossible_est_refusee(app: Flask, champs: dict[str, Any], mot: str) -> None:
    organisme = make_acteur("Lavande", Nature.ORGANISME)
    with pytest.raises(DonneeInvalide, match=mot):
        _promotion(organisme, **champs)


def test_une_promotion_ne_continue_que_chez_le_meme_organisme(app: Flask) -> None:
    lavande, azur = make_acteur("Lavande", Nature.ORGANISME), make_acteur("Azur", Nature.ORGANISME)
    premiere = _promotion(lavande)
    assert _promotion(lavande, titre="Soudeur, suite", succede_a=premiere).succede_a_id == premiere.id
    with pytest.raises(DonneeInvalide, match="même organisme"):
        _promotion(azur, succede_a=premiere)


def test_un_service_ou_un_organisme_ferme_n_a_pas_de_promotion(app: Flask) -> None:
    with pytest.raises(DonneeInvalide, match="organisme de formation"):
        _promotion(make_acteur("Service"))
    with pytest.raises(DonneeInvalide, match="fermé"):
        _promotion(make_acteur("Lavande", Nature.ORGANISME, ferme_le=today()))


# ---------------------------------------------------------------- agents and mandats


def test_on_travaille_une_fois_pour_un_acteur(app: Flask) -> None:
    ada, service = make_compte("Ada"), make_acteur("Service")
    assert not service.a_un_agent
    appartenance = ouvrir_appartenance(ada, service, referent=True)
    assert appartenance.est_referent
    assert service.a_un_agent
    with pytest.raises(DonneeInvalide, match="déjà"):
        ouvrir_appartenance(ada, service)
    appartenance.fin = today() - timedelta(days=1)
    appartenance.debut = appartenance.fin
    db.session.commit()
    assert ouvrir_appartenance(ada, service).debut == today()


def test_une_promotion_a_deux_sieges_et_deux_personnes(app: Flask) -> None:
    promotion = make_promotion(make_acteur("Lavande", Nature.ORGANISME))
    samira, karim, lea = (make_compte(prenom) for prenom in ("Samira", "Karim", "Lea"))
    mandat = ouvrir_mandat(samira, promotion, RoleMandat.TITULAIRE)
    with pytest.raises(DonneeInvalide, match="siège"):
        ouvrir_mandat(karim, promotion, RoleMandat.TITULAIRE)
    with pytest.raises(DonneeInvalide, match="déjà un mandat"):
        ouvrir_mandat(samira, promotion, RoleMandat.SUPPLEANT)
    ouvrir_mandat(karim, promotion, RoleMandat.SUPPLEANT)
    mandat.debut = mandat.fin = today() - timedelta(days=1)
    db.session.commit()
    ouvrir_mandat(lea, promotion, RoleMandat.TITULAIRE)
    assert db.session.query(Mandat).count() == 3


def test_une_formation_finie_n_elit_plus_personne(app: Flask) -> None:
    promotion = make_promotion(make_acteur("Lavande", Nature.ORGANISME), fin=today() - timedelta(days=1))
    with pytest.raises(DonneeInvalide, match="terminée"):
        ouvrir_mandat(make_compte(), promotion, RoleMandat.TITULAIRE)


def test_un_compte_ferme_ne_recoit_aucun_role(app: Flask) -> None:
    parti: Compte = make_compte(ferme_le=now())
    organisme = make_acteur("Lavande", Nature.ORGANISME)
    with pytest.raises(DonneeInvalide, match="fermé"):
        ouvrir_appartenance(parti, organisme)
    with pytest.raises(DonneeInvalide, match="fermé"):
        ouvrir_mandat(parti, make_promotion(organisme), RoleMandat.TITULAIRE)


# ---------------------------------------------------------------- permissions


def test_l_equipe_remplit_l_annuaire_les_autres_non(app: Flask) -> None:
    lavande = make_acteur("Lavande", Nature.ORGANISME)
    promotion = make_promotion(lavande)
    agent, ailleurs = make_agent(lavande, "Otto"), make_agent(make_acteur("Azur", Nature.ORGANISME), "Ines")
    deleguee = make_delegue(promotion, "Samira")
    for par in (make_compte(est_animateur=True), make_compte(est_administrateur=True)):
        assert creer_acteur(nature=Nature.SERVICE, nom="Service", par=par).id
    for par in (agent, ailleurs, deleguee):
        with pytest.raises(Interdit):
            creer_acteur(nature=Nature.SERVICE, nom="Service", par=par)
        with pytest.raises(Interdit):
            creer_competence(lavande, par=par)
        with pytest.raises(Interdit):
            ouvrir_appartenance(deleguee, lavande, par=par)
    assert _promotion(lavande, par=agent).id
    assert ouvrir_mandat(make_compte(), promotion, RoleMandat.SUPPLEANT, par=agent).id
    for par in (ailleurs, deleguee):
        with pytest.raises(Interdit):
            _promotion(lavande, par=par)
        with pytest.raises(Interdit):
            ouvrir_mandat(make_compte(), promotion, RoleMandat.SUPPLEANT, par=par)


def test_le_journal_nomme_qui_a_agi(monde: Monde) -> None:
    competence = creer_competence(monde.transports, theme_code="securite", par=monde.animatrice)
    derniere = db.session.query(LigneJournal).order_by(LigneJournal.id.desc()).first()
    assert derniere is not None
    assert (derniere.action, derniere.objet_id, derniere.compte_id) == (
        "competence_creee",
        competence.id,
        monde.animatrice.id,
    )
