"""An agent names a substitute: who gets the mails, who may declare it, and what the spaces show."""

from datetime import date, timedelta
from typing import Any

import pytest

from devtools.factories import JOUR, Monde, keep, make_agent, make_compte
from mse.annuaire.models import Appartenance
from mse.annuaire.queries.absences import list_destinataires
from mse.annuaire.use_cases.absences import annuler_absence, declarer_absence
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.comptes.models import Compte
from mse.core.clock import at, today
from mse.core.errors import DonneeInvalide, Interdit
from mse.fiches.use_cases.traiter import prendre_en_charge
from tests.notifications.conftest import take_mails, tell_at_once

pytestmark = pytest.mark.usefixtures("jour")

DEBUT, FIN = date(2026, 11, 16), date(2026, 11, 20)


def _poste(monde: Monde, compte: Compte) -> Appartenance:
    return next(poste for poste in monde.transports.appartenances if poste.compte_id == compte.id)


def _declarer(monde: Monde, absent: Compte, remplacant: Compte, **champs: Any) -> Any:
    return declarer_absence(
        _poste(monde, absent),
        remplacant_id=remplacant.id,
        par=champs.pop("par", absent),
        **{"debut": DEBUT, "fin": FIN, "garde_courriels": False, **champs},
    )


def _agents(monde: Monde, le: date = DEBUT) -> set[int]:
    return set(list_destinataires([monde.transports.id], le=le)[monde.transports.id].agents)


def _referents(monde: Monde, le: date = DEBUT) -> set[int]:
    return set(list_destinataires([monde.transports.id], le=le)[monde.transports.id].referents)


def test_le_remplacant_recoit_les_courriels_pendant_l_absence_seulement(monde: Monde) -> None:
    _declarer(monde, monde.referent, monde.agent)
    assert _agents(monde, DEBUT) == _agents(monde, FIN) == {monde.agent.id}
    assert _referents(monde) == {monde.agent.id}
    for dehors in (DEBUT - timedelta(days=1), FIN + timedelta(days=1)):
        assert _agents(monde, dehors) == {monde.agent.id, monde.referent.id}
        assert _referents(monde, dehors) == {monde.referent.id}


def test_l_absent_peut_garder_ses_courriels(monde: Monde) -> None:
    _declarer(monde, monde.referent, monde.agent, garde_courriels=True)
    assert _agents(monde) == _referents(monde) == {monde.agent.id, monde.referent.id}


def test_deux_absents_qui_se_remplacent_recoivent_tout(monde: Monde) -> None:
    _declarer(monde, monde.referent, monde.agent)
    _declarer(monde, monde.agent, monde.referent)
    assert _agents(monde) == {monde.agent.id, monde.referent.id}


def test_le_remplacant_d_un_remplacant(monde: Monde) -> None:
    rosa = make_agent(monde.transports, "Rosa")
    _declarer(monde, monde.referent, monde.agent)
    _declarer(monde, monde.agent, rosa)
    assert _agents(monde) == _referents(monde) == {rosa.id}


def test_un_remplacant_qui_part_rend_les_courriels(monde: Monde) -> None:
    _declarer(monde, monde.referent, monde.agent)
    terminer_appartenance(_poste(monde, monde.agent), par=monde.animatrice)
    assert _agents(monde) == _referents(monde) == {monde.referent.id}


def test_les_courriels_suivent_et_le_remplacant_est_prevenu(monde: Monde) -> None:
    make_agent(monde.transports, "Rosa")
    take_mails()
    tell_at_once(monde.agent, monde.referent)
    _declarer(monde, monde.agent, monde.referent)
    [mail] = take_mails()
    assert (mail.evenement, mail.destinataire) == ("absence_declaree", monde.referent.courriel)
    prendre_en_charge(monde.saisine, par=monde.referent)
    take_mails()
    from mse.depot.use_cases.preciser import preciser_fiche

    preciser_fiche(monde.fiche, "Depuis lundi, le car passe encore plus tard.", par=monde.samira)
    recus = {mail.destinataire for mail in take_mails()}
    assert monde.referent.courriel in recus
    assert monde.agent.courriel not in recus


def test_qui_declare(monde: Monde) -> None:
    _declarer(monde, monde.agent, monde.referent, par=monde.referent)
    for personne in (monde.autre_agent, monde.samira, make_agent(monde.transports, "Rosa")):
        with pytest.raises(Interdit):
            _declarer(monde, monde.agent, monde.referent, par=personne)


def test_ce_qui_est_refuse(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide, match="même équipe"):
        _declarer(monde, monde.agent, monde.autre_agent)
    with pytest.raises(DonneeInvalide, match="même équipe"):
        _declarer(monde, monde.agent, monde.agent)
    with pytest.raises(DonneeInvalide, match="vient avant"):
        _declarer(monde, monde.agent, monde.referent, fin=DEBUT - timedelta(days=1))
    passee = DEBUT - timedelta(days=9)
    with pytest.raises(DonneeInvalide, match="déjà finie"):
        _declarer(monde, monde.agent, monde.referent, debut=passee, fin=passee)
    _declarer(monde, monde.agent, monde.referent)
    with pytest.raises(DonneeInvalide, match="à ces dates"):
        _declarer(monde, monde.agent, monde.referent, debut=FIN, fin=FIN + timedelta(days=3))
    sans_adresse = make_compte("Yann", courriel_prouve_le=None)
    keep(Appartenance(compte=sans_adresse, acteur=monde.transports, debut=today()))
    with pytest.raises(DonneeInvalide, match="confirmée"):
        _declarer(monde, monde.referent, sans_adresse)


def test_annuler_rend_les_courriels_aussitot(monde: Monde) -> None:
    absence = _declarer(monde, monde.agent, monde.referent)
    for _clic in range(3):
        annuler_absence(absence, par=monde.agent)
    assert _agents(monde) == {monde.agent.id, monde.referent.id}


def test_les_pages(monde: Monde, as_: Any) -> None:
    poste = _poste(monde, monde.agent)
    adresse = f"/acteurs/{monde.transports.id}/agents/{poste.id}/absences"
    agent = as_(monde.agent)
    assert adresse in agent.get("/mon-espace").text
    assert adresse in as_(monde.referent).get(f"/acteurs/{monde.transports.id}/gestion").text
    champs = {"debut": "2026-11-16", "fin": "2026-11-20", "remplacant_id": str(monde.referent.id)}
    for _clic in range(3):
        assert agent.poster(adresse, **champs).status_code == 303
    page = agent.get(adresse).text
    assert page.count("Du 16 novembre 2026 au 20 novembre 2026") == 1
    espace = as_(monde.referent).get("/mon-espace").text
    assert "Vous remplacez Ada Fictif jusqu’au vendredi 20 novembre" in espace
    with at(JOUR + timedelta(days=5)):
        assert "Vous remplacez" not in as_(monde.referent).get("/mon-espace").text


def test_annuler_par_la_page(monde: Monde, as_: Any) -> None:
    absence = _declarer(monde, monde.agent, monde.referent)
    page = f"/acteurs/{monde.transports.id}/agents/{absence.appartenance_id}/absences"
    adresse = f"{page}/{absence.id}/annulation"
    for personne, statut in ((monde.autre_agent, 403), (monde.samira, 403), (None, 401)):
        assert as_(personne).post(adresse).status_code == statut
    assert as_(monde.referent).poster(adresse, page).status_code == 303
    assert "Absences déclarées" not in as_(monde.agent).get(page).text
