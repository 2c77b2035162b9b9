"""An action that the state forbids is refused before its form is shown, with a sentence on the fiche."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import JOUR, LONGUE, Monde
from mse.avis.use_cases import demander_reouverture, refuser_reouverture
from mse.comptes.models import Compte
from mse.core.clock import at
from mse.depot.use_cases.preciser import signaler_plus_actuelle
from mse.fiches.use_cases.traiter import abandonner_saisine, regler_saisine, repondre_saisine
from mse.relances.use_cases.prolonger import prolonger_saisine

pytestmark = pytest.mark.usefixtures("jour")
MOTIF = "Le car arrive toujours après le début des cours."


def _rien(_monde: Monde) -> None:
    pass


def _repondue(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)


def _reglee(monde: Monde) -> None:
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)


def _abandonnee(monde: Monde) -> None:
    abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)


def _demandee(monde: Monde) -> None:
    _repondue(monde)
    demander_reouverture(monde.saisine, MOTIF, par=monde.samira)


def _refusee(monde: Monde) -> None:
    _demandee(monde)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)


def _prolongee(monde: Monde) -> None:
    prolonger_saisine(monde.saisine, 3, MOTIF, par=monde.agent)


def _signalee(monde: Monde) -> None:
    signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.samira)


Etat = Callable[[Monde], None]
# (state, who, page below the saisine or the fiche, part of the sentence)
REFUS: list[tuple[Etat, str, str, str]] = [
    (_reglee, "agent", "saisines/{}/reponse", "Cette fiche est déjà réglée. Vous pouvez la rouvrir."),
    (_abandonnee, "agent", "saisines/{}/reponse", "Cette fiche est abandonnée. Vous pouvez la rouvrir."),
    (_repondue, "agent", "saisines/{}/reponse", "Cette fiche a déjà une réponse. Vous pouvez la déclarer"),
    (_abandonnee, "agent", "saisines/{}/reglement", "Vous pouvez la rouvrir."),
    (_demandee, "agent", "saisines/{}/reglement", "il faut d’abord répondre à leur demande"),
    (_reglee, "agent", "saisines/{}/abandon", "Vous pouvez la rouvrir."),
    (_reglee, "agent", "saisines/{}/etape", "rouvrez-la pour ajouter une étape"),
    (_rien, "agent", "saisines/{}/reouverture", "Cette fiche est en cours de traitement."),
    (_repondue, "agent", "saisines/{}/transfert", "Cette fiche a déjà une réponse."),
    (_repondue, "animatrice", "saisines/{}/transfert", "Cette fiche a déjà une réponse."),
    (_repondue, "agent", "saisines/{}/prolongation", "Cette fiche a déjà une réponse."),
    (_prolongee, "agent", "saisines/{}/prolongation", "a déjà été reportée une fois"),
    (_rien, "samira", "saisines/{}/avis", "Votre avis sera demandé quand une réponse aura été donnée."),
    (_rien, "samira", "saisines/{}/demande-de-reouverture", "il n’y a rien à rouvrir"),
    (_demandee, "samira", "saisines/{}/demande-de-reouverture", "Une réouverture est déjà demandée"),
    (_refusee, "samira", "saisines/{}/demande-de-reouverture", "ce refus peut être contesté une fois"),
    (_rien, "samira", "saisines/{}/contestation", "Cette fiche est déjà rouverte."),
    (_demandee, "samira", "saisines/{}/contestation", "attend encore une réponse"),
    (_rien, "agent", "saisines/{}/decision", "Personne n’a demandé de rouvrir cette fiche."),
    (_signalee, "samira", "plus-d-actualite", "C’est déjà dit"),
    (_rien, "animatrice", "orientation", "Cette fiche a déjà un responsable."),
    (_rien, "animatrice", "retablissement", ""),
]


@pytest.mark.parametrize(("etat", "qui", "page", "phrase"), REFUS)
def test_la_phrase_vient_avant_le_formulaire(
    monde: Monde, as_: Any, etat: Etat, qui: str, page: str, phrase: str
) -> None:
    etat(monde)
    compte: Compte = getattr(monde, qui)
    personne = as_(compte)
    fiche = f"/fiches/{monde.fiche.id}"
    reponse = personne.get(f"{fiche}/{page.format(monde.saisine.id)}")
    assert (reponse.status_code, reponse.location) == (303, fiche)
    assert phrase in personne.get(fiche).text


def test_la_date_passee_ne_se_reporte_plus(monde: Monde, as_: Any) -> None:
    with at(JOUR + timedelta(days=60)):
        agent, fiche = as_(monde.agent), f"/fiches/{monde.fiche.id}"
        assert agent.get(f"{fiche}/saisines/{monde.saisine.id}/prolongation").location == fiche
        assert "La date de réponse est passée" in agent.get(fiche).text


def test_ce_qui_arrive_pendant_que_l_on_ecrit_ne_perd_pas_le_texte(monde: Monde, as_: Any) -> None:
    """The form was shown, a colleague answers, the form is sent: the text comes back in its field."""
    agent = as_(monde.agent)
    url = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert agent.get(url).status_code == 200
    repondre_saisine(monde.saisine, LONGUE, par=monde.referent)
    texte = f"{LONGUE} Le mercredi aussi."
    page = agent.poster(url, f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reglement", texte=texte)
    assert page.status_code == 409
    assert "Le mercredi aussi." in page.text
    assert "<textarea" in page.text
