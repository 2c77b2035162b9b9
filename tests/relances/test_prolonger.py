"""The owner postpones its answer once; how the due date was computed; how urgent an answer is."""

from datetime import date, timedelta
from typing import Any

import pytest

from devtools.factories import JOUR, LONGUE, Monde, hidden_fields, make_fiche
from mse.accueil.rangs import Rang, group_rangs
from mse.core.clock import at, today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.core.time_limits import TimeLimit
from mse.extensions import db
from mse.fiches.echeance import expliquer_echeance
from mse.fiches.models import Saisine
from mse.fiches.urgence import Urgence, classer, est_sans_reponse
from mse.fiches.use_cases.traiter import repondre_saisine, rouvrir_saisine
from mse.fiches.workflow import NatureEtape
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.representation.models import Promotion
from mse.representation.use_cases.promotions import modifier_promotion
from mse.responsables.use_cases import transferer_saisine
from mse.travail.api import QueueTab, list_tab
from tests.courriels import write_mails
from tests.notifications.conftest import addresses, take_mails

pytestmark = pytest.mark.usefixtures("jour")

MOTIF = "Le transporteur nous répond la semaine du 14 décembre."
TRANSFERT = "Ces horaires dépendent de vous."
DUE = date(2026, 12, 14)  # filed on Monday 16 November


def test_une_prolongation_deplace_la_date_une_seule_fois(monde: Monde) -> None:
    saisine = monde.saisine
    prolonger_saisine(saisine, 5, MOTIF, par=monde.agent)
    assert saisine.reponse_due == monde.fiche.prochaine_echeance == date(2026, 12, 21)
    etape = monde.fiche.etapes[-1]
    assert (etape.nature, etape.texte, etape.acteur_id) == (
        NatureEtape.PROLONGATION,
        MOTIF,
        monde.transports.id,
    )
    with pytest.raises(TransitionInterdite, match="déjà été reportée"):
        prolonger_saisine(saisine, 1, f"{MOTIF} Encore.", par=monde.agent)
    assert saisine.reponse_due == date(2026, 12, 21)


def test_un_nouveau_tour_donne_une_nouvelle_prolongation(monde: Monde) -> None:
    saisine = monde.saisine
    prolonger_saisine(saisine, 5, MOTIF, par=monde.agent)
    repondre_saisine(saisine, LONGUE, par=monde.agent)
    with pytest.raises(TransitionInterdite, match="a déjà une réponse"):
        prolonger_saisine(saisine, 5, f"{MOTIF} Encore.", par=monde.agent)
    rouvrir_saisine(saisine, "Le car a de nouveau du retard.", par=monde.agent)
    avant = saisine.reponse_due
    prolonger_saisine(saisine, 5, f"{MOTIF} Encore.", par=monde.agent)
    assert saisine.reponse_due > avant


def test_la_barre_du_delai_s_allonge_des_jours_de_la_prolongation(monde: Monde) -> None:
    saisine = monde.saisine
    with at(JOUR + timedelta(days=4)):
        assert saisine.delai(today()) == TimeLimit(20, 4, 0)
        prolonger_saisine(saisine, 5, MOTIF, par=monde.agent)
        assert saisine.delai(today()) == TimeLimit(25, 4, 0)
        [rang] = read_rangs(monde.transports.id, le=today())
        assert rang.delai == TimeLimit(25, 4, 0)
    with at(JOUR + timedelta(days=35)):
        assert saisine.delai(today()) == TimeLimit(25, 25, 0)
    with at(JOUR + timedelta(days=36)):
        [rang] = read_rangs(monde.transports.id, le=today())
        assert saisine.delai(today()) == rang.delai == TimeLimit(25, 26, 1)
        repondre_saisine(saisine, LONGUE, par=monde.agent)
        rouvrir_saisine(saisine, "Le car a de nouveau du retard.", par=monde.agent)
        assert saisine.delai(today()).total == 20, "the extension belongs to the round before"


def read_rangs(acteur_id: int, *, le: date) -> list[Rang]:
    """Return the rows of the queue of an acteur."""
    lignes, _suite = list_tab([acteur_id], QueueTab.EN_COURS, le=le)
    return [rang for rangs in group_rangs(lignes, le=le).values() for rang in rangs]


def test_un_transfert_ne_rend_pas_la_prolongation(monde: Monde) -> None:
    prolonger_saisine(monde.saisine, 5, MOTIF, par=monde.agent)
    transferer_saisine(monde.saisine, monde.remuneration.id, TRANSFERT, par=monde.agent)
    with pytest.raises(TransitionInterdite, match="déjà été reportée"):
        prolonger_saisine(monde.saisine, 1, MOTIF, par=monde.autre_agent)


def test_la_date_passee_ne_se_reporte_plus(monde: Monde) -> None:
    with at(JOUR + timedelta(days=28)):  # the due date itself
        assert today() == DUE
        assert monde.saisine.peut_etre_prolongee(today())
    with at(JOUR + timedelta(days=29)), pytest.raises(TransitionInterdite, match="est passée"):
        prolonger_saisine(monde.saisine, 5, MOTIF, par=monde.agent)


@pytest.mark.parametrize("jours", [0, -1, 11])
def test_pas_plus_que_la_demarche_ne_permet(monde: Monde, jours: int) -> None:
    with pytest.raises(DonneeInvalide, match="10 jours ouvrés au plus"):
        prolonger_saisine(monde.saisine, jours, MOTIF, par=monde.agent)
    assert monde.saisine.reponse_due == DUE


