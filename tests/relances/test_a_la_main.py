"""The association reminds by hand: what will be sent, once a day, one mail a person and day."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.core.clock import at
from mse.core.errors import Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.journal.models import LigneJournal
from mse.relances.use_cases.relancer import relancer_acteur, relancer_saisine
from tests.notifications.conftest import take_mails
from tests.relances.jours import read_reminders, run_ladder

pytestmark = pytest.mark.usefixtures("jour")

CALME = date(2026, 12, 2)  # no step of the ladder
TARD = date(2026, 12, 16)


def _at(jour: date, heure: int) -> Any:
    return at(datetime.combine(jour, time(heure), UTC))


@pytest.fixture(autouse=True)
def _sans_courriel(jour: None, monde: Monde) -> None:
    take_mails()


def test_une_relance_part_aussitot_et_une_fois_par_jour(monde: Monde) -> None:
    run_ladder(CALME)
    with _at(CALME, 11):
        for _clic in range(3):
            relancer_saisine(monde.saisine, par=monde.animatrice)
        assert set(read_reminders()) == {monde.agent.courriel, monde.referent.courriel}
    lignes = db.session.scalars(
        select(LigneJournal.objet_id).where(LigneJournal.action == "saisine_relancee")
    ).all()
    assert lignes == [monde.saisine.id]
    run_ladder(CALME + timedelta(days=1))
    with _at(CALME + timedelta(days=1), 11):
        relancer_saisine(monde.saisine, par=monde.animatrice)
        assert len(read_reminders()) == 2


def test_avant_l_heure_elle_part_avec_les_rappels_du_jour(monde: Monde) -> None:
    deux = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de 17 h est plein")
    take_mails()
    with _at(date(2026, 12, 10), 5):
        relancer_saisine(deux.saisines[0], par=monde.animatrice)
        assert read_reminders() == {}
    assert run_ladder(date(2026, 12, 10))[str(monde.agent.courriel)] == [monde.fiche.titre, deux.titre]


def test_une_relance_qui_attend_son_jour_n_est_pas_demandee_deux_fois(monde: Monde) -> None:
    deux = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de 17 h est plein")
    take_mails()
    run_ladder(date(2026, 12, 10))
    with _at(date(2026, 12, 10), 11):
        relancer_saisine(deux.saisines[0], par=monde.animatrice)
    with _at(date(2026, 12, 11), 5):
        relancer_saisine(deux.saisines[0], par=monde.animatrice)
    assert run_ladder(date(2026, 12, 11))[str(monde.agent.courriel)] == [deux.titre]


def test_le_jour_ou_l_association_a_son_rappel_une_relance_part_aux_agents(monde: Monde) -> None:
    dernier = date(2026, 12, 29)  # ten working days after the due date
    deux = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de 17 h est plein")
    run_ladder(dernier)
    with _at(dernier, 11):
        relancer_saisine(deux.saisines[0], par=monde.animatrice)
        assert read_reminders() == {agent.courriel: [deux.titre] for agent in (monde.agent, monde.referent)}


def test_qui_a_deja_eu_un_rappel_la_recoit_le_lendemain(monde: Monde) -> None:
    deux = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de 17 h est plein")
    take_mails()
    run_ladder(date(2026, 12, 10))
    with _at(date(2026, 12, 10), 11):
        relancer_saisine(deux.saisines[0], par=monde.animatrice)
        assert read_reminders() == {}
    assert run_ladder(date(2026, 12, 11)) == {
        monde.agent.courriel: [deux.titre],
        monde.referent.courriel: [deux.titre],
    }


def test_toutes_les_fiches_en_retard_d_un_acteur(monde: Monde, as_: Any) -> None:
    repondue = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Déjà répondue")
    repondre_saisine(repondue.saisines[0], LONGUE, par=monde.agent)
    deux = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Le car de 17 h est plein")
    take_mails()
    run_ladder(TARD)
    with _at(TARD, 11):
        relancer_saisine(deux.saisines[0], par=monde.animatrice)
        take_mails()
        navigateur = as_(monde.animatrice)
        page = navigateur.get(f"/acteurs/{monde.transports.id}/relances").text
        assert monde.fiche.titre in page
        assert "Déjà répondue" not in page
        assert "1 fiche a déjà été relancée aujourd’hui" in page
        assert navigateur.poster(f"/acteurs/{monde.transports.id}/relances").status_code == 303
        assert relancer_acteur(monde.transports, par=monde.animatrice) == 0
    lendemain = run_ladder(TARD + timedelta(days=1))[str(monde.agent.courriel)]
    assert sorted(lendemain) == sorted([monde.fiche.titre, deux.titre])


def test_seule_l_association_relance(monde: Monde) -> None:
    for personne in (monde.agent, monde.referent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            relancer_saisine(monde.saisine, par=personne)
        with pytest.raises(Interdit):
            relancer_acteur(monde.transports, par=personne)


def test_rien_a_relancer_apres_la_reponse(monde: Monde, as_: Any) -> None:
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/relance"
    animatrice = as_(monde.animatrice)
    assert adresse in animatrice.get(f"/fiches/{monde.fiche.id}").text
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with pytest.raises(TransitionInterdite, match="rien à relancer"):
        relancer_saisine(monde.saisine, par=monde.animatrice)
    assert "rien à relancer" in animatrice.get(adresse).text


def test_la_page_dit_a_qui_le_courriel_part(monde: Monde, as_: Any) -> None:
    with _at(JOUR.date(), 3):
        page = as_(monde.animatrice).get(f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/relance").text
    assert "chacune des 2 personnes" in page
    assert "Il part à 8 h" in page
