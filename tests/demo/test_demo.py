"""The demonstration data: true to its files, pending work for every role, private strings not leaked."""

import html
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import open_session
from mse.annuaire.models import Acteur, Nature
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import verify_mot_de_passe
from mse.core.clock import at, today
from mse.core.errors import Conflit, Interdit
from mse.demo import CANARIS, chargement
from mse.demo.chargement import charger, est_vide
from mse.demo.cli import demo
from mse.demo.fiches import PREFIXE_CLE
from mse.demo.lecture import lire_recit
from mse.demo.personnes import INVITEE, MOT_DE_PASSE, VEDETTES
from mse.extensions import db
from mse.fiches.models import Avis, Compteur, Etape, Fiche, Saisine
from mse.fiches.workflow import NatureEtape, Publication, Statut
from mse.initiatives.models import Initiative
from mse.journal.models import LigneJournal
from mse.meteo.mesures import Niveau
from mse.meteo.queries.chiffres import get_premier_jour, list_enfants, read_etats
from mse.notifications.models import Courriel
from mse.representation.models import Mandat, Promotion
from mse.representation.policies import roles_de
from mse.representation.queries.invites import list_invites
from mse.representation.queries.promotions import count_sans_delegue
from mse.travail.api import QueueTab, count_tabs
from tests.espace import compter
from tests.fiches.compteurs import recount

RETENUES, RETIREES = {"F100", "F111", "F120"}, {"F085", "F106"}


