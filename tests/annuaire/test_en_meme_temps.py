"""Concurrent changes of the directory: the rules on uniqueness and on the last référent or thème hold."""

from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from devtools.factories import MARSEILLE, Monde, make_agent, make_compte, make_promotion
from mse.annuaire.models import Acteur, Appartenance, Nature, Theme
from mse.annuaire.queries import count_referents, list_agents, list_noms_d_acteurs, list_themes
from mse.annuaire.use_cases.agents import accueillir_agent, demettre_referent
from mse.annuaire.use_cases.configurer import creer_theme, modifier_theme
from mse.annuaire.use_cases.creer import creer_acteur, creer_competence, ouvrir_appartenance
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.extensions import db
from mse.imports.queries import list_imports
from mse.imports.use_cases import importer_liste
from mse.imports.use_cases.importer_liste import demander_import
from mse.representation.models import Promotion, RoleMandat
from mse.representation.queries import list_mandats_ouverts
from mse.representation.use_cases.comptes import fermer_compte
from mse.representation.use_cases.mandats import ouvrir_mandat
from mse.representation.use_cases.promotions import creer_promotion
from tests.concurrency import get, together

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)


def test_un_siege_a_une_personne(app: Flask, monde: Monde) -> None:
    promotion = make_promotion(monde.ailleurs, "Vendeur").id
    une, autre = make_compte("Fatou").id, make_compte("Hugo").id
    premier, second = together(
        app,
        lambda: ouvrir_mandat(get(Compte, une), get(Promotion, promotion), RoleMandat.TITULAIRE),
        lambda: ouvrir_mandat(get(Compte, autre), get(Promotion, promotion), RoleMandat.TITULAIRE),
    )
    assert premier is None
    assert isinstance(second, DonneeInvalide)
    [mandat] = list_mandats_ouverts(get(Promotion, promotion), le=today())
    assert mandat.compte_id == une


def test_on_travaille_une_fois_pour_un_acteur(app: Flask, monde: Monde) -> None:
    """The page and the command add the same agent concurrently."""
    acteur, anouk, nouvelle = monde.transports.id, monde.animatrice.id, make_compte("Ines")
    agents, qui = len(list_agents(monde.transports, le=today())), nouvelle.id
    nom = {"prenom": nouvelle.prenom, "nom": nouvelle.nom, "courriel": nouvelle.courriel}
    premier, second = together(
        app,
        lambda: accueillir_agent(get(Acteur, acteur), referent=False, par=get(Compte, anouk), **nom),
        lambda: ouvrir_appartenance(get(Compte, qui), get(Acteur, acteur)),
    )
    assert premier is None
    assert isinstance(second, DonneeInvalide)
    assert len(list_agents(get(Acteur, acteur), le=today())) == agents + 1


def test_le_dernier_referent_reste(app: Flask, monde: Monde) -> None:
    """Two référents resign concurrently: the second one is refused, being the last."""
    autre = make_agent(monde.transports, "Maud", referent=True)
    postes = {a.compte_id: a.id for a in list_agents(monde.transports, le=today())}
    acteur, rene, maud = monde.transports.id, monde.referent.id, autre.id
    premier, second = together(
        app,
        lambda: demettre_referent(get(Appartenance, postes[rene]), par=get(Compte, rene)),
        lambda: demettre_referent(get(Appartenance, postes[maud]), par=get(Compte, maud)),
    )
    assert premier is None
    assert isinstance(second, TransitionInterdite)
    assert count_referents(get(Acteur, acteur), le=today()) == 1


def test_un_double_clic_ne_cree_qu_un_acteur(app: Flask, monde: Monde) -> None:
    anouk = monde.animatrice.id

    def clic() -> None:
        creer_acteur(nature=Nature.SERVICE, nom="Service Bourses", par=get(Compte, anouk))

    assert together(app, clic, clic) == [None, None]
    assert len([a for a in list_noms_d_acteurs() if a.nom == "Service Bourses"]) == 1


