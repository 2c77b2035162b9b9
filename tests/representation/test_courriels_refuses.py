"""An undelivered e-mail is shown beside its addressee, with the reason and what to do."""

from itertools import repeat
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde, make_agent, make_fiche
from devtools.smtp import Serveur
from mse.comptes.models import AdresseRefusee, Compte, Jeton, NatureJeton
from mse.comptes.queries import get_jeton
from mse.core.clock import now
from mse.extensions import db
from mse.notifications.use_cases import purge
from mse.notifications.worker import drain
from tests.comptes.gens import lien_recu
from tests.notifications.conftest import serveur, take_mails
from tests.representation.invites import actions, invite_agente

__all__ = ["serveur"]

INCONNUE = "rcpt 550 5.1.1 No such user"


@pytest.fixture
def nora(monde: Monde, serveur: Serveur) -> Compte:
    """An invited agent whose mail server answers 550."""
    take_mails()
    compte = invite_agente(monde.transports, par=monde.referent)
    serveur.behaviours = repeat(INCONNUE)
    assert drain().refuses == 1
    serveur.behaviours = repeat("ok")
    return compte


def test_l_invitation_refusee_est_dite_partout_ou_la_personne_se_lit(
    monde: Monde, as_: Any, nora: Compte
) -> None:
    rene = as_(monde.referent)
    for page in ("/invitations", f"/invitations/{nora.id}", f"/acteurs/{monde.transports.id}/gestion"):
        texte = rene.get(page).text
        assert "n’est pas arrivé" in texte, page
        assert "n’existe pas, ou ne reçoit rien" in texte, page
        assert "550" not in texte
    assert "n’est pas arrivé" in as_(monde.admin).get("/comptes?q=Nora").text


def test_le_courriel_suivant_qui_part_efface_la_phrase(monde: Monde, as_: Any, nora: Compte) -> None:
    rene = as_(monde.referent)
    assert rene.poster("/connexion/lien", "/connexion/lien", courriel=nora.courriel).status_code == 200
    assert drain().envoyes == 1
    assert "n’est pas arrivé" not in rene.get(f"/invitations/{nora.id}").text


def test_la_boite_d_un_service_qui_n_existe_pas(monde: Monde, as_: Any, serveur: Serveur) -> None:
    take_mails()
    make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    serveur.behaviours = repeat(INCONNUE)
    drain()
    assert "Modifiez cette adresse" in as_(monde.animatrice).get(f"/acteurs/{monde.ailleurs.id}/gestion").text


def test_un_contenu_refuse_n_accuse_pas_l_adresse(monde: Monde, as_: Any, serveur: Serveur) -> None:
    serveur.behaviours = repeat("554 5.7.1 Spam")
    take_mails()
    samira = as_(monde.samira)
    samira.poster("/connexion/lien", "/connexion/lien", courriel=monde.samira.courriel)
    drain()
    page = samira.get("/mon-compte").text
    assert "ne l’a pas pris" in page
    assert "n’existe pas" not in page


def test_une_adresse_que_plus_personne_n_a_est_oubliee(monde: Monde, nora: Compte) -> None:
    nora.courriel = "nora.b@exemple.fr"
    db.session.commit()
    purge()
    assert db.session.query(AdresseRefusee).count() == 0


def test_la_page_de_la_promotion_le_dit_de_sa_deleguee(monde: Monde, as_: Any, serveur: Serveur) -> None:
    monde.samira.active_le = monde.samira.courriel_prouve_le = None
    db.session.commit()
    take_mails()
    agente = as_(make_agent(monde.lavande, "Ines"))
    agente.poster(f"/invitations/{monde.samira.id}", f"/invitations/{monde.samira.id}", moyen="courriel")
    serveur.behaviours = repeat(INCONNUE)
    drain()
    page = agente.get(f"/promotions/{monde.promotion.id}").text
    assert "n’est pas arrivé" in page
    assert "ou imprimez un code" in page
    retour, url = f"/promotions/{monde.promotion.id}", f"/invitations/{monde.samira.id}/adresse"
    assert agente.poster(url, retour, courriel=JUSTE, retour=retour).location == retour
    assert monde.samira.courriel == JUSTE


