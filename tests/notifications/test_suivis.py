"""What followers with an account are told, when, and once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select

from devtools.factories import LONGUE, Monde, make_compte, make_fiche
from mse.avis.use_cases import donner_avis
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.courriels import suivis as mails_suivis
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import (
    abandonner_saisine,
    prendre_en_charge,
    regler_saisine,
    repondre_saisine,
)
from mse.fiches.workflow import NatureEtape, Valeur
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.notifications.lecture import read_entree
from mse.notifications.models import Notification
from mse.notifications.reception import Famille, Rythme
from mse.notifications.reglages import choisir_reception
from tests.notifications.conftest import take_mails
from tests.suivis.test_suivre import suit

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails(receipts=True)
    db.session.execute(delete(Notification))
    db.session.commit()
    return monde


@pytest.fixture
def lectrice(monde: Monde) -> Compte:
    return make_compte("Lucie")


def de(compte: Compte) -> list[str]:
    """What the centre of this person says."""
    db.session.rollback()
    query = select(Notification).where(Notification.compte_id == compte.id).order_by(Notification.id)
    return [read_entree(une, compte).mot for une in db.session.scalars(query)]


def tout_de_suite(compte: Compte) -> None:
    choisir_reception({Famille.SUIVIS: Rythme.TOUT_DE_SUITE}, 7, par=compte)


@pytest.mark.parametrize(
    ("objet", "lire"),
    [
        ("fiche", lambda monde: monde.fiche.id),
        ("theme", lambda monde: monde.fiche.theme_code),
        ("territoire", lambda _monde: "13-9312"),
        ("territoire", lambda _monde: "13"),  # all below it
        ("territoire", lambda _monde: "93"),
        ("acteur", lambda monde: monde.transports.id),
    ],
)
def test_une_reponse_arrive_par_chaque_chemin(
    monde: Monde, lectrice: Compte, objet: str, lire: Callable[[Monde], Any]
) -> None:
    suit(lectrice, objet, lire(monde))
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert lectrice.courriel not in {mail.destinataire for mail in take_mails()}  # a daily digest
    assert de(lectrice) == ["Nouvelle réponse"]


def test_qui_suit_trois_fois_n_est_prevenu_qu_une(monde: Monde, lectrice: Compte) -> None:
    for objet, reference in (("fiche", monde.fiche.id), ("theme", "transport"), ("territoire", "13")):
        suit(lectrice, objet, reference)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    assert de(lectrice) == ["Nouvelle réponse"]


def test_tout_de_suite_le_courriel_dit_le_texte_et_comment_arreter(monde: Monde, lectrice: Compte) -> None:
    suit(lectrice, "theme", "transport")
    tout_de_suite(lectrice)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    [mail] = [mail for mail in take_mails() if mail.destinataire == lectrice.courriel]
    assert mail.sujet == f"Nouvelle réponse\u202f: «\u202f{monde.fiche.titre}\u202f»"
    assert LONGUE[:40] in (mail.texte or "")
    assert monde.transports.nom in (mail.html or "")
    assert "/suivis/" in (mail.desabonnement or "")
    assert "Samira" not in f"{mail.texte}{mail.html}"


def test_une_nouvelle_fiche_arrive_avec_son_probleme(monde: Monde, lectrice: Compte) -> None:
    suit(lectrice, "acteur", monde.transports.id)
    tout_de_suite(lectrice)
    make_fiche(monde.autre_promotion, monde.lea, monde.transports, titre="Pas d’eau")
    [mail] = [mail for mail in take_mails() if mail.destinataire == lectrice.courriel]
    assert mail.sujet == "Nouvelle fiche\u202f: «\u202fPas d’eau\u202f»"
    assert "8 h 42" in (mail.texte or "")
    assert de(lectrice) == ["Nouvelle fiche"]


def test_ce_qui_se_dit_et_ce_qui_ne_se_dit_pas(monde: Monde, lectrice: Compte) -> None:
    suit(lectrice, "fiche", monde.fiche.id)
    prendre_en_charge(monde.saisine, par=monde.agent)
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    donner_avis(monde.saisine, Valeur.NON, "Le car arrive encore trop tard.", par=monde.samira)
    take_mails()
    assert de(lectrice) == ["Problème déclaré réglé", "Avis des délégué·es sur une réponse"]


def test_qui_agit_ne_l_apprend_pas(monde: Monde) -> None:
    suit(monde.agent, "theme", "transport")
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    assert de(monde.agent) == []


def test_une_deleguee_qui_suit_sa_fiche_n_a_qu_un_courriel(monde: Monde) -> None:
    suit(monde.samira, "fiche", monde.fiche.id)
    tout_de_suite(monde.samira)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    recus = [mail.evenement for mail in take_mails() if mail.destinataire == monde.samira.courriel]
    assert recus == ["saisine_repondue"]
    assert de(monde.samira) == ["Réponse à une fiche"]


def test_un_agent_qui_suit_son_service_n_apprend_qu_une_fois_la_nouvelle_fiche(monde: Monde) -> None:
    suit(monde.agent, "acteur", monde.transports.id)
    tout_de_suite(monde.agent)
    make_fiche(monde.promotion, monde.samira, monde.transports, titre="Une autre")
    recus = [mail.evenement for mail in take_mails() if mail.destinataire == monde.agent.courriel]
    assert recus == ["saisine_ouverte"]
    assert de(monde.agent) == ["Nouvelle fiche à traiter"]


def test_une_fiche_retiree_avant_l_envoi_ne_part_pas(monde: Monde, lectrice: Compte) -> None:
    suit(lectrice, "fiche", monde.fiche.id)
    tout_de_suite(lectrice)
    abandonner_saisine(monde.saisine, LONGUE, par=monde.agent)
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    assert lectrice.courriel not in {mail.destinataire for mail in take_mails()}
    assert de(lectrice) == []


def test_un_texte_masque_quitte_le_centre_de_qui_suit(monde: Monde, lectrice: Compte, as_: Any) -> None:
    suit(lectrice, "fiche", monde.fiche.id)
    repondre_saisine(monde.saisine, f"{LONGUE} Madame Dupont l’a dit.", par=monde.agent)
    take_mails()
    assert "Dupont" in as_(lectrice).get("/notifications").text
    etape = db.session.scalars(select(Etape).where(Etape.nature == NatureEtape.REPONSE)).one()
    masquer_etape(etape, "Ce texte nomme une personne.", par=monde.animatrice)
    assert "Dupont" not in as_(lectrice).get("/notifications").text


def test_beaucoup_de_monde_se_previent_par_lots(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mails_suivis, "PAR_LOT", 2)
    gens = [make_compte(f"Lecteur{numero}") for numero in range(5)]
    for un in gens:
        suit(un, "territoire", "93")
        suit(un, "theme", "transport")
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    assert [de(un) for un in gens] == [["Nouvelle réponse"]] * 5


def test_un_compte_ferme_n_est_plus_prevenu(monde: Monde, lectrice: Compte) -> None:
    suit(lectrice, "fiche", monde.fiche.id)
    lectrice.ferme_le = now()
    db.session.commit()
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    assert de(lectrice) == []
