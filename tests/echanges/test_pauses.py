"""The time to answer stands still while the owner waits for the delegates, 10 working days at most."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import JOUR, LONGUE, Monde
from mse.core.clock import at, local_date
from mse.core.errors import Interdit
from mse.core.working_days import add_working_days, count_working_days, subtract_working_days
from mse.echanges.use_cases import ecrire_message, reprendre_delai
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.use_cases import traiter
from mse.responsables.use_cases import annuler_transfert, transferer_saisine

pytestmark = pytest.mark.usefixtures("jour")
QUESTION = "À quelle heure part le premier car ?"
MOTIF = "Cette équipe connaît mieux le sujet que la nôtre."


def apres(jours: int) -> datetime:
    """The same hour, that many working days later."""
    jour = add_working_days(local_date(JOUR), jours)
    return JOUR + (jour - local_date(JOUR))


def demander(monde: Monde) -> None:
    assert ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), attend=True, par=monde.agent) == []


def repliquer(monde: Monde) -> None:
    assert ecrire_message(monde.saisine, "À 8 h 42.", cle=str(uuid4()), par=monde.samira) == []


def echeance(jours: int) -> date:
    """The date of the answer, with that many days of pause."""
    return add_working_days(local_date(JOUR), 20 + jours)


def test_le_delai_attend_les_jours_de_la_pause(monde: Monde) -> None:
    saisine = monde.saisine
    avant = saisine.delai(local_date(JOUR))
    with at(apres(2)):
        demander(monde)
        assert saisine.reponse_due == monde.fiche.prochaine_echeance == echeance(10)
        assert saisine.est_suspendue(local_date(apres(2)))
        assert saisine.delai(local_date(apres(2))).used == avant.used + 2
    with at(apres(5)):
        assert saisine.delai(local_date(apres(5))).used == avant.used + 2
        repliquer(monde)
        assert saisine.reponse_due == monde.fiche.prochaine_echeance == echeance(3)
        assert not saisine.est_suspendue(local_date(apres(5)))
        assert saisine.delai(local_date(apres(5))).used == avant.used + 2


def test_dix_jours_en_tout_et_personne_n_a_rien_a_faire(monde: Monde) -> None:
    saisine = monde.saisine
    demander(monde)
    with at(apres(4)):
        repliquer(monde)
        demander(monde)
        assert saisine.suspendue_jusqu_au == local_date(apres(10))
        assert saisine.reponse_due == echeance(10)
    with at(apres(11)):
        assert not saisine.est_suspendue(local_date(apres(11)))
        assert not saisine.peut_suspendre(local_date(apres(11)))
        demander(monde)
        assert saisine.reponse_due == echeance(10)
        repliquer(monde)
        assert saisine.reponse_due == echeance(10)


def test_une_question_en_retard_n_arrete_rien(monde: Monde) -> None:
    with at(apres(21)):
        demander(monde)
        assert monde.saisine.reponse_due == echeance(0)
        assert not monde.saisine.est_suspendue(local_date(apres(21)))


def test_un_message_sans_question_n_arrete_rien(monde: Monde) -> None:
    ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), par=monde.agent)
    ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), attend=True, par=monde.samira)
    assert monde.saisine.reponse_due == echeance(0)


def test_une_question_le_dernier_jour_laisse_un_jour_apres_le_week_end(monde: Monde) -> None:
    vendredi = next(apres(n) for n in range(20, 26) if apres(n).weekday() == 4)
    with at(JOUR):
        monde.saisine.reponse_due = local_date(vendredi)
        db.session.commit()
    with at(vendredi):
        demander(monde)
    with at(vendredi + timedelta(days=2)):
        repliquer(monde)
    assert monde.saisine.reponse_due == local_date(vendredi) + timedelta(days=3)


def test_le_responsable_reprend_et_un_second_clic_ne_fait_rien(monde: Monde) -> None:
    demander(monde)
    with at(apres(3)):
        for qui in (monde.samira, monde.autre_agent, monde.animatrice):
            with pytest.raises(Interdit):
                reprendre_delai(monde.saisine, par=qui)
        for _clic in range(2):
            reprendre_delai(monde.saisine, par=monde.agent)
            assert monde.saisine.reponse_due == echeance(3)


def test_repondre_arrete_la_pause_sans_changer_la_date(monde: Monde) -> None:
    demander(monde)
    with at(apres(1)):
        traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
        assert not monde.saisine.est_suspendue(local_date(apres(1)))
        assert monde.saisine.reponse_due == echeance(10)
        tenue_le = monde.saisine.tenue_le
    with at(apres(2)):
        repliquer(monde)  # the météo counts the days really used, answered or not
        assert (monde.saisine.reponse_due, monde.saisine.tenue_le) == (echeance(2), tenue_le)


def test_abandonner_puis_rouvrir_rend_les_jours(monde: Monde) -> None:
    demander(monde)
    with at(apres(1)):
        traiter.abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
        assert monde.saisine.suspendue_le is None
        assert monde.saisine.jours_suspendus == 1
        traiter.rouvrir_saisine(monde.saisine, MOTIF, par=monde.agent)
        assert monde.saisine.jours_suspendus == 0
        demander(monde)
        assert monde.saisine.suspendue_jusqu_au == local_date(apres(11))


def test_un_transfert_termine_la_pause(monde: Monde) -> None:
    with at(apres(15)):
        demander(monde)
    with at(apres(17)):
        promise = monde.saisine.echeance_si_transferee(local_date(apres(17)))
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
        assert monde.saisine.reponse_due == promise == local_date(apres(27))
        assert not monde.saisine.est_suspendue(local_date(apres(17)))
        assert monde.saisine.jours_suspendus == 2


def test_annuler_un_transfert_termine_la_pause_du_nouveau_responsable(monde: Monde) -> None:
    with at(apres(15)):
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
        ecrire_message(monde.saisine, QUESTION, cle=str(uuid4()), attend=True, par=monde.autre_agent)
        annuler_transfert(monde.saisine, par=monde.agent)
        assert monde.saisine.suspendue_le is None
        assert monde.saisine.reponse_due == echeance(0)


def test_compter_les_jours_ouvres_a_rebours() -> None:
    ici = date(2026, 1, 2)
    for jours in (0, 1, 7, 300):
        assert subtract_working_days(add_working_days(ici, jours), jours) == ici
        assert count_working_days(ici, add_working_days(ici, jours)) == jours


def test_la_page_de_la_fiche_dit_la_pause(monde: Monde, as_: Any) -> None:
    url = f"/fiches/{monde.fiche.id}"
    assert "délai est suspendu" not in as_(None).get(url).text
    traiter.prendre_en_charge(monde.saisine, par=monde.agent)
    demander(monde)
    for qui in (None, monde.samira, monde.agent):
        assert "délai est suspendu" in as_(qui).get(url).text
    assert "suspendu" in as_(monde.agent).get("/mon-espace?liste=en-cours").text
    repliquer(monde)
    assert "délai est suspendu" not in as_(None).get(url).text


def test_un_message_par_la_page(monde: Monde, as_: Any) -> None:
    saisine: Saisine = monde.saisine
    url = f"/fiches/{monde.fiche.id}/saisines/{saisine.id}/echanges"
    agent = as_(monde.agent)
    assert agent.poster(url, texte="", attend="y").status_code == 422
    assert agent.poster(url, texte="x" * 5001).status_code == 422
    envoi = agent.poster(url, texte=QUESTION, attend="y")
    assert envoi.status_code == 303
    assert "Le délai est suspendu" in agent.get(envoi.location).text
    assert 'name="attend"' not in agent.get(url).text
    samira = as_(monde.samira)
    assert "Le délai est suspendu" in samira.get(url).text
    assert "reprendre le délai" not in samira.get(url).text
    assert "Lu par Samira, délégué·e" in agent.get(url).text
    fini = agent.poster(f"{url}/reprise", url)
    assert fini.status_code == 303
    assert "Le délai court de nouveau" in agent.get(fini.location).text