# ---------------------------------------------------------------- correcting the address

JUSTE = "nora.juste@exemple.fr"


@pytest.mark.parametrize("page", ["/invitations", "/invitations/{nora}", "/acteurs/{acteur}/gestion"])
def test_l_adresse_se_corrige_la_ou_l_on_voit_le_refus(
    monde: Monde, as_: Any, nora: Compte, app: Flask, page: str
) -> None:
    [ancien] = db.session.scalars(select(Jeton.secret_hash).where(Jeton.compte_id == nora.id))
    rene = as_(monde.referent)
    page = page.format(nora=nora.id, acteur=monde.transports.id)
    assert f'action="/invitations/{nora.id}/adresse"' in rene.get(page).text
    envoi = rene.poster(f"/invitations/{nora.id}/adresse", page, courriel=f" {JUSTE} ", retour=page)
    assert (envoi.status_code, envoi.location) == (303, page)
    suite = rene.get(page).text
    assert "Le lien d’avant ne sert plus" in suite
    assert "n’est pas arrivé" not in suite
    assert "adresse_corrigee" in actions()
    assert get_jeton(ancien, NatureJeton.INVITATION, le=now()) is None
    venue = app.test_client()
    venue.get(lien_recu(JUSTE))
    assert venue.poster("/premiere-visite", sans="1").location == "/mon-espace"
    db.session.refresh(nora)
    assert (nora.courriel, nora.courriel_prouve_le is not None) == (JUSTE, True)


def test_un_deuxieme_clic_ne_corrige_qu_une_fois(monde: Monde, as_: Any, nora: Compte) -> None:
    rene, url = as_(monde.referent), f"/invitations/{nora.id}/adresse"
    for attendu in ("Le lien d’avant ne sert plus", "une invitation y est partie"):
        assert attendu in rene.get(rene.poster(url, courriel=JUSTE).location).text
    assert [mail.destinataire for mail in take_mails()].count(JUSTE) == 1


def test_une_adresse_mal_ecrite_revient_avec_sa_phrase(monde: Monde, as_: Any, nora: Compte) -> None:
    refus = as_(monde.referent).poster(f"/invitations/{nora.id}/adresse", courriel="nora@exemple")
    assert refus.status_code == 422
    assert 'value="nora@exemple"' in refus.text


def test_le_retour_ne_mene_pas_ailleurs(monde: Monde, as_: Any, nora: Compte) -> None:
    url = f"/invitations/{nora.id}/adresse"
    envoi = as_(monde.referent).poster(url, courriel=JUSTE, retour="//ailleurs.example")
    assert envoi.location == f"/invitations/{nora.id}"


def test_qui_est_venu_change_seul_son_adresse(monde: Monde, as_: Any, nora: Compte) -> None:
    nora.active_le = nora.courriel_prouve_le = now()
    db.session.commit()
    rene = as_(monde.referent)
    assert f'action="/invitations/{nora.id}/adresse"' not in rene.get(f"/invitations/{nora.id}").text
    refus = rene.poster(f"/invitations/{nora.id}/adresse", "/invitations", courriel=JUSTE)
    assert (refus.status_code, "déjà venu" in refus.text) == (422, True)


def test_qui_a_un_autre_role_n_est_pas_corrigee_par_un_seul_service(
    monde: Monde, as_: Any, nora: Compte
) -> None:
    """Neither the form is shown nor the POST accepted: only animateurs may correct an address shared by two
    services."""
    invite_agente(monde.remuneration, par=monde.animatrice)
    page = as_(monde.referent).get(f"/acteurs/{monde.transports.id}/gestion").text
    assert f'action="/invitations/{nora.id}/adresse"' not in page
    assert "L’équipe d’animation peut corriger son adresse" in page
    assert (
        as_(monde.referent).poster(f"/invitations/{nora.id}/adresse", "/", courriel=JUSTE).status_code == 404
    )
    equipe = as_(monde.animatrice).get("/comptes?q=Nora").text
    assert f'action="/invitations/{nora.id}/adresse"' in equipe
