"""Each of the five measures, computed from the facts of a small world."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from devtools.factories import (
    JOUR,
    LONGUE,
    Monde,
    build_monde,
    make_compte,
    make_delegue,
    make_fiche,
    make_initiative,
    make_promotion,
)
from mse.avis import use_cases as suivre
from mse.core.cache import clear_caches
from mse.core.clock import at, local_date, today
from mse.core.working_days import add_working_days
from mse.depot.use_cases import preciser
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Valeur
from mse.initiatives.use_cases import avancer_initiative, donner_nouvelle
from mse.initiatives.workflow import Action
from mse.meteo.mesures import Chiffre, Mesure
from mse.meteo.queries.chiffres import count_releves
from mse.moderation import use_cases as moderer
from mse.representation.use_cases.mandats import terminer_mandat
from mse.responsables.use_cases import elargir_fiche, transferer_saisine
from tests.database_states import DatabaseStates

M, MOTIF = Mesure, "Cette équipe connaît mieux le sujet que la nôtre."
INVITEE = "Ines"


@pytest.fixture
def monde(database_states: DatabaseStates) -> Iterator[Monde]:
    with at(JOUR):
        yield database_states.once(build_monde)


def chiffre(mesure: Mesure, jour: date | None = None, code: str = "13", fenetre: int = 90) -> Chiffre:
    clear_caches()
    return count_releves([code], jour or today(), fenetre)[code][mesure]


def dans(jours: int) -> datetime:
    return JOUR + timedelta(days=jours)


def test_une_promotion_de_moins_de_trois_semaines_ne_compte_pas_encore(monde: Monde) -> None:
    neuve = make_promotion(monde.lavande, "Soudeur", debut=today() - timedelta(days=20))
    avant = chiffre(M.REPRESENTATION)
    assert avant == Chiffre(1, 1)
    assert chiffre(M.REPRESENTATION, today() + timedelta(days=1)) == Chiffre(1, 2)
    make_delegue(neuve, "Rosa")
    assert chiffre(M.REPRESENTATION, today() + timedelta(days=1)) == Chiffre(2, 2)


def test_un_mandat_sans_compte_ouvert_ne_represente_personne(monde: Monde) -> None:
    from devtools.factories import keep
    from mse.representation.models import Mandat, RoleMandat
    from mse.representation.queries.promotions import count_sans_delegue

    autre = make_promotion(monde.lavande, "Boulanger")
    invitee = make_compte(INVITEE, active_le=None)
    mandat = keep(Mandat(compte=invitee, promotion=autre, role=RoleMandat.TITULAIRE, debut=autre.debut))
    assert chiffre(M.REPRESENTATION) == Chiffre(1, 2)
    organismes = [monde.lavande.id, monde.ailleurs.id]
    assert sum(count_sans_delegue(organismes, le=today()).values()) == 1  # equals n - k
    invitee.active_le = JOUR
    db.session.commit()
    assert chiffre(M.REPRESENTATION) == Chiffre(2, 2)
    terminer_mandat(mandat, fin=today(), par=None)
    assert chiffre(M.REPRESENTATION) == Chiffre(2, 2)  # the last day of the mandat still counts
    assert chiffre(M.REPRESENTATION, today() + timedelta(days=1)) == Chiffre(1, 2)


def test_une_fiche_deposee_fait_parler_sa_promotion_pendant_une_periode(monde: Monde) -> None:
    assert chiffre(M.EXPRESSION) == Chiffre(1, 1)
    assert chiffre(M.EXPRESSION, today() + timedelta(days=89)) == Chiffre(1, 1)
    assert chiffre(M.EXPRESSION, today() + timedelta(days=90)) == Chiffre(0, 1)
    assert chiffre(M.EXPRESSION, today() + timedelta(days=7), fenetre=7) == Chiffre(0, 1)
    assert chiffre(M.EXPRESSION, code="06") == Chiffre(0, 1)  # the promotion of Lea, in Nice
    assert chiffre(M.EXPRESSION, code="93") == Chiffre(1, 2)


def test_une_initiative_portee_est_une_parole(monde: Monde) -> None:
    with at(dans(95)):
        assert chiffre(M.EXPRESSION, local_date(dans(95))) == Chiffre(0, 1)
        initiative = make_initiative(monde.promotion, monde.samira)
        assert chiffre(M.EXPRESSION, local_date(dans(95))) == Chiffre(1, 1)
    assert chiffre(M.EXPRESSION, local_date(dans(94))) == Chiffre(0, 1)
    assert initiative.porteurs[0].promotion is monde.promotion


def test_une_initiative_vit_de_ses_nouvelles(monde: Monde) -> None:
    initiative = make_initiative(monde.lavande, monde.animatrice)
    assert chiffre(M.INITIATIVE) == Chiffre(1, 1)
    assert chiffre(M.INITIATIVE, code="06") == Chiffre(0, 1)
    promotion = make_promotion(monde.lavande, "Longue", fin=today() + timedelta(days=900))
    assert chiffre(M.INITIATIVE, local_date(dans(180))) == Chiffre(1, 1)
    assert chiffre(M.INITIATIVE, local_date(dans(181))) == Chiffre(0, 1)  # no news for over 180 days
    with at(dans(200)):
        donner_nouvelle(initiative, "La salle est trouvée.", par=monde.animatrice)
    assert chiffre(M.INITIATIVE, local_date(dans(200))) == Chiffre(1, 1)
    with at(dans(210)):
        avancer_initiative(initiative, Action.REALISER, "Le guide est imprimé.", par=monde.animatrice)
    assert chiffre(M.INITIATIVE, local_date(dans(210 + 89))) == Chiffre(1, 1)
    assert chiffre(M.INITIATIVE, local_date(dans(210 + 90))) == Chiffre(0, 1)
    assert promotion.organisme is monde.lavande


def test_repondre_a_temps_ou_trop_tard(monde: Monde) -> None:
    due = monde.saisine.reponse_due
    assert due == add_working_days(today(), 20)
    assert chiffre(M.ECOUTE, due - timedelta(days=1)) == Chiffre(0, 0)
    assert chiffre(M.ECOUTE, due) == Chiffre(0, 1)
    with at(datetime.combine(due, JOUR.timetz())):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert chiffre(M.ECOUTE, due) == Chiffre(1, 1)
    autre = make_fiche(monde.promotion, monde.samira, monde.transports)
    with at(dans(60)):
        traiter.repondre_saisine(autre.saisines[0], LONGUE, par=monde.agent)
    assert chiffre(M.ECOUTE, today() + timedelta(days=60)) == Chiffre(1, 2)


def test_abandonner_n_est_pas_repondre(monde: Monde) -> None:
    traiter.abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert chiffre(M.ECOUTE, monde.saisine.reponse_due) == Chiffre(0, 1)


def test_une_echeance_manquee_le_reste_apres_un_transfert(monde: Monde) -> None:
    manquee = monde.saisine.reponse_due
    with at(dans(35)):
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
        nouvelle = monde.saisine.reponse_due
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.autre_agent)
    assert nouvelle > manquee
    assert chiffre(M.ECOUTE, nouvelle - timedelta(days=1)) == Chiffre(0, 1)
    assert chiffre(M.ECOUTE, nouvelle) == Chiffre(1, 1)  # a saisine counts once, at its last due date


def test_une_echeance_reportee_a_temps_n_est_pas_manquee(monde: Monde) -> None:
    ancienne = monde.saisine.reponse_due
    with at(datetime.combine(ancienne - timedelta(days=1), JOUR.timetz())):
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert chiffre(M.ECOUTE, ancienne) == Chiffre(0, 0)


def test_une_reponse_rouverte_en_doit_une_autre(monde: Monde) -> None:
    premiere = monde.saisine.reponse_due
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(dans(40)):
        traiter.rouvrir_saisine(monde.saisine, MOTIF, par=monde.agent)
    assert chiffre(M.ECOUTE, premiere) == Chiffre(1, 1)
    assert chiffre(M.ECOUTE, monde.saisine.reponse_due) == Chiffre(0, 1)


def test_regler_puis_etre_contredit(monde: Monde) -> None:
    due = monde.saisine.reponse_due
    assert chiffre(M.RESOLUTION, due - timedelta(days=1)) == Chiffre(0, 0)  # nothing is due yet
    assert chiffre(M.RESOLUTION, due) == Chiffre(0, 1)
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert chiffre(M.RESOLUTION, due) == Chiffre(0, 1)
    with at(dans(35)):
        traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert chiffre(M.RESOLUTION, local_date(dans(34))) == Chiffre(0, 1)
    assert chiffre(M.RESOLUTION, local_date(dans(35))) == Chiffre(1, 1)
    with at(dans(36)):
        suivre.donner_avis(monde.saisine, Valeur.NON, "Rien n’a changé.", par=monde.samira)
    assert chiffre(M.RESOLUTION, local_date(dans(35))) == Chiffre(1, 1)  # before the verdict
    assert chiffre(M.RESOLUTION, local_date(dans(36))) == Chiffre(0, 1)
    with at(dans(37)):
        suivre.donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)
    assert chiffre(M.RESOLUTION, local_date(dans(36))) == Chiffre(0, 1)
    assert chiffre(M.RESOLUTION, local_date(dans(37))) == Chiffre(1, 1)


def test_une_reponse_tardive_ne_fait_pas_baisser_la_resolution(monde: Monde) -> None:
    """n depends on due dates only: a late answer must not add the fiche to n, as if 5/10 became 5/11."""
    en_retard = local_date(dans(40))
    assert chiffre(M.RESOLUTION, en_retard) == Chiffre(0, 1)
    with at(dans(40)):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert chiffre(M.RESOLUTION, en_retard) == Chiffre(0, 1)


def test_une_fiche_est_attendue_a_la_derniere_echeance_de_ses_saisines(monde: Monde) -> None:
    premiere = monde.saisine.reponse_due
    with at(dans(10)):
        seconde = elargir_fiche(monde.fiche, monde.remuneration.id, MOTIF, par=monde.agent)
    assert chiffre(M.RESOLUTION, premiere) == Chiffre(0, 0)
    assert chiffre(M.RESOLUTION, seconde.reponse_due) == Chiffre(0, 1)
    dernier = seconde.reponse_due + timedelta(days=89)
    assert chiffre(M.RESOLUTION, dernier) == Chiffre(0, 1)
    assert chiffre(M.RESOLUTION, dernier + timedelta(days=1)) == Chiffre(0, 0)


def test_une_date_reportee_deplace_la_fiche(monde: Monde) -> None:
    ancienne = monde.saisine.reponse_due
    with at(dans(40)):
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert chiffre(M.RESOLUTION, ancienne) == Chiffre(0, 1)
    assert chiffre(M.RESOLUTION, local_date(dans(40))) == Chiffre(0, 0)
    assert chiffre(M.RESOLUTION, monde.saisine.reponse_due) == Chiffre(0, 1)


@pytest.mark.parametrize(
    ("signale", "jour", "comptee"), [(True, 10, False), (False, 10, True), (True, 40, True)]
)
def test_une_fiche_abandonnee_parce_que_ses_delegues_le_disent(
    monde: Monde, signale: bool, jour: int, comptee: bool
) -> None:
    """It leaves n if the delegates said so and it was abandoned before the answer was due."""
    due, fin = monde.saisine.reponse_due, local_date(dans(50))
    if signale:
        with at(dans(5)):
            preciser.signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.samira)
    with at(dans(jour)):
        traiter.abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    attendu = Chiffre(0, 1 if comptee else 0)
    assert [chiffre(mesure, quand) for mesure in (M.ECOUTE, M.RESOLUTION) for quand in (due, fin)] == 4 * [
        attendu
    ]


def test_une_fiche_abandonnee_puis_rouverte_est_attendue_de_nouveau(monde: Monde) -> None:
    ancienne = monde.saisine.reponse_due
    with at(dans(5)):
        preciser.signaler_plus_actuelle(monde.fiche, MOTIF, par=monde.samira)
        traiter.abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(dans(40)):
        traiter.rouvrir_saisine(monde.saisine, MOTIF, par=monde.agent)
    for mesure in (M.ECOUTE, M.RESOLUTION):
        assert chiffre(mesure, ancienne) == Chiffre(0, 0)
        assert chiffre(mesure, local_date(dans(40))) == Chiffre(0, 0)
        assert chiffre(mesure, monde.saisine.reponse_due) == Chiffre(0, 1)


def test_une_fiche_retiree_reste_comptee(monde: Monde) -> None:
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    avant = [chiffre(mesure) for mesure in M]
    moderer.retirer_fiche(monde.fiche, "Elle nomme une personne de l’équipe.", par=monde.animatrice)
    assert [chiffre(mesure) for mesure in M] == avant


def test_un_organisme_compte_une_fois_par_territoire(monde: Monde) -> None:
    make_promotion(monde.lavande, "Soudeur")
    assert chiffre(M.INITIATIVE).n == 1
    assert chiffre(M.INITIATIVE, code="93").n == 2
