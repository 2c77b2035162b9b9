"""A promotion or organisme asks the porteurs of an initiative to become one: porteurs may edit it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import Monde, make_agent, make_delegue, make_initiative, make_promotion
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.initiatives.models import DemandePortage, Initiative
from mse.initiatives.queries.demandes import list_demandes
from mse.initiatives.use_cases import (
    accepter_portage,
    ajouter_porteur,
    avancer_initiative,
    decliner_portage,
    demander_portage,
    retirer_demande,
    retirer_initiative,
)
from mse.initiatives.workflow import Action, EtatPortage
from mse.journal.models import LigneJournal
from mse.representation.models import Promotion
from mse.representation.use_cases.mandats import terminer_mandat
from tests.espace import lire
from tests.notifications.conftest import addresses, take_mails

MOT = "Nous sommes déjà assez nombreux pour ce guide."


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


@pytest.fixture
def demande(monde: Monde, initiative: Initiative) -> DemandePortage:
    """The request of Lea for her promotion."""
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    take_mails()
    return list_demandes(initiative.id)[0]


def test_personne_ne_se_fait_porteur(monde: Monde, initiative: Initiative) -> None:
    """Delegates and agents of others may request to become porteurs, but cannot add themselves."""
    agent = make_agent(monde.ailleurs)
    for par, equipe in (
        (monde.lea, monde.autre_promotion),
        (agent, monde.ailleurs),
        (agent, monde.autre_promotion),
    ):
        with pytest.raises(Interdit):
            ajouter_porteur(initiative, equipe, par=par)
        demander_portage(initiative, equipe, par=par)
        with pytest.raises(Interdit):
            avancer_initiative(initiative, Action.ABANDONNER, MOT, par=par)
    assert [porteur.equipe for porteur in initiative.porteurs_actuels] == [monde.promotion]


def test_on_ne_demande_que_pour_les_siens(monde: Monde, initiative: Initiative) -> None:
    for par in (monde.samira, monde.ancienne, monde.agent, monde.admin):
        with pytest.raises(Interdit):
            demander_portage(initiative, monde.autre_promotion, par=par)


def test_qui_la_porte_accepte(monde: Monde, initiative: Initiative, demande: DemandePortage) -> None:
    for par in (monde.lea, monde.ancienne, monde.agent, monde.admin):
        with pytest.raises(Interdit):
            accepter_portage(demande, par=par)
    accepter_portage(demande, par=monde.samira)
    accepter_portage(demande, par=monde.karim)  # no effect, like a double click
    assert len(initiative.porteurs_actuels) == 2
    avancer_initiative(initiative, Action.LANCER, "", par=monde.lea)
    assert list_demandes(initiative.id) == []
    mails = take_mails()
    assert [mail.sujet[:27] for mail in mails if mail.destinataire == monde.lea.courriel] == [
        "Votre demande est acceptée\u202f"
    ]


def test_qui_la_porte_decline_avec_un_mot(
    monde: Monde, initiative: Initiative, demande: DemandePortage
) -> None:
    with pytest.raises(DonneeInvalide, match="au moins 15"):
        decliner_portage(demande, "non", par=monde.karim)
    decliner_portage(demande, MOT, par=monde.karim)
    decliner_portage(demande, MOT, par=monde.karim)
    with pytest.raises(TransitionInterdite, match="déjà été déclinée"):
        accepter_portage(demande, par=monde.samira)
    mails = take_mails()
    assert addresses(mails) == {monde.lea.courriel}
    assert MOT in (mails[0].texte or "")
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)  # a new request is allowed
    assert len(list_demandes(initiative.id)) == 1


def test_jamais_deux_demandes_de_la_meme_equipe(monde: Monde, demande: DemandePortage) -> None:
    initiative = demande.initiative
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    demander_portage(initiative, monde.autre_promotion, par=make_agent(monde.ailleurs))
    assert list_demandes(initiative.id) == [demande]
    ajouter_porteur(initiative, monde.autre_promotion, par=monde.animatrice)
    assert demande.etat == EtatPortage.ACCEPTEE
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)  # no effect: already a porteur
    assert list_demandes(initiative.id) == []


def test_la_demande_se_retire(monde: Monde, demande: DemandePortage) -> None:
    with pytest.raises(Interdit):
        retirer_demande(demande, par=monde.samira)
    retirer_demande(demande, par=monde.lea)
    retirer_demande(demande, par=monde.lea)
    with pytest.raises(TransitionInterdite, match="retirée entre-temps"):
        accepter_portage(demande, par=monde.samira)


def test_la_demande_est_a_la_promotion(monde: Monde, demande: DemandePortage) -> None:
    """When Lea leaves, the next delegate of the promotion sees the request and gets the answer."""
    hier = today() - timedelta(days=1)
    [mandat] = monde.autre_promotion.mandats
    terminer_mandat(mandat, fin=hier, par=monde.admin)
    noe = make_delegue(monde.autre_promotion, "Noe", debut=today())
    assert not lire(monde.lea)["demandes_faites"]
    assert lire(noe)["demandes_faites"] == [demande]
    with pytest.raises(Interdit):
        retirer_demande(demande, par=monde.lea)
    accepter_portage(demande, par=monde.samira)
    assert addresses(take_mails()) == {noe.courriel}


def test_la_demande_finit_avec_la_formation(monde: Monde, demande: DemandePortage) -> None:
    monde.autre_promotion.fin = today() - timedelta(days=1)
    db.session.commit()
    assert list_demandes(demande.initiative_id) == []
    assert not lire(monde.samira)["demandes_recues"]
    with pytest.raises(TransitionInterdite, match="formation"):
        accepter_portage(demande, par=monde.samira)
    assert demande.initiative.porteurs_actuels[0].equipe is monde.promotion
    with pytest.raises((DonneeInvalide, Interdit)):
        demander_portage(demande.initiative, monde.autre_promotion, par=monde.lea)


def test_une_initiative_retiree_n_attend_plus_personne(monde: Monde, demande: DemandePortage) -> None:
    retirer_initiative(demande.initiative, "Elle nomme une personne.", par=monde.animatrice)
    assert not lire(monde.animatrice)["demandes_recues"]
    with pytest.raises(Interdit):
        accepter_portage(demande, par=monde.samira)


def test_qui_la_porte_est_prevenu(monde: Monde, initiative: Initiative) -> None:
    take_mails()
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    mails = take_mails()
    assert addresses(mails) == {monde.samira.courriel, monde.karim.courriel}
    assert "/demandes/" in (mails[0].texte or "")
    assert monde.lea.prenom not in (mails[0].texte or "")  # the request names the promotion only
    journal = select(LigneJournal.action).where(LigneJournal.objet == "initiative")
    assert "portage_demande" in db.session.scalars(journal).all()


def test_sans_personne_pour_la_porter_l_equipe_decide(monde: Monde) -> None:
    finie = make_promotion(monde.lavande, "Fini", fin=today() + timedelta(days=1))
    initiative = make_initiative(finie, make_delegue(finie, "Max"))
    db.session.get_one(Promotion, finie.id).fin = today() - timedelta(days=1)
    db.session.commit()
    take_mails()
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    mails = take_mails()
    assert addresses(mails) == {monde.animatrice.courriel}
    assert "à vous de décider" in (mails[0].texte or "")
    [demande] = lire(monde.animatrice)["demandes_recues"]
    accepter_portage(demande, par=monde.animatrice)
    assert len(initiative.porteurs_actuels) == 2


def test_d_une_page_a_l_autre(monde: Monde, initiative: Initiative, as_: Any) -> None:
    adresse, lea, samira = f"/initiatives/{initiative.id}", as_(monde.lea), as_(monde.samira)
    assert "Demander à la porter aussi" in lea.get(adresse).text
    assert "Demander à la porter aussi" not in samira.get(adresse).text
    porteur = f"promotion:{monde.autre_promotion.id}"
    assert lea.poster(f"{adresse}/porteurs", porteur=porteur).status_code == 303
    demande = f"{adresse}/demandes/{list_demandes(initiative.id)[0].id}"
    for page in (adresse, "/mon-espace"):
        for browser in (lea, samira):
            assert demande in browser.get(page).text
        assert demande not in as_(monde.agent).get(page).text
    assert demande in as_(monde.animatrice).get("/mon-espace").text
    assert "Retirer la demande" in lea.get(demande).text
    assert "Accepter" not in lea.get(demande).text
    assert lea.poster(demande, accepter="1").status_code == 403
    assert samira.poster(demande, texte="non").status_code == 422
    assert samira.poster(demande, texte=MOT).status_code == 303
    assert MOT in lea.get(demande).text
    assert lea.poster(f"{adresse}/porteurs", porteur=porteur).status_code == 303
    demande = f"{adresse}/demandes/{list_demandes(initiative.id)[0].id}"
    assert samira.poster(demande, accepter="1").status_code == 303
    assert "Gérer l’initiative" in lea.get(adresse).text
