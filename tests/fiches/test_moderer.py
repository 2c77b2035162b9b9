"""Held back, given back, let through, withdrawn, oriented."""

import pytest

from mse.core.clock import at
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.fiches.models import Fiche
from mse.fiches.use_cases import moderer
from mse.fiches.use_cases.deposer import deposer_fiche, ecrire_brouillon
from mse.fiches.workflow import Publication
from tests.fabrique import JOUR, Monde, make_brouillon

MOTIF = "Un numéro de téléphone ne doit pas être public."


@pytest.fixture
def retenue(monde: Monde) -> Fiche:
    fiche = make_brouillon(monde.promotion, monde.samira, solution="Appelez le 06 12 34 56 78.")
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


def test_retirer_demande_une_raison_et_une_animatrice(monde: Monde, retenue: Fiche) -> None:
    with pytest.raises(DonneeInvalide):
        moderer.retirer_fiche(retenue, "non", par=monde.animatrice)
    for personne in (monde.agent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            moderer.retirer_fiche(retenue, MOTIF, par=personne)
    moderer.retirer_fiche(retenue, MOTIF, par=monde.animatrice)
    assert retenue.publication == Publication.RETIREE


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
