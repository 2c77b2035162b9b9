"""Delegates add a précision or «ce n'est plus d'actualité» to a filed fiche."""

from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.depot.use_cases.preciser import preciser_fiche, signaler_plus_actuelle
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import abandonner_saisine, ajouter_etape
from mse.fiches.workflow import NatureEtape, Statut
from mse.moderation.use_cases import retirer_fiche

MOTIF = "Le car de 8 h 12 circule de **nouveau**."


def count_etapes() -> int:
    return db.session.scalar(select(func.count()).select_from(Etape)) or 0


def test_une_precision_s_ajoute_et_le_texte_ne_change_pas(monde: Monde, client: Any) -> None:
    avant = monde.fiche.probleme
    preciser_fiche(monde.fiche, MOTIF, par=monde.karim)
    etape = monde.fiche.etapes[-1]
    assert (etape.nature, etape.saisine_id, etape.acteur_id) == (NatureEtape.PRECISION, None, None)
    assert "<strong>nouveau</strong>" in client.get(f"/fiches/{monde.fiche.id}").text
    assert monde.fiche.probleme == avant


@pytest.mark.parametrize("geste", [preciser_fiche, signaler_plus_actuelle])
def test_seuls_les_delegues_d_aujourd_hui_completent(monde: Monde, geste: Any) -> None:
    avant = count_etapes()
    for personne in (monde.lea, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            geste(monde.fiche, MOTIF, par=personne)
    for texte in ("court", "\u200b" * 40, "x" * 5001):
        with pytest.raises(DonneeInvalide):
            geste(monde.fiche, texte, par=monde.samira)
    assert count_etapes() == avant
    retirer_fiche(monde.fiche, LONGUE, par=monde.animatrice)
    with pytest.raises(Interdit):
        geste(monde.fiche, MOTIF, par=monde.samira)


def test_une_precision_avec_des_coordonnees_est_refusee_sans_appel(monde: Monde, as_: Any) -> None:
    avant = count_etapes()
    adresse = f"/fiches/{monde.fiche.id}/precision"
    page = as_(monde.samira).poster(adresse, texte="Appelez Jeanne au 06 12 34 56 78, elle sait.")
    assert page.status_code == 422
    assert "«\u202f06 12 34 56 78\u202f»" in page.text
    assert "Appelez Jeanne" in page.text  # the form keeps the input
    assert "insiste" not in page.text
    assert count_etapes() == avant


def test_envoyee_deux_fois_elle_n_est_ecrite_qu_une(monde: Monde, as_: Any) -> None:
    browser, adresse = as_(monde.samira), f"/fiches/{monde.fiche.id}/precision"
    texte = "\x00" + MOTIF + " 🚌 \u202e"
    assert [browser.poster(adresse, texte=texte).status_code for _fois in (1, 2)] == [303, 303]
    assert [e.nature for e in monde.fiche.etapes].count(NatureEtape.PRECISION) == 1


def test_plus_actuelle_se_dit_une_fois_puis_attend_que_quelqu_un_reponde(monde: Monde, as_: Any) -> None:
    signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.samira)
    assert monde.fiche.statut == Statut.EN_COURS  # only the owner changes it
    preciser_fiche(monde.fiche, "Une précision n’est pas une nouvelle.", par=monde.samira)
    with pytest.raises(TransitionInterdite, match="déjà dit"):
        signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.karim)
    bouton, browser = "/plus-d-actualite", as_(monde.karim)
    assert bouton not in browser.get(f"/fiches/{monde.fiche.id}").text
    ajouter_etape(monde.saisine, "Le nouvel horaire est à l’étude.", par=monde.agent)
    assert bouton in browser.get(f"/fiches/{monde.fiche.id}").text
    signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.karim)
    abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert bouton not in browser.get(f"/fiches/{monde.fiche.id}").text
    with pytest.raises(TransitionInterdite, match="close"):
        signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.karim)
