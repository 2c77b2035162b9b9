"""Invitations by e-mail, and the permission to invite."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from devtools.factories import JOUR, Monde, make_acteur, make_agent, make_delegue, make_promotion
from mse.annuaire.models import Nature
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.annuaire.use_cases.creer import ouvrir_appartenance
from mse.comptes.models import Compte, Jeton, NatureJeton, SessionCompte, hash_code
from mse.comptes.queries import get_jeton
from mse.comptes.use_cases import creer_compte
from mse.core.clock import at, now, today
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.notifications.models import Courriel
from mse.representation.models import RoleMandat
from mse.representation.use_cases.comptes import accueillir_membre
from mse.representation.use_cases.inviter import imprimer_code, renvoyer_invitation
from mse.representation.use_cases.mandats import ouvrir_mandat
from tests.comptes.gens import MDP, lien_recu
from tests.courriels import write_mails
from tests.representation.invites import NORA, actions, invite

JOURS = timedelta(days=1)


def courriels() -> list[Courriel]:
    db.session.rollback()
    write_mails()
    return list(db.session.scalars(select(Courriel).order_by(Courriel.id)))


def test_nora_est_invitee_et_entre_sans_mot_de_passe(client: Any, nora: Compte) -> None:
    courriel = courriels()[-1]
    texte = courriel.texte or ""
    assert (courriel.evenement, courriel.destinataire) == ("mandat_ouvert", NORA)
    assert "Nadege vous a inscrit·e" in texte
    assert "Pâtissier" in texte
    assert "Lavande Formation" in texte
    assert "Fictif" not in texte
    assert "pendant 14\u202fjours" in texte or "14 jours" in texte
    arrivee = client.get(lien_recu(NORA))
    assert (arrivee.status_code, arrivee.location) == (303, "/premiere-visite")
    assert arrivee.headers["Referrer-Policy"] == "no-referrer"
    assert "Bienvenue Nora" in client.get("/premiere-visite").text
    assert client.poster("/premiere-visite", sans="1").location == "/mon-espace"
    assert client.get("/mon-espace").status_code == 200
    db.session.refresh(nora)
    assert (nora.active_le is not None, nora.mot_de_passe) == (True, None)
    assert "invitation_acceptee" in actions()


def test_ou_choisit_un_mot_de_passe(app: Flask, client: Any, nora: Compte) -> None:
    client.get(lien_recu(NORA))
    refus = client.poster(
        "/premiere-visite", nouveau="nora nora nora nora", confirmation="nora nora nora nora"
    )
    assert refus.status_code == 422
    assert "Ce que vous avez écrit est conservé" not in refus.text  # password fields are returned empty
    assert client.poster("/premiere-visite", nouveau=MDP, confirmation=MDP).location == "/mon-espace"
    autre = app.test_client()
    assert autre.poster("/connexion", courriel=NORA, mot_de_passe=MDP).location == "/mon-espace"
    autre.get(lien_recu(NORA))
    assert autre.get("/premiere-visite").location == "/mon-espace"  # the link is used; already signed in
    voleur = app.test_client()
    voleur.get(lien_recu(NORA))
    page = voleur.get("/premiere-visite")
    assert page.status_code == 410
    assert "demandez une nouvelle invitation" in page.text


def test_un_robot_n_ouvre_pas_le_compte(app: Flask, nora: Compte) -> None:
    robot = app.test_client()
    for _fois in range(10):
        robot.head(lien_recu(NORA))
        robot.get(lien_recu(NORA))
        assert robot.get("/premiere-visite").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(SessionCompte)) == 0
    db.session.refresh(nora)
    assert nora.active_le is None


@pytest.mark.usefixtures("jour")
@pytest.mark.parametrize(("jours", "status"), [(13.9, 200), (14, 410)])
def test_quatorze_jours_pas_plus(client: Any, monde: Monde, jours: float, status: int) -> None:
    with at(JOUR):
        ouvrir_appartenance(invite(), monde.transports)
        client.get(lien_recu(NORA))
    with at(JOUR + jours * JOURS):
        assert client.get("/premiere-visite").status_code == status


def test_qui_est_deja_venu_recoit_un_mot_sans_lien_secret(monde: Monde) -> None:
    ouvrir_mandat(monde.lea, make_promotion(monde.lavande), RoleMandat.TITULAIRE)
    courriel = courriels()[-1]
    assert courriel.destinataire == monde.lea.courriel
    assert "Votre compte est déjà ouvert" in (courriel.texte or "")
    assert "/connexion" in (courriel.texte or "")
    assert "le compte ne s’ouvrira pas" not in (courriel.texte or "")
    assert courriel.expire_le is None
    assert db.session.scalar(select(func.count()).select_from(Jeton)) == 0


def test_l_equipe_est_invitee_par_la_creation_de_son_compte(client: Any, monde: Monde) -> None:
    creer_compte(prenom="Paul", nom="Neuf", courriel="paul@exemple.fr", est_animateur=True, par=monde.admin)
    creer_compte(prenom="Rien", nom="Neuf", courriel="rien@exemple.fr", par=monde.admin)
    assert [courriel.destinataire for courriel in courriels()[-1:]] == ["paul@exemple.fr"]
    assert "équipe d’animation" in (courriels()[-1].texte or "")
    client.get(lien_recu("paul@exemple.fr"))
    assert client.poster("/premiere-visite", nouveau=MDP, confirmation=MDP).location == "/mon-espace"


def test_qui_entre_dans_l_equipe_l_apprend(client: Any, monde: Monde) -> None:
    """A new role of an invited person sends a new invitation with all roles. An activated account only gets a
    notification."""
    vera = {"prenom": "Vera", "nom": "Cible", "courriel": "vera.cible@exemple.fr"}
    accueillir_agent(monde.transports, **vera, referent=False, par=monde.referent)
    write_mails()
    accueillir_membre(**vera, administrateur=False, par=monde.admin)
    texte = courriels()[-1].texte or ""
    assert f"{monde.transports.nom}" in texte
    assert "membre de l’équipe d’animation" in texte
    client.get(lien_recu(vera["courriel"]))
    assert client.get("/premiere-visite").status_code == 200
    lea = {"prenom": monde.lea.prenom, "nom": monde.lea.nom, "courriel": monde.lea.courriel}
    accueillir_membre(**lea, administrateur=True, par=monde.admin)
    mot = courriels()[-1]
    assert (mot.destinataire, mot.expire_le) == (monde.lea.courriel, None)
    assert "membre de l’administration du site" in (mot.texte or "")
    accueillir_membre(prenom="Farid", nom="F", courriel="f@x.fr", administrateur=False, par=monde.admin)
    assert [courriel.destinataire for courriel in courriels()].count("f@x.fr") == 1


def test_renvoyer_annule_la_premiere(client: Any, as_: Any, nora: Compte, nadege: Compte) -> None:
    premier = lien_recu(NORA)
    browser = as_(nadege)
    assert "Nora Fictive" in browser.get("/invitations").text
    with at(now() + timedelta(minutes=11)):
        envoi = browser.poster(f"/invitations/{nora.id}", moyen="courriel")
        assert envoi.status_code == 303
        assert "invitation_renvoyee" in actions()
        client.get(premier)
        assert client.get("/premiere-visite").status_code == 410
        client.get(lien_recu(NORA))
        assert client.get("/premiere-visite").status_code == 200


def test_qui_peut_inviter_qui(as_: Any, monde: Monde, nora: Compte, nadege: Compte) -> None:
    autre = make_agent(monde.ailleurs, "Gaelle", referent=True)
    agent = invite("ivan@exemple.fr", "Ivan")
    ouvrir_appartenance(agent, monde.transports)
    equipier = creer_compte(prenom="Paul", nom="N", courriel="paul@exemple.fr", est_animateur=True, par=None)
    for compte, oui, non in (
        (nora, [nadege, monde.animatrice, monde.admin], [autre, monde.samira, monde.referent, None]),
        (agent, [monde.referent, monde.animatrice], [monde.agent, monde.autre_agent, nadege, None]),
        (equipier, [monde.admin], [monde.animatrice, nadege, None]),
    ):
        for qui in oui:
            assert as_(qui).get(f"/invitations/{compte.id}").status_code == 200, qui
        for qui in non:
            page = as_(qui).get(f"/invitations/{compte.id}")
            assert page.status_code == (404 if qui else 401), qui
            assert compte.prenom not in page.text
    with pytest.raises(Interdit):
        renvoyer_invitation(nora, par=monde.referent)
    assert "code_imprime" not in actions()


def test_qui_a_deux_roles_n_est_pas_invite_par_un_seul(monde: Monde, nora: Compte, nadege: Compte) -> None:
    """A printed code would give its printer access to the fiches of the other acteur."""
    ouvrir_appartenance(nora, monde.transports)
    with pytest.raises(Interdit):
        imprimer_code(nora, par=nadege)
    assert imprimer_code(nora, par=monde.animatrice)


def test_qui_est_venu_ne_peut_plus_etre_ouvert_par_un_autre(as_: Any, monde: Monde, nadege: Compte) -> None:
    browser = as_(nadege)
    page = browser.get(f"/invitations/{monde.samira.id}")
    assert page.status_code == 200
    assert "déjà venu" in page.text
    refus = browser.poster(f"/invitations/{monde.samira.id}", "/invitations", moyen="feuille")
    assert refus.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Jeton)) == 0


def test_la_liste_ne_grandit_pas_sans_fin(as_: Any, monde: Monde) -> None:
    promotion = make_promotion(monde.lavande)
    ouvrir_mandat(invite(), promotion, RoleMandat.TITULAIRE)
    animatrice = as_(monde.animatrice)
    peu = _statements(animatrice)
    for numero in range(50):
        ouvrir_appartenance(invite(f"p{numero}@exemple.fr", f"P{numero}"), monde.transports)
    assert _statements(animatrice) <= peu + 1  # one more query, for the appartenances
    page = animatrice.get("/invitations")
    assert page.text.count('class="avatar personne"') == 50
    suite = re.search(r"/invitations\?apres=\d+", page.text)
    assert suite
    assert as_(monde.animatrice).get(suite[0]).text.count('class="avatar personne"') == 1
    assert as_(monde.animatrice).get("/invitations?apres=zz").status_code == 422


def _statements(browser: Any) -> int:
    ordres: list[str] = []

    def note(*args: Any) -> None:
        ordres.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    browser.get("/invitations")
    event.remove(db.engine, "before_cursor_execute", note)
    return len(ordres)


def test_un_code_imprime_avant_un_autre_role_n_ouvre_plus_rien(monde: Monde) -> None:
    """A new role given by another acteur revokes the printed code."""
    invitee = accueillir_agent(
        monde.transports,
        prenom="Vera",
        nom="Cible",
        courriel="vera.cible@exemple.fr",
        referent=False,
        par=monde.referent,
    ).compte
    code = imprimer_code(invitee, par=monde.referent)
    assert get_jeton(hash_code(code), NatureJeton.CODE, le=now()) is not None
    add = {"prenom": "Vera", "nom": "Cible", "courriel": "vera.cible@exemple.fr", "referent": True}
    accueillir_agent(monde.remuneration, par=monde.animatrice, **add)
    assert get_jeton(hash_code(code), NatureJeton.CODE, le=now()) is None


def test_qui_dit_seulement_qu_une_adresse_est_la_sienne_ne_recoit_pas_le_role(monde: Monde) -> None:
    """An account whose address is not verified does not get the roles given to that address."""
    squatteuse, visee = monde.lea, "nouvelle.directrice@exemple.fr"
    squatteuse.courriel, squatteuse.courriel_prouve_le = visee, None
    db.session.commit()
    prenom, nom = squatteuse.prenom, squatteuse.nom
    with pytest.raises(DonneeInvalide, match="pas encore confirmée"):
        accueillir_membre(prenom=prenom, nom=nom, courriel=visee, administrateur=True, par=monde.admin)
    poste = accueillir_agent(
        monde.transports, prenom=prenom, nom=nom, courriel=visee, referent=True, par=monde.referent
    )
    assert poste.compte is not squatteuse
    assert not squatteuse.est_administrateur


def test_personne_ne_se_donne_un_role(monde: Monde) -> None:
    anouk = monde.animatrice
    with pytest.raises(Interdit, match="vous donner un rôle"):
        accueillir_agent(
            monde.transports,
            prenom=anouk.prenom,
            nom=anouk.nom,
            courriel=anouk.courriel or "",
            referent=False,
            par=anouk,
        )
    with pytest.raises(Interdit, match="vous donner un rôle"):
        ouvrir_mandat(anouk, make_promotion(monde.lavande, "Soudeur"), RoleMandat.TITULAIRE, par=anouk)


def test_on_ne_parle_pas_pour_les_stagiaires_de_son_propre_organisme(monde: Monde) -> None:
    nadia, promotion = make_agent(monde.lavande, "Nadia"), make_promotion(monde.lavande, "Soudeur")
    with pytest.raises(DonneeInvalide, match="travaille pour l’organisme"):
        ouvrir_mandat(nadia, promotion, RoleMandat.TITULAIRE, par=make_agent(monde.lavande, "Omar"))
    with pytest.raises(DonneeInvalide, match="parle au nom de stagiaires"):
        ouvrir_appartenance(monde.samira, monde.lavande, par=monde.admin)


def test_un_ancien_mandat_ailleurs_interdit_aussi_le_code(monde: Monde, nadege: Compte) -> None:
    """A former délégué still reads the fiches of his promotion, so that another organisme may not print a
    code."""
    ailleurs = make_promotion(make_acteur("Azur", Nature.ORGANISME))
    ancien = make_delegue(ailleurs, "Igor", debut=today() - 50 * JOURS)
    ancien.active_le, ancien.mandats[0].fin = None, today() - 10 * JOURS
    ouvrir_mandat(ancien, make_promotion(monde.lavande, "Soudeur"), RoleMandat.TITULAIRE, par=nadege)
    with pytest.raises(Interdit):
        imprimer_code(ancien, par=nadege)
    assert imprimer_code(ancien, par=monde.animatrice)


def test_une_invitation_ne_se_renvoie_pas_sans_fin(nora: Compte, nadege: Compte) -> None:
    write_mails()
    assert not renvoyer_invitation(nora, par=nadege)
    with at(now() + timedelta(minutes=11)):
        assert renvoyer_invitation(nora, par=nadege)
        assert not renvoyer_invitation(nora, par=nadege)  # its mail is not written yet
        assert len([courriel for courriel in courriels() if courriel.destinataire == NORA]) == 2
