"""Each public fact that changes the outcome or the owner of a fiche is told to its followers, with an account
or with an address, in the same words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from devtools.factories import JOUR, LONGUE, Monde, make_acteur, make_compte, make_fiche
from mse.avis import events as avis_events
from mse.avis.use_cases import (
    accepter_reouverture,
    contester_refus,
    demander_reouverture,
    demander_toutes_les_durabilites,
    dire_durabilite,
    refuser_reouverture,
    rejeter_reouverture,
)
from mse.core.clock import at
from mse.core.events import Event
from mse.courriels.suivis import start_with_step
from mse.depot.use_cases.preciser import signaler_plus_actuelle
from mse.extensions import db
from mse.fiches import events as fiches_events
from mse.fiches.events import EvenementDeFiche, EvenementDeSaisine
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine
from mse.fiches.workflow import NatureEtape
from mse.moderation.use_cases import retablir_fiche, retirer_fiche
from mse.notifications import annonces
from mse.notifications.lecture import read_entree
from mse.notifications.models import Notification
from mse.notifications.resumes_suivis import envoyer_resumes_suivis
from mse.responsables.use_cases import annuler_transfert, elargir_fiche, transferer_saisine
from mse.suivis.libelles import NOUVELLES
from mse.suivis.workflow import NATURES
from tests.notifications.conftest import take_mails
from tests.suivis.test_par_courriel import suivre_par_courriel
from tests.suivis.test_suivre import suit

pytestmark = pytest.mark.usefixtures("jour")
HEURE = timedelta(hours=1)
MOIS = timedelta(days=30, hours=1)
REVENU = "Le car part de nouveau avant la fin des cours."


def _transferer(monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.remuneration.id, "Cela dépend de vous.", par=monde.agent)


def _reglee(monde: Monde) -> None:
    with at(JOUR):
        regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(JOUR + MOIS):
        demander_toutes_les_durabilites()


def _demandee(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, REVENU, par=monde.samira)


def _refusee(monde: Monde) -> None:
    _demandee(monde)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)


def _contestee(monde: Monde) -> None:
    _refusee(monde)
    contester_refus(monde.saisine, REVENU, par=monde.samira)


def _retiree(monde: Monde) -> None:
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)


def _rien(_monde: Monde) -> None:
    pass


Acte = Callable[[Monde], object]
ACTES: dict[str, tuple[Acte, Acte]] = {
    "Fiche transférée": (_rien, _transferer),
    "Transfert annulé": (_transferer, lambda m: annuler_transfert(m.saisine, par=m.agent)),
    "Un responsable de plus": (
        _rien,
        lambda m: elargir_fiche(m.fiche, make_acteur("Gares").id, "Les gares aussi.", par=m.animatrice),
    ),
    "Problème revenu": (
        _reglee,
        lambda m: dire_durabilite(m.saisine, REVENU, est_durable=False, par=m.samira),
    ),
    "Problème réglé durablement": (
        _reglee,
        lambda m: dire_durabilite(m.saisine, "", est_durable=True, par=m.samira),
    ),
    "Ce n’est plus d’actualité, disent les délégué·es": (
        _rien,
        lambda m: signaler_plus_actuelle(m.fiche, REVENU, par=m.samira),
    ),
    "Réouverture demandée par les délégué·es": (
        lambda m: repondre_saisine(m.saisine, LONGUE, par=m.agent),
        lambda m: demander_reouverture(m.saisine, REVENU, par=m.samira),
    ),
    "Fiche rouverte": (
        _demandee,
        lambda m: accepter_reouverture(m.saisine, "Nous reprenons la discussion.", par=m.agent),
    ),
    "Refus de rouvrir une fiche": (
        _demandee,
        lambda m: refuser_reouverture(m.saisine, LONGUE, par=m.agent),
    ),
    "Refus contesté par les délégué·es": (
        _refusee,
        lambda m: contester_refus(m.saisine, REVENU, par=m.samira),
    ),
    "Réponse maintenue par l’équipe d’animation": (
        _contestee,
        lambda m: rejeter_reouverture(m.saisine, LONGUE, par=m.animatrice),
    ),
    "Fiche de nouveau publique": (_retiree, lambda m: retablir_fiche(m.fiche, par=m.animatrice)),
}


@pytest.fixture
def monde(monde: Monde) -> Monde:
    """The fiche of the world, filed again on a day that the clock controls."""
    make_fiche(monde.promotion, monde.samira, monde.transports)
    take_mails(receipts=True)
    return monde


@pytest.mark.parametrize("mot", ACTES)
def test_qui_suit_l_apprend_avec_ou_sans_compte(monde: Monde, mot: str) -> None:
    avant, acte = ACTES[mot]
    with at(JOUR + MOIS):
        avant(monde)
        take_mails(receipts=True)
    db.session.execute(delete(Notification))
    db.session.commit()
    lectrice = make_compte("Lucie")
    with at(JOUR + MOIS):
        suit(lectrice, "theme", "transport")
        suivre_par_courriel("theme", "transport")
        take_mails(receipts=True)
    with at(JOUR + MOIS + HEURE):
        acte(monde)
        take_mails()
    db.session.rollback()
    query = select(Notification).where(Notification.compte_id == lectrice.id)
    assert [read_entree(une, lectrice).mot for une in db.session.scalars(query)] == [mot]
    with at(JOUR + MOIS + timedelta(days=1)):
        envoyer_resumes_suivis()
        [resume] = [mail for mail in take_mails(receipts=True) if mail.evenement == "resume_suivis"]
    assert mot in (resume.texte or "")


def test_chaque_ligne_publique_a_son_choix() -> None:
    """A new kind of étape or event must be told to followers, or be named here."""
    parutions = {NatureEtape.DEPOT, NatureEtape.PUBLICATION}
    tues = {"PRISE_EN_CHARGE", "ETAPE", "PROLONGATION", "PRECISION", "RETRAIT", "REUNION", "SEPARATION"}
    assert set(NOUVELLES) == set(NATURES)
    assert {nature.name for nature in set(NatureEtape) - set(NATURES) - parutions} == tues
    events = {
        une
        for module in (fiches_events, avis_events)
        for une in vars(module).values()
        if isinstance(une, type) and issubclass(une, EvenementDeSaisine | EvenementDeFiche)
    }
    dits = {une for une in events if start_with_step in annonces._writers[une.__name__]}
    tus = {"SaisinePriseEnCharge", "EtapeAjoutee", "SaisineProlongee", "FichePrecisee"}
    bases: set[type[Event]] = {EvenementDeSaisine, EvenementDeFiche}
    assert {une.__name__ for une in events - dits - bases} == tus
