"""The ladder of reminders: on which day, to whom, and never to somebody who owes nothing."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from devtools.factories import JOUR, LONGUE, Monde, keep, make_acteur, make_fiche
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.core.clock import at, now
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import repondre_saisine, rouvrir_saisine
from mse.moderation.use_cases import retirer_fiche
from mse.notifications.annonces import write_next
from mse.relances.models import Relance
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.relances.use_cases.relancer import relancer_du_jour
from mse.relances.workflow import Palier, list_tranches
from mse.responsables.use_cases import transferer_saisine
from tests.notifications.conftest import take_mails
from tests.relances.jours import read_reminders, run_ladder

pytestmark = pytest.mark.usefixtures("jour")

MOTIF = "Le transporteur nous répond la semaine du 14 décembre."
DUE = date(2026, 12, 14)  # a Monday; the fiche is filed on 16 November
AVANT, CINQ, DIX = date(2026, 12, 10), date(2026, 12, 21), date(2026, 12, 29)


@pytest.fixture
def saisine(monde: Monde) -> Saisine:
    take_mails()
    return monde.saisine


def _paliers(saisine: Saisine) -> list[Palier]:
    return [r.palier for r in db.session.query(Relance).filter_by(saisine_id=saisine.id).order_by(Relance.id)]


def test_chaque_marche_le_jour_dit_aux_personnes_dites(monde: Monde, saisine: Saisine) -> None:
    titre = [saisine.fiche.titre]
    agents = {monde.agent.courriel: titre, monde.referent.courriel: titre}
    attendus = {
        AVANT: agents,
        DUE: agents,
        CINQ: {monde.referent.courriel: titre},
        DIX: {monde.animatrice.courriel: titre},
    }
    jour = date(2026, 12, 1)
    while jour < date(2027, 2, 1):
        assert run_ladder(jour) == attendus.get(jour, {}), jour
        jour += timedelta(days=1)


def test_une_seule_fois_par_jour_et_pas_avant_l_heure(saisine: Saisine, monde: Monde) -> None:
    assert run_ladder(AVANT, heure=6) == {}  # 7 o'clock in Paris
    assert len(run_ladder(AVANT, heure=7)) == 2
    assert run_ladder(AVANT, heure=12) == {}


def test_apres_une_panne_seule_la_plus_haute_marche_part(monde: Monde, saisine: Saisine) -> None:
    assert list(run_ladder(DIX + timedelta(days=20))) == [monde.animatrice.courriel]
    assert _paliers(saisine) == [Palier.ASSOCIATION]
    assert run_ladder(DIX + timedelta(days=21)) == {}


def test_un_seul_courriel_par_personne_quel_que_soit_le_nombre(monde: Monde, saisine: Saisine) -> None:
    deux = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de 17 h est plein")
    rappels = run_ladder(AVANT)
    assert rappels[str(monde.agent.courriel)] == [saisine.fiche.titre, deux.titre]


def test_jamais_a_qui_ne_doit_rien(monde: Monde, saisine: Saisine) -> None:
    retiree = make_fiche(monde.promotion, monde.samira, monde.transports)
    retirer_fiche(retiree, MOTIF, par=monde.animatrice)
    reportee = make_fiche(monde.promotion, monde.samira, monde.transports)
    prolonger_saisine(reportee.saisines[0], 5, MOTIF, par=monde.agent)
    repondre_saisine(saisine, LONGUE, par=monde.agent)
    assert run_ladder(AVANT) == {}
    assert run_ladder(DUE) == {}
    assert set(run_ladder(date(2026, 12, 17))) == {monde.agent.courriel, monde.referent.courriel}


def test_jamais_pendant_une_suspension(monde: Monde, saisine: Saisine) -> None:
    with at(datetime.combine(DUE, time(8, 30), UTC)):
        _suspendre(saisine)
    assert saisine.suspendue_jusqu_au is not None
    jour = DUE
    while jour <= saisine.suspendue_jusqu_au:
        assert run_ladder(jour) == {}, jour
        jour += timedelta(days=1)
    assert run_ladder(jour)


@use_case
def _suspendre(saisine: Saisine) -> None:
    saisine.suspendre(now())


def test_repondre_avant_que_le_courriel_soit_ecrit_le_retire(monde: Monde, saisine: Saisine) -> None:
    with at(datetime.combine(AVANT, time(9), UTC)):
        relancer_du_jour()
        repondre_saisine(saisine, LONGUE, par=monde.agent)
        assert read_reminders() == {}


def test_une_nouvelle_date_recommence_l_echelle(monde: Monde, saisine: Saisine) -> None:
    assert len(run_ladder(DUE)) == 2
    with at(JOUR + timedelta(days=28)):
        repondre_saisine(saisine, LONGUE, par=monde.agent)
        rouvrir_saisine(saisine, "Le car a de nouveau du retard.", par=monde.agent)
    assert saisine.reponse_due == date(2026, 12, 29)
    assert len(run_ladder(date(2026, 12, 24))) == 2


def test_le_nouveau_responsable_seul_est_rappele(monde: Monde, saisine: Saisine) -> None:
    transferer_saisine(saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    assert list(run_ladder(AVANT)) == [monde.autre_agent.courriel]


def test_sans_referent_l_association_est_prevenue(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.remuneration)
    db.session.commit()
    take_mails()
    assert monde.animatrice.courriel in run_ladder(CINQ)
    assert fiche.titre in run_ladder(DIX)[str(monde.animatrice.courriel)]


def test_sans_agent_la_boite_et_l_association_sont_prevenues(monde: Monde) -> None:
    muet = make_acteur("Service sans compte")
    fiche = make_fiche(monde.promotion, monde.samira, muet, titre="La cantine ferme à midi")
    take_mails()
    rappels = run_ladder(AVANT)
    assert rappels[str(muet.courriel)] == rappels[str(monde.animatrice.courriel)] == [fiche.titre]


def test_le_depart_du_dernier_agent_rend_ses_rappels_a_l_association(monde: Monde, saisine: Saisine) -> None:
    monde.transports.courriel = None
    keep(monde.transports)
    postes = list(monde.transports.appartenances)
    for poste in postes:
        terminer_appartenance(poste, par=monde.animatrice)
    [mail] = [une for une in take_mails() if une.evenement == "appartenance_fermee"]
    assert mail.destinataire == monde.animatrice.courriel
    assert saisine.fiche.titre in (mail.texte or "")
    assert list(run_ladder(AVANT)) == [monde.animatrice.courriel]


def test_le_depart_d_un_agent_sur_deux_ne_derange_personne(monde: Monde, saisine: Saisine) -> None:
    poste = next(a for a in monde.transports.appartenances if a.compte_id == monde.agent.id)
    terminer_appartenance(poste, par=monde.referent)
    assert take_mails() == []


def test_un_service_et_un_organisme_un_seul_courriel(monde: Monde, saisine: Saisine) -> None:
    """A person who works for two acteurs gets one mail."""
    from mse.annuaire.models import Appartenance

    keep(Appartenance(compte=monde.agent, acteur=monde.remuneration, debut=JOUR.date() - timedelta(days=9)))
    deux = make_fiche(monde.promotion, monde.samira, monde.remuneration, titre="La paie arrive le 20")
    take_mails()
    assert run_ladder(AVANT)[str(monde.agent.courriel)] == [saisine.fiche.titre, deux.titre]


def test_un_arret_au_milieu_ne_perd_ni_ne_double_rien(
    monde: Monde, saisine: Saisine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mse.relances.use_cases import relancer as use_cases

    def stop(*_args: Any) -> None:
        raise KeyboardInterrupt

    for nom in ("_preparer", "_finir"):
        with monkeypatch.context() as coupe, at(datetime.combine(AVANT, time(9), UTC)):
            coupe.setattr(use_cases, nom, stop)
            with pytest.raises(KeyboardInterrupt):
                relancer_du_jour()
    assert set(run_ladder(AVANT, heure=10)) == {monde.agent.courriel, monde.referent.courriel}
    assert _paliers(saisine) == [Palier.AVANT]


def test_les_tranches_couvrent_toutes_les_dates_une_fois() -> None:
    for decalage in range(40):
        tranches = list_tranches(date(2026, 12, 1) + timedelta(days=decalage))
        for haute, basse in pairwise(tranches):
            assert basse.du == haute.au + timedelta(days=1)


def test_le_texte_dit_l_urgence(app: Flask, monde: Monde, saisine: Saisine) -> None:
    with at(datetime.combine(DIX, time(9), UTC)):
        relancer_du_jour()
        while write_next():
            pass
        [mail] = [une for une in take_mails() if une.evenement == "relances_envoyees"]
    assert mail.sujet == f"Une réponse est attendue : « {saisine.fiche.titre} »"
    assert "Très en retard" in (mail.texte or "")
    assert f"/fiches/{saisine.fiche_id}#saisine-{saisine.id}" in (mail.texte or "")
    assert f"/fiches/{saisine.fiche_id}#saisine-{saisine.id}" in (mail.html or "")
