"""Transfer a saisine, add an owner, and do so concurrently."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import JOUR, LONGUE, Monde, keep, make_acteur, make_agent, make_fiche
from mse.annuaire.models import Nature
from mse.comptes.models import Compte
from mse.core.clock import at, today
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Compteur, Etape, Fiche, Saisine, Transfert
from mse.fiches.queries.bilan import get_bilan
from mse.fiches.queries.listes import Filtres, list_fiches
from mse.fiches.queries.passages import list_transmises
from mse.fiches.use_cases.traiter import (
    ajouter_etape,
    prendre_en_charge,
    repondre_saisine,
    rouvrir_saisine,
)
from mse.fiches.workflow import NatureEtape, Statut
from mse.moderation.use_cases import retirer_fiche
from mse.responsables.use_cases import elargir_fiche, transferer_saisine
from mse.travail.api import AUCUN, QueueTab, count_filtered
from tests.fiches.compteurs import recount

pytestmark = pytest.mark.usefixtures("jour")

MOTIF = "Ces horaires dépendent de vous, pas de nous."


@pytest.fixture
def saisine(monde: Monde) -> Saisine:
    """Filed on Monday 16 November with `transports`. The answer is due on 14 December."""
    with at(JOUR):
        return make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]


def count_all() -> tuple[int, ...]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Etape, Transfert, Saisine)
    )


def test_le_nouveau_responsable_recommence_l_ancien_reste_dans_l_histoire(
    monde: Monde, saisine: Saisine
) -> None:
    with at(JOUR + timedelta(days=1)):
        prendre_en_charge(saisine, par=monde.agent)
    with at(JOUR + timedelta(days=23)):  # Wednesday 9 December
        transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert saisine.acteur == monde.remuneration
    assert saisine.attend_prise_en_charge()
    assert saisine.prise_en_charge_due == date(2026, 12, 16)
    assert saisine.reponse_due == saisine.fiche.prochaine_echeance == date(2026, 12, 23)
    assert saisine.ouverte_le == JOUR
    prise, transfert = saisine.fiche.etapes[-2:]
    assert [prise.acteur, transfert.acteur] == [monde.transports, monde.transports]
    with at(JOUR + timedelta(days=25)):
        repondre_saisine(saisine, LONGUE, par=monde.autre_agent)
        with pytest.raises(Interdit):
            ajouter_etape(saisine, MOTIF, par=monde.agent)
    assert saisine.fiche.etapes[-1].jours_ouvres == 19  # counted from the first opening


def test_une_date_plus_lointaine_ne_recule_pas(monde: Monde, saisine: Saisine) -> None:
    with at(JOUR):
        transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert saisine.reponse_due == date(2026, 12, 14)


def test_deux_transferts_reportent_la_date_le_troisieme_non(monde: Monde, saisine: Saisine) -> None:
    """A transfer that does not move the due date does not count: two of the four move it."""
    tour = [(0, monde.remuneration), (23, monde.transports), (35, monde.remuneration), (50, monde.transports)]
    echeances = []
    for jours, vers in tour:
        par = monde.agent if vers == monde.remuneration else monde.autre_agent
        with at(JOUR + timedelta(days=jours)):
            transferer_saisine(saisine, vers.id, MOTIF, par=par)
        echeances.append(saisine.reponse_due)
    assert echeances == [date(2026, 12, 14), date(2026, 12, 23), date(2027, 1, 6), date(2027, 1, 6)]
    assert saisine.acteur == monde.transports


def test_on_ne_passe_qu_a_un_autre_qui_existe_et_dit_pourquoi(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.lavande)
    ferme = make_acteur("Service fermé", ferme_le=today())
    avant = count_all()
    for acteur_id, motif, mot in (
        (monde.transports.id, MOTIF, "déjà responsable"),
        (monde.lavande.id, MOTIF, "déjà responsable"),
        (ferme.id, MOTIF, "n’existe plus"),
        (999_999, MOTIF, "n’existe plus"),
        (monde.remuneration.id, "trop court", "au moins 15"),
    ):
        with pytest.raises(DonneeInvalide, match=mot):
            transferer_saisine(fiche.saisines[0], acteur_id, motif, par=monde.agent)
        with pytest.raises(DonneeInvalide, match=mot):
            elargir_fiche(fiche, acteur_id, motif, par=monde.agent)
    assert count_all() == avant


def test_seuls_le_responsable_et_l_animation_passent_la_main(monde: Monde) -> None:
    avant = count_all()
    for personne in (monde.autre_agent, monde.samira, monde.lea, monde.ancienne, monde.admin):
        with pytest.raises(Interdit):
            transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=personne)
        with pytest.raises(Interdit):
            elargir_fiche(monde.fiche, monde.remuneration.id, MOTIF, par=personne)
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    for personne in (monde.agent, monde.animatrice):
        with pytest.raises(Interdit):
            transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=personne)
    assert count_all()[1:] == avant[1:]


def test_une_reponse_donnee_ne_se_transfere_plus(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with pytest.raises(TransitionInterdite, match="a déjà une réponse"):
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    with at(JOUR + timedelta(hours=1)):
        rouvrir_saisine(monde.saisine, MOTIF, par=monde.agent)
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert get_bilan(monde.remuneration.id, le=today()).repondues == 0  # `transports` answered
    with at(JOUR + timedelta(hours=2)):
        repondre_saisine(monde.saisine, LONGUE, par=monde.autre_agent)
    assert get_bilan(monde.remuneration.id, le=today()).repondues == 1
    assert {c.cle: c.valeur for c in db.session.scalars(select(Compteur))} == recount()


def test_l_animatrice_reoriente_meme_ce_que_personne_ne_lit(monde: Monde) -> None:
    saisine = make_fiche(monde.promotion, monde.samira, monde.ailleurs).saisines[0]
    transferer_saisine(saisine, monde.transports.id, MOTIF, par=monde.animatrice)
    assert saisine.fiche.etapes[-1].acteur_id is None
    assert saisine.transferts[0].de_id == monde.ailleurs.id


def test_les_files_et_les_listes_suivent(monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    compte = [
        count_filtered([acteur.id], AUCUN, le=today())[QueueTab.A_PRENDRE]
        for acteur in (monde.transports, monde.remuneration)
    ]
    assert compte == [0, 1]
    assert list_fiches(Filtres(acteur=monde.transports.id)).rows == []
    assert [row.id for row in list_fiches(Filtres(acteur=monde.remuneration.id)).rows] == [monde.fiche.id]
    assert [row.responsable for row in list_transmises(monde.transports)] == [monde.remuneration.nom]
    transferer_saisine(monde.saisine, monde.transports.id, MOTIF, par=monde.autre_agent)
    assert list_transmises(monde.transports) == []


def test_un_responsable_de_plus_a_ses_propres_dates(monde: Monde, saisine: Saisine) -> None:
    with at(JOUR):
        repondre_saisine(saisine, LONGUE, par=monde.agent)
    with at(JOUR + timedelta(days=7)):
        nouvelle = elargir_fiche(saisine.fiche, monde.remuneration.id, MOTIF, par=monde.agent)
    assert saisine.fiche.statut == Statut.EN_COURS
    assert saisine.fiche.prochaine_echeance == nouvelle.reponse_due == date(2026, 12, 21)
    assert nouvelle.deposee_le == saisine.fiche.deposee_le
    etape = saisine.fiche.etapes[-1]
    assert (etape.nature, etape.saisine_id) == (NatureEtape.ELARGISSEMENT, nouvelle.id)
    assert etape.acteur == monde.transports


def test_deux_agents_a_la_fois_le_second_retrouve_son_texte(monde: Monde, as_: Any) -> None:
    """Rene writes an answer while Ada, of the same service, transfers the saisine."""
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}"
    ada, rene = as_(monde.agent), as_(monde.referent)
    lue = str(monde.saisine.version)
    ajouter_etape(monde.saisine, MOTIF, par=monde.agent)  # keeps the version: no conflict to report
    champs = {"acteur_id": monde.remuneration.id, "texte": MOTIF}
    assert ada.poster(f"{adresse}/transfert", **champs).status_code == 303
    page = rene.poster(f"{adresse}/reponse", page="/mon-compte/identite", version=lue, texte=LONGUE)
    assert page.status_code == 403
    assert "transférée à Service Rémunération" in page.text
    assert LONGUE in page.text
    with pytest.raises(Conflit, match="Fiche transférée"):
        repondre_saisine(monde.saisine, LONGUE, par=monde.autre_agent, version=int(lue))


def test_l_animatrice_apprend_que_le_service_a_deja_transfere(monde: Monde, as_: Any) -> None:
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/transfert"
    lue = monde.saisine.version
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    page = as_(monde.animatrice).poster(adresse, version=lue, acteur_id=monde.lavande.id, texte=MOTIF)
    assert page.status_code == 409
    assert "Entre-temps" in page.text
    assert MOTIF in page.text
    assert monde.saisine.acteur == monde.remuneration


def test_la_page_propose_puis_cherche_et_garde_le_choix(monde: Monde, as_: Any) -> None:
    organisme = make_acteur("École des Métiers", Nature.ORGANISME)
    make_agent(organisme)
    browser = as_(monde.agent)
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/transfert"
    page = browser.get(adresse).text
    assert (
        page.index("Lavande Formation")
        < page.index("Les autres services")
        < page.index("Service Rémunération")
    )
    assert "École des Métiers" not in page
    assert "École des Métiers" in browser.get(f"{adresse}?q=ecole metier").text
    assert "Aucun nouveau nom trouvé" in browser.get(f"{adresse}?q=%00{'x' * 200}").text
    trouves = browser.poster(adresse, chercher="1", q="ecole metier", texte=MOTIF, acteur_id=monde.lavande.id)
    assert trouves.status_code == 200
    assert "École des Métiers" in trouves.text
    assert MOTIF in trouves.text
    assert monde.saisine.acteur == monde.transports
    refus = browser.poster(adresse, acteur_id=organisme.id, texte="court")
    assert refus.status_code == 422
    assert "École des Métiers" in refus.text
    for mauvais in ("", "abc", "0", "9" * 30, "\x00", "🙂"):
        page = browser.poster(adresse, acteur_id=mauvais, texte=MOTIF)
        assert page.status_code == 422, mauvais
        assert "Choisissez" in page.text, mauvais
        assert MOTIF in page.text
    assert monde.saisine.acteur == monde.transports


@pytest.mark.parametrize("numero", ["9" * 20, "9999999999", "-1", "0", "zz", "²"])
def test_un_numero_impossible_n_est_personne(monde: Monde, as_: Any, numero: str) -> None:
    browser, adresse = as_(monde.agent), f"/fiches/{monde.fiche.id}/elargissement"
    assert browser.poster(adresse, chercher="1", q="ecole", texte=MOTIF, acteur_id=numero).status_code < 500
    refus = browser.poster(adresse, texte=MOTIF, acteur_id=numero)
    assert refus.status_code == 422
    assert "Choisissez un service ou un organisme." in refus.text
    assert MOTIF in refus.text
    sans_session = browser.post(adresse, data={"texte": MOTIF, "acteur_id": numero})  # no CSRF token
    assert sans_session.status_code < 500


def test_la_fiche_dit_par_qui_a_qui_et_pourquoi(monde: Monde, client: Any, as_: Any) -> None:
    prendre_en_charge(monde.saisine, par=monde.agent)
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    elargir_fiche(monde.fiche, monde.lavande.id, "Vous décidez des horaires de cours.", par=monde.autre_agent)
    page = client.get(f"/fiches/{monde.fiche.id}").text
    assert "Transférée par Service Cars régionaux à Service Rémunération" in page
    assert "A pris la fiche en charge (Service Cars régionaux)" in page
    assert "Fiche confiée aussi à ce responsable par Service Rémunération" in page
    assert MOTIF in page
    assert "attendent depuis le" in page
    assert "Transmises à d’autres" in client.get(f"/acteurs/{monde.transports.id}").text
    assert "/transfert" not in page + as_(monde.samira).get(f"/fiches/{monde.fiche.id}").text
    assert "/transfert" in as_(monde.autre_agent).get(f"/fiches/{monde.fiche.id}").text


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_deux_responsables_repondent_au_meme_instant(app: Flask, monde: Monde) -> None:
    """Both threads load the fiche first. The lock serialises the answers, so the counters stay exact."""
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.remuneration)
    depart = Barrier(2)
    gestes = [
        (saisine.id, saisine.version, agent.id)
        for saisine, agent in zip(fiche.saisines, (monde.agent, monde.autre_agent), strict=True)
    ]
    fiche_id = fiche.id
    db.session.rollback()

    def repond(geste: tuple[int, int, int]) -> None:
        with app.app_context():
            saisine, par = db.session.get_one(Saisine, geste[0]), db.session.get_one(Compte, geste[2])
            assert saisine.fiche.statut == Statut.EN_COURS
            depart.wait(10)
            repondre_saisine(saisine, LONGUE, par=par, version=geste[1])
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(repond, gestes)) == [None, None]
    assert db.session.get_one(Fiche, fiche_id).statut == Statut.REPONSE
    assert {c.cle: c.valeur for c in db.session.scalars(select(Compteur))} == recount()


def test_le_delai_du_nouveau_responsable_est_le_sien(monde: Monde, saisine: Saisine) -> None:
    presse = keep(make_acteur("Service pressé", delai_prise_en_charge=1))
    with at(JOUR):
        transferer_saisine(saisine, presse.id, MOTIF, par=monde.agent)
    assert saisine.prise_en_charge_due == date(2026, 11, 17)
