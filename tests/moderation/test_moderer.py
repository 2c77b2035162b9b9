"""Moderation: retain, give back, publish, withdraw, restore and orient a fiche; hide a text."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from devtools.factories import JOUR, LONGUE, Monde, hidden_fields, make_brouillon, make_compte, make_fiche
from mse.avis.use_cases import donner_avis
from mse.comptes.models import Compte
from mse.core.clock import at, now
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.core.use_cases import batch
from mse.depot.use_cases.deposer import deposer_fiche, ecrire_brouillon
from mse.extensions import db
from mse.fiches.models import Compteur, Etape, Fiche
from mse.fiches.policies import peut_lire_pieces
from mse.fiches.queries.listes import Filtres, list_fiches
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine
from mse.fiches.workflow import NatureEtape, Publication, Valeur
from mse.moderation import use_cases as moderer
from tests.fiches.compteurs import recount

pytestmark = pytest.mark.usefixtures("jour")

_SOMEBODY_WAITS = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)
COORDONNEES = "Appelez le 06 12 34 56 78."
MOTIF = "Un numéro de téléphone ne doit pas être public."


@pytest.fixture
def retenue(monde: Monde) -> Fiche:
    fiche = make_brouillon(monde.promotion, monde.samira, solution=COORDONNEES)
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    return fiche


def test_les_delais_commencent_a_la_publication(monde: Monde, retenue: Fiche) -> None:
    with at(JOUR):
        moderer.publier_fiche(retenue, par=monde.animatrice)
    assert retenue.est_publique
    assert retenue.saisines[0].reponse_due.isoformat() == "2026-12-14"


def test_rendue_elle_se_reecrit_puis_se_depose(monde: Monde, retenue: Fiche) -> None:
    moderer.rendre_fiche(retenue, MOTIF, par=monde.animatrice)
    assert retenue.est_brouillon
    assert retenue.motif_moderation == MOTIF
    ecrire_brouillon(retenue, par=monde.samira, solution="Changer l’horaire du car.")
    deposer_fiche(retenue, par=monde.samira)
    assert retenue.est_publique


def test_une_ancienne_deleguee_lit_ce_qui_fut_depose_de_son_temps(monde: Monde, as_: Any) -> None:
    """A former delegate reads retained and withdrawn fiches, with their files, filed during her mandat."""
    deposees = {}
    for par, jours in ((monde.samira, 20), (monde.ancienne, 12), (monde.samira, 5)):
        with at(now() - timedelta(days=jours)):
            fiche = make_brouillon(monde.promotion, par, titre=f"Il y a {jours} jours", solution=COORDONNEES)
            deposer_fiche(fiche, par=par, insiste=True)
            deposees[jours] = fiche
    with at(now() - timedelta(days=1)):
        moderer.publier_fiche(deposees[12], par=monde.animatrice)  # sets `deposee_le` to this day
    moderer.retirer_fiche(deposees[12], MOTIF, par=monde.animatrice)
    zoe = as_(monde.ancienne)
    espace = zoe.get("/mon-espace").text
    for jours, fiche in deposees.items():
        de_son_temps = jours != 5
        page = zoe.get(f"/fiches/{fiche.id}")
        assert (fiche.titre in page.text) is de_son_temps
        assert (fiche.titre in espace) is de_son_temps
        assert peut_lire_pieces(monde.ancienne, fiche) is de_son_temps
    assert zoe.get(f"/fiches/{deposees[5].id}").status_code == 404


def test_retirer_demande_une_raison_et_une_animatrice(monde: Monde, retenue: Fiche) -> None:
    with pytest.raises(DonneeInvalide):
        moderer.retirer_fiche(retenue, "non", par=monde.animatrice)
    for personne in (monde.agent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            moderer.retirer_fiche(retenue, MOTIF, par=personne)
    moderer.retirer_fiche(retenue, MOTIF, par=monde.animatrice)
    assert retenue.publication == Publication.RETIREE


@pytest.mark.parametrize("decision", ["publier", "rendre", "retirer"])
def test_on_ne_decide_que_de_ce_qu_on_a_lu(monde: Monde, retenue: Fiche, as_: Any, decision: str) -> None:
    """The fiche was rewritten and filed again since the page was opened: 409, and the new text is shown."""
    animatrice, url = as_(monde.animatrice), f"/fiches/{retenue.id}/moderation"
    ouverte = hidden_fields(animatrice.get(url).text)
    moderer.rendre_fiche(retenue, MOTIF, par=monde.animatrice)
    ecrire_brouillon(retenue, par=monde.samira, solution="Appelez Madame Dupont au 06 98 76 54 32.")
    deposer_fiche(retenue, par=monde.samira, insiste=True)
    page = animatrice.post(url, data={**ouverte, "decision": decision, "motif": MOTIF})
    assert page.status_code == 409
    assert "Dupont" in page.text
    db.session.rollback()
    assert retenue.publication == Publication.RETENUE
    relue = hidden_fields(page.text)
    assert animatrice.post(url, data={**relue, "decision": decision, "motif": MOTIF}).status_code == 303
    db.session.rollback()
    assert retenue.publication != Publication.RETENUE


def test_orienter_donne_un_responsable_une_seule_fois(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, destinataires=[])
    deposer_fiche(fiche, par=monde.samira)
    with pytest.raises(Interdit):
        moderer.orienter_fiche(fiche, [monde.transports.id], par=monde.agent)
    with pytest.raises(DonneeInvalide):
        moderer.orienter_fiche(fiche, [], par=monde.animatrice)
    moderer.orienter_fiche(fiche, [monde.transports.id], par=monde.animatrice)
    assert [s.acteur for s in fiche.saisines] == [monde.transports]
    with pytest.raises(TransitionInterdite):
        moderer.orienter_fiche(fiche, [monde.remuneration.id], par=monde.animatrice)


def test_retablie_elle_reprend_sa_place_et_ses_dates(monde: Monde, client: Any) -> None:
    with at(JOUR):
        fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    with at(JOUR + timedelta(days=2)):
        moderer.retirer_fiche(fiche, MOTIF, par=monde.animatrice)
    assert client.get(f"/fiches/{fiche.id}").status_code == 410
    with at(JOUR + timedelta(days=9)):
        for personne in (monde.agent, monde.samira, monde.admin):
            with pytest.raises(Interdit):
                moderer.retablir_fiche(fiche, par=personne)
        moderer.retablir_fiche(fiche, par=monde.animatrice)
    page = client.get(f"/fiches/{fiche.id}")
    assert page.status_code == 200
    assert "Fiche rétablie" in page.text
    assert MOTIF not in page.text
    assert fiche.saisines[0].reponse_due.isoformat() == "2026-12-14"
    for filtres in (Filtres(), Filtres(territoire="13"), Filtres(acteur=monde.transports.id)):
        assert [row.id for row in list_fiches(filtres).rows].count(fiche.id) == 1
    assert {c.cle: c.valeur for c in db.session.scalars(select(Compteur))} == {
        cle: n for cle, n in recount().items() if n
    }
    with pytest.raises(TransitionInterdite, match="déjà publiée"):
        moderer.retablir_fiche(fiche, par=make_compte("Noa", est_animateur=True))


def test_jamais_publiee_elle_commence_quand_on_la_retablit(monde: Monde, retenue: Fiche, client: Any) -> None:
    moderer.retirer_fiche(retenue, MOTIF, par=monde.animatrice)
    assert recount()["publiees"] == 1
    with at(JOUR):
        moderer.retablir_fiche(retenue, par=monde.animatrice)
    assert retenue.saisines[0].reponse_due.isoformat() == "2026-12-14"
    assert [row.id for row in list_fiches(Filtres(territoire="13")).rows].count(retenue.id) == 1
    assert db.session.get_one(Compteur, "publiees").valeur == recount()["publiees"] == 2


def test_un_texte_masque_laisse_sa_ligne_et_une_raison(monde: Monde, client: Any, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    donner_avis(monde.saisine, Valeur.NON, "Monsieur Durand ne répond jamais.", par=monde.samira)
    etape = monde.fiche.etapes[-1]
    adresse = f"/fiches/{monde.fiche.id}/etapes/{etape.id}/masquage"
    for personne in (monde.agent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            moderer.masquer_etape(etape, MOTIF, par=personne)
    assert (
        as_(monde.animatrice).get(f"/fiches/{monde.fiche.id + 1}/etapes/{etape.id}/masquage").status_code
        == 404
    )
    browser = as_(monde.animatrice)
    assert adresse in browser.get(f"/fiches/{monde.fiche.id}").text
    assert browser.poster(adresse, texte="Ce texte nomme une personne.").status_code == 303
    for lecteur in (client, as_(monde.samira), as_(monde.agent), browser):
        page = lecteur.get(f"/fiches/{monde.fiche.id}").text
        assert "Durand" not in page
        assert "Ce texte nomme une personne." in page
        assert "Non, cette réponse n’a pas aidé." in page
    avis = monde.saisine.avis_du_tour()
    assert (avis.valeur, avis.commentaire) == (Valeur.NON, "")
    assert (etape.nature, etape.texte) == (NatureEtape.AVIS, "Non, cette réponse n’a pas aidé.")
    with pytest.raises(TransitionInterdite, match="déjà masqué"):
        moderer.masquer_etape(etape, MOTIF, par=monde.animatrice)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_un_avis_reecrit_pendant_qu_on_le_masque_garde_ses_mots(app: Flask, monde: Monde) -> None:
    """Hiding a verdict that a delegate is rewriting hides the old line and keeps the new comment."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    donner_avis(monde.saisine, Valeur.NON, "Monsieur Durand ne répond jamais.", par=monde.samira)
    etape_id, animatrice_id = monde.fiche.etapes[-1].id, monde.animatrice.id

    def masque() -> None:
        with app.app_context():
            etape, par = db.session.get_one(Etape, etape_id), db.session.get_one(Compte, animatrice_id)
            assert etape.fiche.saisines[0].avis_du_tour().commentaire == "Monsieur Durand ne répond jamais."
            moderer.masquer_etape(etape, MOTIF, par=par)
            db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        with batch():  # the new verdict is not yet committed
            donner_avis(monde.saisine, Valeur.NON, "Personne ne répond.", par=monde.karim)
            masquage = pool.submit(masque)
            while not masquage.done() and not db.session.scalar(_SOMEBODY_WAITS):
                sleep(0.01)
        masquage.result(10)
    assert monde.saisine.avis_du_tour().commentaire == "Personne ne répond."
    assert db.session.get_one(Etape, etape_id).texte == "Non, cette réponse n’a pas aidé."


def test_masquer_efface_partout_ou_le_meme_texte_se_lit(monde: Monde, client: Any) -> None:
    """The same text is hidden on every line: «Avec la même explication» would otherwise show it."""
    nomme = LONGUE + " C’est Madame Dupont qui l’a dit."
    repondre_saisine(monde.saisine, nomme, par=monde.agent)
    regler_saisine(monde.saisine, nomme, par=monde.agent)
    reponse = next(etape for etape in monde.fiche.etapes if etape.texte == nomme)
    moderer.masquer_etape(reponse, MOTIF, par=monde.animatrice)
    page = client.get(f"/fiches/{monde.fiche.id}").text
    assert "Dupont" not in page
    assert page.count(MOTIF) == 2
