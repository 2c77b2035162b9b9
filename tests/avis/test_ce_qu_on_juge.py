"""Pages that ask for a verdict or a decision show the answer and what followed above the form."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from devtools.factories import JOUR, LONGUE, Monde, make_brouillon
from mse.avis import use_cases as suivre
from mse.core.clock import at
from mse.core.files import Envoi
from mse.depot.use_cases.deposer import deposer_fiche
from mse.depot.use_cases.joindre import joindre_pieces
from mse.fiches.models import Fiche
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Valeur
from mse.responsables.use_cases import transferer_saisine
from tests.avis.test_avis_par_lien import lien_recu
from tests.fichiers import pdf

pytestmark = pytest.mark.usefixtures("jour")

MOTIF = "Le car arrive toujours après le début des cours."
REFUS = f"Nous avons déjà fait ce que nous pouvions. {LONGUE}"
CONTESTATION = "Personne n’est venu voir ce qui se passe le matin."


def _url(fiche: Fiche, geste: str) -> str:
    return f"/fiches/{fiche.id}/saisines/{fiche.saisines[0].id}/{geste}"


def test_la_reponse_se_lit_la_ou_l_on_dit_si_elle_a_aide(client: Any, as_: Any, monde: Monde) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert LONGUE in as_(monde.samira).get(_url(monde.fiche, "avis")).text
    client.get(lien_recu(monde.samira.courriel))
    assert LONGUE in client.get("/avis").text


def test_d_une_fiche_transmise_on_lit_la_reponse_en_vigueur(as_: Any, monde: Monde) -> None:
    """The page shows the answer of the new owner only, not the reopened one of the former owner."""
    avant = f"Les horaires ne dépendent pas de nous. {LONGUE}"
    traiter.repondre_saisine(monde.saisine, avant, par=monde.agent)
    traiter.rouvrir_saisine(monde.saisine, MOTIF, par=monde.agent)
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.autre_agent)
    page = as_(monde.samira).get(_url(monde.fiche, "avis")).text
    assert LONGUE in page
    assert "Les horaires ne dépendent pas de nous" not in page


def test_l_animatrice_lit_les_deux_explications_avant_de_decider(as_: Any, monde: Monde) -> None:
    with at(JOUR):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
        suivre.demander_reouverture(monde.saisine, MOTIF, par=monde.samira)
        assert MOTIF in as_(monde.agent).get(_url(monde.fiche, "decision")).text
        suivre.refuser_reouverture(monde.saisine, REFUS, par=monde.agent)
        assert REFUS in as_(monde.samira).get(_url(monde.fiche, "contestation")).text
        suivre.contester_refus(monde.saisine, CONTESTATION, par=monde.samira)
        page = as_(monde.animatrice).get(_url(monde.fiche, "decision")).text
        for texte in (LONGUE, MOTIF, REFUS, CONTESTATION):
            assert texte in page
        assert "C’est à vous de décider" in page
        assert "23 novembre" not in page  # the deadline of the owner
        assert (
            "c’est à l’équipe d’animation de décider"
            in as_(monde.agent).get(_url(monde.fiche, "decision")).text
        )


def test_chacun_lit_le_delai_qui_est_le_sien(as_: Any, monde: Monde) -> None:
    url = _url(monde.fiche, "decision")
    agent, animatrice = as_(monde.agent), as_(monde.animatrice)
    with at(JOUR):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
        suivre.demander_reouverture(monde.saisine, MOTIF, par=monde.samira)
        assert "Votre décision est attendue avant le lundi 23 novembre" in agent.get(url).text
        assert "a jusqu’au lundi 23 novembre pour répondre" in animatrice.get(url).text
    with at(JOUR + timedelta(days=8)):
        page = as_(monde.animatrice).get(url).text
        assert "avait jusqu’au lundi 23 novembre pour répondre" in page
        assert "C’est à vous de décider" in page


def test_qui_n_est_pas_connecte_n_est_pas_envoye_vers_des_pieces(client: Any, as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, destinataires=[monde.transports.id])
    joindre_pieces(fiche, [Envoi("plan.pdf", BytesIO(pdf()))], par=monde.samira)
    deposer_fiche(fiche, par=monde.samira)
    traiter.repondre_saisine(fiche.saisines[0], LONGUE, par=monde.agent)
    assert "#pieces" in as_(monde.samira).get(_url(fiche, "avis")).text
    client.get(lien_recu(monde.samira.courriel))
    assert "#pieces" not in client.get("/avis").text


@pytest.mark.parametrize(("valeur", "propose"), [("oui", False), ("en_partie", True), ("non", True)])
def test_apres_un_non_sans_se_connecter_on_apprend_comment_rouvrir(
    client: Any, as_: Any, monde: Monde, valeur: str, propose: bool
) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    client.get(lien_recu(monde.samira.courriel))
    reponse = client.poster("/avis", valeur=valeur, commentaire=MOTIF)
    adresse = _url(monde.fiche, "demande-de-reouverture")
    assert (f'href="{adresse}"' in client.get(reponse.location).text) is propose
    assert client.get(adresse).status_code == 401  # sign-in page, which leads back to `adresse`


def test_une_reouverture_deja_demandee_n_est_pas_proposee(client: Any, monde: Monde) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    suivre.demander_reouverture(monde.saisine, MOTIF, par=monde.karim)
    client.get(lien_recu(monde.samira.courriel))
    reponse = client.poster("/avis", valeur="non", commentaire=MOTIF)
    assert "demande-de-reouverture" not in client.get(reponse.location).text


def test_l_avis_de_l_autre_delegue_n_est_pas_dit_le_mien(client: Any, as_: Any, monde: Monde) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    suivre.donner_avis(monde.saisine, Valeur.NON, MOTIF, par=monde.samira)
    samira, karim = as_(monde.samira), as_(monde.karim)
    fiche, avis = f"/fiches/{monde.fiche.id}", _url(monde.fiche, "avis")
    assert "Vous avez répondu." in samira.get(fiche).text
    assert "remplacera" not in samira.get(avis).text
    assert "Votre promotion a répondu." in karim.get(fiche).text
    assert "Vous avez répondu." not in karim.get(fiche).text
    client.get(lien_recu(monde.karim.courriel))
    for page in (karim.get(avis).text, client.get("/avis").text):
        assert "votre réponse remplacera la sienne" in page


@pytest.mark.parametrize(
    ("decision", "texte", "attendu"),
    [
        ("refuser", "", "au moins 80 caractères"),
        ("refuser", "Non, rien à faire.", "il faut au moins 80"),
        ("accepter", "", "au moins 15 caractères"),
        ("accepter", "D’accord.", "il faut au moins 15"),
    ],
)
def test_la_regle_dite_est_celle_de_la_decision_choisie(
    as_: Any, monde: Monde, decision: str, texte: str, attendu: str
) -> None:
    """One error names the minimum of the chosen decision. The character counter announces none."""
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    suivre.demander_reouverture(monde.saisine, MOTIF, par=monde.samira)
    page = as_(monde.agent).poster(_url(monde.fiche, "decision"), decision=decision, texte=texte)
    assert page.status_code == 422
    assert attendu in page.text
    assert page.text.count('<p class="erreur"') == 1
    assert "1 point à corriger" in page.text
    assert "data-minimum" not in page.text