def test_le_dernier_theme_reste(app: Flask, monde: Monde) -> None:
    """The last two thèmes are retired concurrently: the second request is refused."""
    restent = list_themes()
    for reste in restent[2:]:
        reste.retire_le = today()
    db.session.commit()
    un, autre, anouk = restent[0].code, restent[1].code, monde.animatrice.id

    def retirer(code: str, apres: str) -> None:
        theme = db.session.get_one(Theme, code)
        mots = {"libelle": theme.libelle, "organisme": theme.organisme, "apres": apres}
        modifier_theme(theme, **mots, retire=True, par=get(Compte, anouk))

    premier, second = together(app, lambda: retirer(un, ""), lambda: retirer(autre, un))
    assert premier is None
    assert isinstance(second, DonneeInvalide)
    db.session.expire_all()
    assert [theme.code for theme in list_themes()] == [autre]


def test_deux_themes_nouveaux_ont_deux_noms(app: Flask, monde: Monde) -> None:
    """Labels that differ only by case count as equal."""
    dernier, anouk = list_themes(retires=True)[-1].code, monde.animatrice.id
    premier, second = together(
        app,
        lambda: creer_theme("Vélo", apres=dernier, par=get(Compte, anouk)),
        lambda: creer_theme("VÉLO", apres=dernier, par=get(Compte, anouk)),
    )
    assert premier is None
    assert isinstance(second, DonneeInvalide)


def test_une_seule_liste_s_importe_a_la_fois(app: Flask, monde: Monde) -> None:
    anouk = monde.animatrice.id

    def demander() -> None:
        demander_import("liste.csv", BytesIO(b"une ligne"), essai=True, par=get(Compte, anouk))

    premier, second = together(app, demander, demander)
    assert premier is None
    assert isinstance(second, DonneeInvalide)
    assert len(list_imports()) == 1


def test_le_worker_qui_avance_ne_laisse_pas_passer_une_seconde_liste(app: Flask, monde: Monde) -> None:
    """The worker locks the row of the import while it stores its progress."""
    anouk = monde.animatrice.id
    en_cours = demander_import("liste.csv", BytesIO(b"une ligne"), essai=True, par=monde.animatrice).id

    def demander() -> None:
        demander_import("liste.csv", BytesIO(b"une ligne"), essai=True, par=get(Compte, anouk))

    avance, refus = together(app, lambda: importer_liste._avancer(en_cours, Counter()), demander)
    assert avance is None
    assert isinstance(refus, DonneeInvalide)


def test_une_competence_se_dit_une_fois(app: Flask, monde: Monde) -> None:
    """The unique constraint does not prevent two rows whose thème and territoire are null."""
    acteur, anouk = monde.transports.id, monde.animatrice.id
    avant = len(monde.transports.competences)

    def clic() -> None:
        creer_competence(get(Acteur, acteur), par=get(Compte, anouk))

    assert together(app, clic, clic) == [None, None]
    assert len(get(Acteur, acteur).competences) == avant + 1


def test_un_organisme_qui_ferme_n_a_pas_de_promotion_nouvelle(app: Flask, monde: Monde) -> None:
    organisme, anouk = monde.ailleurs.id, monde.animatrice.id
    dite = {"titre": "Vendeur", "commune_code": MARSEILLE, "effectif": 9}
    dates = {"debut": today(), "fin": today() + timedelta(days=90)}
    ferme, refus = together(
        app,
        lambda: fermer_acteur(get(Acteur, organisme), par=get(Compte, anouk)),
        lambda: creer_promotion(get(Acteur, organisme), **dite, **dates, par=get(Compte, anouk)),
    )
    assert ferme is None
    assert isinstance(refus, DonneeInvalide)


def test_un_compte_se_ferme_une_fois(app: Flask, monde: Monde) -> None:
    """The second concurrent request changes nothing and raises no error."""
    qui, anouk, admin = monde.lea.id, monde.animatrice.id, monde.admin.id
    clics = together(
        app,
        lambda: fermer_compte(get(Compte, qui), par=get(Compte, anouk)),
        lambda: fermer_compte(get(Compte, qui), par=get(Compte, admin)),
    )
    assert clics == [None, None]
