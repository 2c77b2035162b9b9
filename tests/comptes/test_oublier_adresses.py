"""An unconfirmed address is erased after a delay, whether or not another account has it."""

from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import Monde
from mse.comptes.models import Compte
from mse.comptes.use_cases import oublier_adresses_invitees
from mse.comptes.use_cases.entrer import OUBLI_D_UNE_INVITATION
from mse.core.clock import at, now
from mse.extensions import db
from mse.representation.use_cases.inviter import imprimer_code, renvoyer_invitation
from tests.comptes.gens import MDP, make_inscrit
from tests.courriels import write_mails
from tests.representation.invites import NORA, invite_agente

JOUR = timedelta(days=1)


@pytest.fixture(params=["libre", "prise"])
def nora(request: pytest.FixtureRequest, monde: Monde) -> Compte:
    """Invited by René. With the parameter «prise», another account has that address."""
    if request.param == "prise":
        make_inscrit("Nora", nom="Autre")
    compte = invite_agente(monde.transports, par=monde.referent)
    write_mails()
    return compte


def adresse_apres(compte: Compte, attente: timedelta) -> str | None:
    with at(now() + attente):
        oublier_adresses_invitees()
    db.session.refresh(compte)
    return compte.adresse


def test_l_adresse_d_une_invitation_sans_suite_est_oubliee_apres_un_an(nora: Compte) -> None:
    assert adresse_apres(nora, OUBLI_D_UNE_INVITATION - JOUR) == NORA
    assert adresse_apres(nora, OUBLI_D_UNE_INVITATION + JOUR) is None


def test_une_invitation_renvoyee_attend_sa_fin(monde: Monde, nora: Compte) -> None:
    with at(now() + OUBLI_D_UNE_INVITATION):
        renvoyer_invitation(nora, par=monde.referent)
        write_mails()
    assert adresse_apres(nora, OUBLI_D_UNE_INVITATION + 13 * JOUR) == NORA
    assert adresse_apres(nora, OUBLI_D_UNE_INVITATION + 15 * JOUR) is None


def test_l_adresse_d_un_compte_ouvert_par_une_feuille_est_oubliee_apres_quatorze_jours(
    monde: Monde, nora: Compte, client: Any
) -> None:
    client.poster("/invitation", code=imprimer_code(nora, par=monde.referent))
    client.poster("/premiere-visite", nouveau=MDP)
    assert adresse_apres(nora, 13 * JOUR) == NORA
    assert adresse_apres(nora, 15 * JOUR) is None


def test_une_adresse_confirmee_reste(monde: Monde) -> None:
    assert adresse_apres(monde.samira, 3 * OUBLI_D_UNE_INVITATION) == monde.samira.courriel
    assert monde.samira.courriel
