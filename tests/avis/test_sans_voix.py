"""A request to reopen goes to animateurs at once if the acteur is closed or has no agent left."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde
from mse.annuaire.models import Appartenance
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.avis.use_cases import (
    accepter_reouverture,
    demander_reouverture,
    refuser_reouverture,
    rejeter_reouverture,
)
from mse.core.clock import today
from mse.core.errors import TransitionInterdite
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import EtatDemande, Statut
from tests.espace import lire
from tests.notifications.conftest import addresses, take_mails

MOTIF = "Le car arrive toujours trop tard le matin."


def _partir(monde: Monde) -> None:
    """End all appartenances of the owner."""
    acteur = monde.transports.id
    for poste in db.session.scalars(select(Appartenance).where(Appartenance.acteur_id == acteur)):
        poste.fin = today() - timedelta(days=1)
    db.session.commit()


def _fermer(monde: Monde) -> None:
    fermer_acteur(monde.transports, par=monde.animatrice)


@pytest.mark.parametrize("fin", [_partir, _fermer])
def test_l_equipe_decide_tout_de_suite(monde: Monde, as_: Any, fin: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    fin(monde)
    take_mails()
    samira, adresse = as_(monde.samira), f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}"
    assert "l’équipe d’animation décidera" in samira.get(f"{adresse}/demande-de-reouverture").text
    assert samira.poster(f"{adresse}/demande-de-reouverture", texte=MOTIF).status_code == 303
    assert "L’équipe d’animation va décider." in samira.get(f"/fiches/{monde.fiche.id}").text
    mails = take_mails()
    assert addresses(mails) == {monde.animatrice.courriel}
    assert "c’est à vous de décider" in (mails[0].texte or "")
    assert [ligne.id for ligne in lire(monde.animatrice)["trancher"]] == [monde.saisine.id]
    anouk = as_(monde.animatrice)
    assert "Décider de la réouverture" in anouk.get(f"/fiches/{monde.fiche.id}").text
    assert monde.fiche.titre in anouk.get("/mon-espace").text
    assert "Personne ne répond plus" in anouk.get(f"{adresse}/decision").text
    rejeter_reouverture(monde.saisine, LONGUE, par=monde.animatrice)
    assert monde.saisine.demandes[-1].etat == EtatDemande.REJETEE
    assert not lire(monde.animatrice)["trancher"]


def test_la_ou_quelqu_un_repond_l_equipe_attend(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, MOTIF, par=monde.samira)
    assert not lire(monde.animatrice)["trancher"]
    with pytest.raises(TransitionInterdite, match="encore du temps"):
        rejeter_reouverture(monde.saisine, LONGUE, par=monde.animatrice)
    _partir(monde)  # the owner has no agent any more
    assert [ligne.id for ligne in lire(monde.animatrice)["trancher"]] == [monde.saisine.id]
    accepter_reouverture(monde.saisine, MOTIF, par=monde.animatrice)
    assert monde.saisine.statut == Statut.EN_COURS


def test_chez_un_acteur_ferme_rien_ne_se_rouvre(monde: Monde) -> None:
    """A request at a closed acteur cannot be accepted. An agent of the acteur may still decline it."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    _fermer(monde)
    demander_reouverture(monde.saisine, MOTIF, par=monde.samira)
    for par in (monde.agent, monde.animatrice):
        with pytest.raises(TransitionInterdite, match="est fermé"):
            accepter_reouverture(monde.saisine, MOTIF, par=par)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)
    assert monde.saisine.demandes[-1].etat == EtatDemande.REFUSEE


def test_l_equipe_n_a_de_geste_en_tete_que_si_le_responsable_est_muet(monde: Monde, as_: Any) -> None:
    page = as_(monde.animatrice).get(f"/fiches/{monde.fiche.id}").text
    assert "Confier à quelqu’un d’autre" in page.partition("Autres actions")[2]
    assert 'class="acte' not in page
    _partir(monde)
    panneau = as_(monde.animatrice).get(f"/fiches/{monde.fiche.id}").text.partition('class="acte mer"')[2]
    assert "Confier à quelqu’un d’autre" in panneau.partition("</section>")[0]