def count(model: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def get(nom: str) -> Fiche:
    return db.session.scalars(select(Fiche).where(Fiche.cle == f"{PREFIXE_CLE}{nom}")).one()


def sign(courriel: str) -> Compte:
    return db.session.scalars(select(Compte).where(Compte.courriel == f"{courriel}@demo.example")).one()


def assert_true_to_its_files() -> None:
    racontees = lire_recit(today()).fiches
    assert len([racontee for racontee in racontees if racontee.id.startswith("F")]) == 84
    for racontee in racontees:
        fiche = get(racontee.id)
        if racontee.id in RETENUES | RETIREES:
            attendue = Publication.RETENUE if racontee.id in RETENUES else Publication.RETIREE
            assert fiche.publication == attendue, racontee.id
        else:
            assert (fiche.publication, fiche.statut) == (Publication.PUBLIEE, racontee.statut), racontee.id
    assert {compteur.cle: compteur.valeur for compteur in db.session.scalars(select(Compteur))} == recount()


def test_se_charge_un_autre_jour_sur_les_deux_bases(app: Flask) -> None:
    with at(datetime(2027, 5, 20, 9, 0, tzinfo=UTC)):  # in a month with many public holidays
        charger()
        assert_true_to_its_files()


def test_toute_la_region_est_la(region: Flask) -> None:
    assert count(Acteur, Acteur.nature == Nature.SERVICE) == 28
    assert count(Acteur, Acteur.nature == Nature.ORGANISME) == 40
    assert count(Promotion) == 81
    assert count(Mandat) == 151
    assert count(Initiative) == 25
    assert_true_to_its_files()


def test_il_fait_tous_les_temps(region: Flask) -> None:
    departements = [(lieu.code, lieu.nom) for lieu in list_enfants("93")]
    temps = {etat.niveau for etat in read_etats(departements, today(), 90)}
    assert temps >= {Niveau.GRAND_SOLEIL, Niveau.NUAGEUX, Niveau.PLUIE, Niveau.BROUILLARD}
    assert get_premier_jour() == today() - timedelta(days=425)


def test_chaque_ligne_de_l_histoire_vient_d_un_cas_d_usage(region: Flask) -> None:
    """Étapes and journal are in chronological order, not in the future, and queue no e-mail.

    Only the journal has lines of the last day: the bulletins.
    """
    for model, depuis in ((Etape, timedelta(days=1)), (LigneJournal, timedelta(0))):
        instants = list(db.session.scalars(select(model.le).order_by(model.id)))
        assert instants == sorted(instants)
        assert depuis < datetime(2026, 11, 22, tzinfo=UTC) - instants[-1] < timedelta(days=8)
    assert count(Courriel) == 0
    fiche = get("F001")
    assert Counter(etape.nature for etape in fiche.etapes if etape.nature != NatureEtape.AVIS) == {
        NatureEtape.DEPOT: 1,
        NatureEtape.REPONSE: 2,
        NatureEtape.REGLEMENT: 2,
        NatureEtape.REUNION: 1,
    }
    service = next(saisine for saisine in fiche.saisines if "Cars" in saisine.acteur.nom)
    assert service.prise_en_charge_le == service.repondue_le


def test_la_moitie_des_reponses_a_un_avis(region: Flask) -> None:
    reponses = count(Saisine, Saisine.statut.in_((Statut.REPONSE, Statut.REGLEE)))
    assert count(Avis) == reponses // 2
    assert count(Avis, Avis.commentaire.is_not(None)) > 10


def test_l_animation_ferme_ce_que_personne_ne_suivait(region: Flask) -> None:
    for nom in ("F070", "F078"):
        saisine = get(nom).saisines[0]
        abandon = next(etape for etape in get(nom).etapes if etape.nature == NatureEtape.ABANDON)
        assert abandon.acteur_id is None
        assert saisine.acteur.a_un_agent  # added after the closure of the saisine


def test_la_moitie_des_promotions_est_en_cours(region: Flask) -> None:
    en_cours = count(Promotion, Promotion.debut <= today(), Promotion.fin >= today())
    assert 30 <= en_cours <= 46
    petite = db.session.scalars(select(Promotion).where(Promotion.effectif < 5)).one()
    assert petite.titre in CANARIS
    assert petite.titre not in petite.designation


def test_les_dix_comptes_entrent_avec_leur_role(region: Flask) -> None:
    for vedette in VEDETTES:
        compte = sign(vedette.courriel.partition("@")[0])
        assert compte.est_demonstration
        roles = roles_de(compte)
        nom = vedette.courriel.partition("@")[0].rstrip("2")
        assert bool(roles.promotions) == (nom == "delegue")
        assert bool(roles.agent_de) == (nom in ("service", "organisme"))
        assert bool(roles.referent_de) == (nom == "organisme")
        assert roles.est_animateur == (nom == "animation")
        assert roles.est_administrateur == (nom == "admin")
    venus = select(Compte.mot_de_passe).where(Compte.est_demonstration, Compte.courriel != INVITEE[0])
    hashes = set(db.session.scalars(venus))
    assert len(hashes) == 1
    assert verify_mot_de_passe(hashes.pop(), MOT_DE_PASSE)


def test_des_personnes_sont_attendues(region: Flask) -> None:
    attendus = db.session.scalars(select(Compte).where(Compte.active_le.is_(None))).all()
    assert {compte.prenom for compte in attendus} >= {"Inès", "Tom", "Jade"}
    assert all(compte.est_attendu for compte in attendus)
    assert {compte.prenom for compte in list_invites(sign("organisme"))[0]} >= {"Tom", "Inès"}


def test_du_travail_attend_chacun(region: Flask) -> None:
    le = today()
    delegue, animation = compter(sign("delegue")), compter(sign("animation"))
    assert delegue.count("brouillons") == 1
    assert delegue.count("avis_attendus") == 2
    for nom in ("service", "organisme"):
        attend = count_tabs(compter(sign(nom)))
        assert attend[QueueTab.A_PRENDRE] == 2, nom
        assert attend[QueueTab.EN_RETARD] == 1, nom
        assert attend[QueueTab.REOUVERTURES] == 1, nom
    assert animation.count("relire") == 3
    assert animation.count("orienter") == 1
    assert animation.count("trancher") == 1
    assert animation.count("sans_compte")
    sans_delegue = [
        count_sans_delegue(roles_de(sign(nom)).agent_de, le=le) for nom in ("organisme", "organisme2")
    ]
    assert [sum(nombres.values()) for nombres in sans_delegue] == [3, 2]


def _as(region: Flask, courriel: str) -> Any:
    """A browser signed in as this person of the demonstration."""
    browser = region.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = open_session(sign(courriel)), True
    return browser


def test_chaque_geste_de_l_equipe_se_voit(region: Flask) -> None:
    """Who has a fiche, shared filters, an absence, a pause, an extension and a reminder by hand: the pages of
    the service and of the association show them."""
    service, animation = _as(region, "service"), _as(region, "animation")
    salome, mathieu = sign("agent.s08"), sign("service")
    file = service.get("/mon-espace?liste=en-cours").text
    for mot in (
        "Salomé s’en occupe",
        "Mathieu s’en occupe",
        "Les repas",
        "Vous remplacez Salomé",
        "suspendu",
    ):
        assert mot in file, mot
    for filtre, attendue in ((f"porteur={salome.id}", "réchauffer"), ("porteur=moi", "épicerie")):
        page = service.get(f"/mon-espace?liste=en-cours&{filtre}").text
        assert page.count('<li class="rang"') == 1
        assert attendue in page
    [poste] = mathieu.appartenances  # type: ignore[attr-defined]
    fiche = db.session.scalars(select(Fiche).where(Fiche.cle == f"{PREFIXE_CLE}X02")).one()
    page = service.get(f"/fiches/{fiche.id}").text
    assert "Salomé s’en occupe." in page
    assert "prolong" in page.lower()
    assert "a déjà été relancée aujourd’hui" in animation.get(f"/acteurs/{poste.acteur_id}/relances").text
    organisme = _as(region, "organisme").get("/mon-espace?liste=a-faire").text
    assert "Yasmina s’en occupe" in organisme
    assert "Les repas" in organisme


def test_chaque_canari_est_dans_un_seul_objet(region: Flask) -> None:
    lignes = [
        str(ligne)
        for table in db.metadata.sorted_tables
        for ligne in db.session.execute(select(table)).mappings()
    ]
    for canari in CANARIS:
        assert html.escape(canari) == canari
        assert sum(canari in ligne for ligne in lignes) == 1, canari


def test_un_visiteur_ne_voit_aucun_canari(region: Flask) -> None:
    client = region.test_client()
    adresses = ["/", "/fiches", "/acteurs", *(f"/fiches/{fiche}" for fiche in range(1, 91))]
    for adresse in adresses:
        page = client.get(adresse).text
        assert not [canari for canari in CANARIS if canari in page], adresse


def test_ne_se_charge_pas_deux_fois(region: Flask) -> None:
    avant = count(Fiche)
    with pytest.raises(Conflit):
        charger()
    sortie = region.test_cli_runner().invoke(demo, ["--si-vide"])
    assert sortie.exit_code == 0
    assert "delegue@demo.example" in sortie.output
    assert MOT_DE_PASSE in sortie.output
    assert "chargée" not in sortie.output
    assert isinstance(region.test_cli_runner().invoke(demo).exception, Conflit)
    assert count(Fiche) == avant


def test_ne_dit_aucun_compte_d_une_vraie_instance(app: Flask, monde: object) -> None:
    sortie = app.test_cli_runner().invoke(demo, ["--si-vide"])
    assert (sortie.exit_code, sortie.output) == (0, "")


def test_refuse_en_production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MSE", replace(app.config["MSE"], mode="production"))
    for options in ([], ["--si-vide"]):
        assert isinstance(app.test_cli_runner().invoke(demo, options).exception, Interdit)
    assert est_vide()


def test_interrompue_elle_ne_laisse_rien(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    def interrompre(scene: Any, agenda: Any) -> None:
        agenda.noter(lire_recit(today()).fiches[0].depot, 0, interrupt)

    monkeypatch.setattr(chargement, "commencer_brouillons", interrompre)
    with pytest.raises(KeyboardInterrupt):
        charger()
    assert est_vide()
    assert count(LigneJournal) == 0
