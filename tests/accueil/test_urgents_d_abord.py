"""Urgent thèmes stand first in each list of the association, and the line says so in words."""

from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import JOUR, LONGUE, Monde, make_acteur, make_fiche
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.avis.use_cases import contester_refus, demander_reouverture, refuser_reouverture
from mse.core.clock import at
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.relances.use_cases.relancer import relancer_du_jour
from tests.notifications.conftest import take_mails

pytestmark = pytest.mark.usefixtures("jour")
TARD = JOUR + timedelta(days=60)
ORDINAIRE, URGENTE = "Le car arrive trop tard", "Une bagarre à l’arrêt"
MOT = "Urgent\u202f: Sécurité"


def _deposer(monde: Monde, *acteurs: Any) -> tuple[Fiche, Fiche]:
    """An ordinary fiche, then, later, an urgent one, which a list by date would put last."""
    ordinaire = make_fiche(monde.promotion, monde.samira, *acteurs, titre=ORDINAIRE)
    with at(JOUR + timedelta(days=3)):
        urgente = make_fiche(monde.promotion, monde.samira, *acteurs, theme="securite", titre=URGENTE)
    return ordinaire, urgente


def _est_en_tete(texte: str, mot: str = MOT) -> bool:
    return mot in texte and texte.index(URGENTE) < texte.index(ORDINAIRE)


def _section(page: str, nom: str) -> str:
    return page.partition(f'aria-labelledby="{nom}"')[2].partition("</section>")[0]


def test_sans_responsable(monde: Monde, as_: Any) -> None:
    _deposer(monde)
    with at(TARD):
        assert _est_en_tete(_section(as_(monde.animatrice).get("/mon-espace").text, "d-abord"))


def test_une_reponse_urgente_en_retard_passe_avant_une_fiche_sans_responsable(monde: Monde, as_: Any) -> None:
    make_fiche(monde.promotion, monde.samira, titre=ORDINAIRE)
    make_fiche(monde.promotion, monde.samira, monde.transports, theme="securite", titre=URGENTE)
    with at(TARD):
        assert _est_en_tete(_section(as_(monde.animatrice).get("/mon-espace").text, "d-abord"))


def test_une_reouverture_a_decider(monde: Monde, as_: Any) -> None:
    for fiche in _deposer(monde, monde.transports):
        with at(JOUR + timedelta(days=4)):
            [saisine] = fiche.saisines
            repondre_saisine(saisine, LONGUE, par=monde.agent)
            demander_reouverture(saisine, "Cela continue chaque matin.", par=monde.samira)
            refuser_reouverture(saisine, LONGUE, par=monde.agent)
            contester_refus(saisine, "Cela continue chaque matin.", par=monde.samira)
    with at(TARD):
        assert _est_en_tete(_section(as_(monde.animatrice).get("/mon-espace").text, "d-abord"))


def test_une_equipe_sans_compte(monde: Monde, as_: Any) -> None:
    _deposer(monde, make_acteur("Service nouveau"))
    with at(JOUR + timedelta(days=4)):
        assert _est_en_tete(_section(as_(monde.animatrice).get("/mon-espace").text, "sans-compte"))


def test_la_relance_d_un_responsable_et_la_page_qui_le_ferme(monde: Monde, as_: Any) -> None:
    _deposer(monde, monde.transports)
    with at(TARD):
        for page in ("relances", "fermeture"):
            assert _est_en_tete(as_(monde.animatrice).get(f"/acteurs/{monde.transports.id}/{page}").text), (
                page
            )


def test_le_courriel_du_dernier_depart(monde: Monde) -> None:
    _deposer(monde, monde.remuneration)
    take_mails()
    [poste] = monde.autre_agent.appartenances  # type: ignore[attr-defined]
    with at(TARD):
        terminer_appartenance(poste, par=monde.animatrice)
        [depart] = [mail for mail in take_mails() if mail.evenement == "appartenance_fermee"]
        assert _est_en_tete(str(depart.texte))
        assert _est_en_tete(str(depart.html))


def test_le_rappel_de_l_association_met_l_urgent_d_abord(monde: Monde) -> None:
    _deposer(monde, make_acteur("Service nouveau"))
    take_mails()
    with at(TARD):
        relancer_du_jour()
        [rappel] = [
            mail
            for mail in take_mails()
            if mail.evenement == "relances_envoyees" and mail.destinataire == monde.animatrice.courriel
        ]
    assert _est_en_tete(str(rappel.texte), "Thèmes urgents")
    assert _est_en_tete(str(rappel.html), "Sécurité, ")
