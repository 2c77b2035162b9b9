"""How long an address is kept: 24 months after the last button, with a question before."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, Monde
from mse.core.clock import at
from mse.extensions import db
from mse.suivis.models import Abonne
from mse.suivis.use_cases import demander_de_rester, oublier_abonnes
from mse.suivis.use_cases.par_courriel import DUREE, PREAVIS
from tests.comptes.gens import ouvrir, suivre
from tests.notifications.conftest import take_mails
from tests.suivis.test_par_courriel import LECTRICE, lien, suivre_par_courriel

pytestmark = pytest.mark.usefixtures("jour")
RAPPEL, FIN = JOUR + DUREE - PREAVIS + timedelta(days=1), JOUR + DUREE + timedelta(days=2)


@pytest.fixture
def mails(monde: Monde) -> Any:
    """`mails(instant)`: what the worker writes then."""
    suivre_par_courriel("fiche", monde.fiche.id)
    suivre_par_courriel("theme", "transport")
    take_mails(receipts=True)

    def passer(instant: Any) -> list[Any]:
        with at(instant):
            demander_de_rester()
            oublier_abonnes()
            return take_mails()

    return passer


def adresses() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Abonne.courriel)))


def test_sans_reponse_l_adresse_est_effacee(mails: Any, monde: Monde) -> None:
    assert mails(RAPPEL - timedelta(days=2)) == []
    [question] = mails(RAPPEL)
    assert question.destinataire == LECTRICE
    assert monde.fiche.titre in question.texte
    assert mails(RAPPEL + timedelta(days=1)) == []  # asked once
    mails(FIN - timedelta(days=3))
    assert adresses() == [LECTRICE]
    mails(FIN)
    assert adresses() == []


def test_un_bouton_garde_l_adresse_deux_ans_de_plus(mails: Any, client: Any) -> None:
    [question] = mails(RAPPEL)
    with at(RAPPEL):
        adresse = lien(question.texte)
        assert ouvrir(client, adresse).status_code == 200
        assert db.session.scalars(select(Abonne.rappel_le)).one() is not None  # GET changes nothing
        assert suivre(client, adresse).status_code == 303
    mails(FIN)
    assert adresses() == [LECTRICE]


def test_sans_question_rien_n_est_efface(mails: Any) -> None:
    """If the worker was down for months, the question comes first."""
    [question] = mails(FIN + timedelta(days=60))
    assert question.evenement == "abonne_a_relancer"
    assert adresses() == [LECTRICE]
