"""The notification centre: who is told, when, and what disappears from it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.comptes.models import Compte
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases import demander_lien
from mse.core.clock import at
from mse.depot.use_cases.preciser import preciser_fiche
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.notifications.libelles import COURRIELS
from mse.notifications.models import Notification
from mse.notifications.reception import FAMILLE_DE, TOUJOURS, Famille, Rythme
from mse.notifications.reglages import choisir_reception, oublier_notifications
from tests.fiches.test_lire import counted
from tests.notifications.conftest import addresses, take_mails

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails(receipts=True)
    db.session.query(Notification).delete()
    db.session.commit()
    return monde


def choisir(compte: Compte, famille: Famille, rythme: Rythme, heure: int = 7) -> None:
    choisir_reception({famille: rythme}, heure, par=compte)


def de(compte: Compte) -> list[Notification]:
    db.session.rollback()
    query = select(Notification).where(Notification.compte_id == compte.id).order_by(Notification.id)
    return list(db.session.scalars(query))


def test_chaque_courriel_a_sa_famille_ou_part_toujours() -> None:
    assert set(COURRIELS) - {"resume", "resume_suivis"} == set(FAMILLE_DE) | TOUJOURS
    assert not set(FAMILLE_DE) & TOUJOURS


def test_une_reponse_arrive_par_courriel_et_au_centre(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert addresses(take_mails()) == {monde.samira.courriel, monde.karim.courriel}
    [notification] = de(monde.samira)
    assert (notification.famille, notification.a_resumer) == (Famille.REPONSES, False)
    page = as_(monde.samira).get("/notifications").text
    assert "Réponse à une fiche" in page
    assert monde.fiche.titre in page
    assert monde.transports.nom in page
    assert "Nous avons vérifié les horaires" in page
    assert de(monde.agent) == []  # not the person who acted


@pytest.mark.parametrize("rythme", [Rythme.QUOTIDIEN, Rythme.HEBDOMADAIRE, Rythme.JAMAIS])
def test_qui_prefere_attendre_n_a_pas_de_courriel(monde: Monde, rythme: Rythme) -> None:
    choisir(monde.samira, Famille.REPONSES, rythme)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert addresses(take_mails()) == {monde.karim.courriel}
    [notification] = de(monde.samira)
    assert notification.a_resumer == (rythme != Rythme.JAMAIS)


def test_les_suites_d_une_reponse_attendent_le_resume_des_agents(monde: Monde) -> None:
    """The default of agents: one mail a day for verdicts and précisions, mailboxes get theirs at once."""
    preciser_fiche(monde.fiche, LONGUE, par=monde.samira)
    assert addresses(take_mails()) == {monde.transports.courriel}
    assert all(notification.a_resumer for notification in de(monde.agent))
    assert len(de(monde.agent)) == 1


def test_la_securite_ne_se_coupe_pas(monde: Monde) -> None:
    choisir_reception(dict.fromkeys(Famille, Rythme.JAMAIS), 7, par=monde.samira)
    demander_lien(monde.samira.courriel, adresse=None, frein=SignInLimits(secret="s"))
    [lien] = take_mails()
    assert lien.destinataire == monde.samira.courriel
    assert de(monde.samira) == []  # the centre holds no secret


def test_un_texte_masque_quitte_le_centre(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, f"{LONGUE} Madame Dupont l’a dit.", par=monde.agent)
    take_mails()
    etape = db.session.scalars(select(Etape).where(Etape.texte.contains("Dupont"))).one()
    samira = as_(monde.samira)
    assert "Dupont" in samira.get("/notifications").text
    masquer_etape(etape, "Ce texte nomme une personne.", par=monde.animatrice)
    page = samira.get("/notifications").text
    assert "Dupont" not in page
    assert "Ce texte nomme une personne." in page


def test_une_fiche_retiree_quitte_le_centre_de_qui_ne_la_lit_plus(monde: Monde, as_: Any) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre="CANARI")
    take_mails()
    assert "CANARI" in as_(monde.agent).get("/notifications").text
    retirer_fiche(fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    take_mails()
    page = as_(monde.agent).get("/notifications").text
    assert "CANARI" not in page
    assert "8 h 42" not in page
    assert "Cette page n’est plus publique" in page
    assert "CANARI" in as_(monde.samira).get("/notifications").text  # her promotion still reads it


def test_ouvrir_marque_comme_lu_et_mene_a_la_page(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    [notification] = de(monde.samira)
    adresse = f"/notifications/{notification.id}"
    assert as_(monde.karim).get(adresse).status_code == 404
    samira = as_(monde.samira)
    samira.get(adresse, headers={"Sec-Purpose": "prefetch"})
    assert de(monde.samira)[0].lue_le is None
    page = samira.get(adresse)
    assert (page.status_code, page.location) == (303, f"/fiches/{monde.fiche.id}#saisine-{monde.saisine.id}")
    assert de(monde.samira)[0].lue_le == JOUR
    assert "Tout marquer comme lu" not in samira.get("/notifications").text


def test_tout_marquer_comme_lu(monde: Monde, as_: Any) -> None:
    prendre_en_charge(monde.saisine, par=monde.agent)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    samira = as_(monde.samira)
    assert '<b class="nombre">2</b>' in samira.get("/").text
    for _fois in range(3):
        assert samira.poster("/notifications").status_code == 303
    assert all(notification.lue_le for notification in de(monde.samira))
    assert 'class="nombre"' not in samira.get("/").text
    assert all(notification.lue_le is None for notification in de(monde.karim))


def test_l_en_tete_compte_jusqu_a_neuf_en_une_requete(monde: Monde, as_: Any, client: Any) -> None:
    for numero in range(12):
        db.session.add(
            Notification(
                compte_id=monde.samira.id,
                evenement="saisine_repondue",
                famille=Famille.REPONSES,
                rythme=Rythme.JAMAIS,
                fiche_id=monde.fiche.id,
                chemin="/fiches/1",
                creee_le=JOUR + timedelta(seconds=numero),
                a_resumer=False,
            )
        )
    db.session.commit()
    with counted() as visiteur:
        client.get("/aide")
    samira = as_(monde.samira)
    with counted() as connectee:
        page = samira.get("/aide").text
    assert '<b class="nombre">9+</b>' in page
    assert [une for une in visiteur if "notifications" in une] == []
    assert len([une for une in connectee if "notifications" in une]) == 1


def test_la_page_se_lit_page_par_page(monde: Monde, as_: Any) -> None:
    for numero in range(25):
        with at(JOUR + timedelta(minutes=numero)):
            make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"Fiche n° {numero}")
    with at(JOUR + timedelta(hours=1)):
        take_mails()
    agent = as_(monde.agent)
    with counted() as requetes:
        page = agent.get("/notifications")
    assert "Fiche n° 24" in page.text
    assert "Fiche n° 4<" not in page.text
    suite = page.text.split('href="/notifications?avant=')[1].split('"')[0]
    assert "Fiche n° 4<" in agent.get(f"/notifications?avant={suite}").text
    assert len(requetes) <= 5


def test_chacun_choisit_ce_qu_il_recoit(monde: Monde, as_: Any) -> None:
    page = "/mon-compte/notifications"
    assert "Les fiches à traiter" not in as_(monde.samira).get(page).text
    agent = as_(monde.agent)
    assert "Les réponses à mes fiches" not in agent.get(page).text
    choix = {
        "a_traiter": "quotidien",
        "messages": "jamais",
        "suites": "jamais",
        "initiatives": "jamais",
        "suivis": "hebdomadaire",
    }
    assert agent.poster(page, **choix, heure="18").status_code == 303
    choisis = re.findall(r'<option selected[^>]*value="(\w+)"', agent.get(page).text)
    assert choisis == ["quotidien", "jamais", "jamais", "jamais", "hebdomadaire", "18"]
    make_fiche(monde.promotion, monde.samira, monde.transports)
    assert monde.agent.courriel not in addresses(take_mails())
    assert agent.poster(page, **{**choix, "a_traiter": "souvent"}, heure="18").status_code == 422
    assert agent.poster(page, **choix, heure="24").status_code == 422


def test_une_notification_ne_se_garde_pas_toujours(app: Flask, monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    take_mails()
    oublier_notifications()
    assert de(monde.samira)
    with at(JOUR + timedelta(days=361)):
        oublier_notifications()
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 0