def test_une_prolongation_se_motive_et_seul_le_responsable_la_demande(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide, match="au moins 15"):
        prolonger_saisine(monde.saisine, 5, "Trop court", par=monde.agent)
    for personne in (monde.autre_agent, monde.samira, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            prolonger_saisine(monde.saisine, 5, MOTIF, par=personne)


def test_la_page_propose_des_dates_et_les_delegues_lisent_le_calcul(monde: Monde, as_: Any) -> None:
    fiche, saisine = monde.fiche, monde.saisine
    adresse = f"/fiches/{fiche.id}/saisines/{saisine.id}/prolongation"
    agent = as_(monde.agent)
    assert adresse in agent.get(f"/fiches/{fiche.id}").text
    assert "5 jours ouvrés : réponse avant le lundi 21 décembre" in agent.get(adresse).text
    champs = {**hidden_fields(agent.get(adresse).text), "jours": "5", "texte": MOTIF}
    for _clic in range(3):
        assert agent.post(adresse, data=champs).status_code == 303
    assert agent.get(adresse).location == f"/fiches/{fiche.id}"  # it can be postponed once
    assert [etape.nature for etape in fiche.etapes].count(NatureEtape.PROLONGATION) == 1
    page = as_(monde.samira).get(f"/fiches/{fiche.id}").text
    assert "20 jours ouvrés depuis le dépôt du 16 novembre 2026." in page
    assert "+ 5 jours ouvrés de prolongation, demandés le 16 novembre 2026." in page
    assert MOTIF in as_(None).get(f"/fiches/{fiche.id}").text
    assert "pourquoi cette date" not in as_(None).get(f"/fiches/{fiche.id}").text
    assert adresse not in agent.get(f"/fiches/{fiche.id}").text


def test_un_texte_refuse_reste_dans_la_page(monde: Monde, as_: Any) -> None:
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/prolongation"
    page = as_(monde.agent).poster(adresse, jours="12", texte=MOTIF)
    assert page.status_code == 422
    assert MOTIF in page.text


def test_les_delegues_recoivent_la_nouvelle_date(monde: Monde) -> None:
    take_mails()
    prolonger_saisine(monde.saisine, 5, MOTIF, par=monde.agent)
    write_mails()
    courriels = take_mails()
    assert addresses(courriels) == {monde.samira.courriel, monde.karim.courriel}
    assert "au plus tard le lundi 21 décembre" in (courriels[0].texte or "")


def test_le_calcul_dit_chaque_report(monde: Monde) -> None:
    saisine = monde.saisine
    with at(JOUR + timedelta(days=23)):  # Wednesday 9 December
        transferer_saisine(saisine, monde.remuneration.id, TRANSFERT, par=monde.agent)
        repondre_saisine(saisine, LONGUE, par=monde.autre_agent)
        rouvrir_saisine(saisine, "Le car a de nouveau du retard.", par=monde.autre_agent)
    assert expliquer_echeance(saisine) == [
        "20 jours ouvrés depuis le dépôt du 16 novembre 2026.",
        "Transférée le 9 décembre 2026 : le nouveau responsable a jusqu’au mercredi 23 décembre.",
        "Rouverte le 9 décembre 2026 : nouvelle réponse avant le mercredi 23 décembre.",
    ]


def test_l_urgence_a_quatre_niveaux() -> None:
    niveaux = {
        date(2026, 12, 4): Urgence.A_L_HEURE,
        date(2026, 12, 7): Urgence.BIENTOT,  # 5 working days before
        DUE: Urgence.BIENTOT,
        DUE + timedelta(days=1): Urgence.EN_RETARD,
        date(2026, 12, 28): Urgence.EN_RETARD,  # 9 working days late: the 25th is a holiday
        date(2026, 12, 29): Urgence.TRES_EN_RETARD,
    }
    assert {jour: classer(DUE, jour) for jour in niveaux} == niveaux
    assert not est_sans_reponse(DUE, date(2027, 1, 5))
    assert est_sans_reponse(DUE, date(2027, 1, 6))  # 15 working days, without 25 December and 1 January


def test_apres_quinze_jours_la_page_publique_le_dit(monde: Monde, as_: Any) -> None:
    phrase = "Personne n’a répondu depuis"
    for jour, attendu in ((date(2027, 1, 5), False), (date(2027, 1, 6), True)):
        with at(JOUR + (jour - today())):
            assert (phrase in as_(None).get(f"/fiches/{monde.fiche.id}").text) is attendu
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(JOUR + timedelta(days=90)):
        assert phrase not in as_(None).get(f"/fiches/{monde.fiche.id}").text


def test_la_cle_de_tri_suit_la_date_et_la_fin_de_la_formation(monde: Monde) -> None:
    saisine = make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]
    assert saisine.agir_avant == saisine.reponse_due == DUE
    _finir(saisine.fiche.promotion, DUE - timedelta(days=4))
    _check(saisine, DUE - timedelta(days=4))
    prolonger_saisine(saisine, 5, MOTIF, par=monde.agent)
    _check(saisine, DUE - timedelta(days=4))
    _finir(saisine.fiche.promotion, DUE + timedelta(days=200))
    _check(saisine, saisine.reponse_due)


def _finir(promotion: Promotion, fin: date) -> None:
    modifier_promotion(
        promotion,
        titre=promotion.titre,
        commune_code=promotion.commune_code,
        debut=promotion.debut,
        fin=fin,
        effectif=promotion.effectif,
        succede_a=None,
        par=None,
    )


def _check(saisine: Saisine, attendue: date) -> None:
    db.session.refresh(saisine)
    assert saisine.agir_avant == attendue == min(saisine.reponse_due, saisine.fiche.promotion.fin)
