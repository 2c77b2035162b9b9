"""A mail that did not arrive is said beside the person it was for, in words, with what to do."""

from itertools import repeat
from typing import Any

import pytest

from mse.annuaire.use_cases.agents import accueillir_agent
from mse.comptes.models import AdresseRefusee, Compte
from mse.extensions import db
from mse.notifications.use_cases import purge
from mse.notifications.worker import drain
from tests.fabrique import Monde, make_agent, make_fiche
from tests.notifications.conftest import Serveur, serveur, take_mails

__all__ = ["serveur"]

INCONNUE = "rcpt 550 5.1.1 No such user"


@pytest.fixture
def nora(monde: Monde, serveur: Serveur) -> Compte:
    """Invited; the server of her address says 550."""
    take_mails()
    appartenance = accueillir_agent(
        monde.transports,
        prenom="Nora",
        nom="Fictive",
        courriel="nora@exemple.fr",
        referent=False,
        par=monde.referent,
    )
    serveur.humeurs = repeat(INCONNUE)
    assert drain().refuses == 1
    serveur.humeurs = repeat("ok")
    return appartenance.compte


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
    serveur.humeurs = repeat(INCONNUE)
    drain()
    assert "Modifiez cette adresse" in as_(monde.animatrice).get(f"/acteurs/{monde.ailleurs.id}/gestion").text


def test_un_contenu_refuse_n_accuse_pas_l_adresse(monde: Monde, as_: Any, serveur: Serveur) -> None:
    serveur.humeurs = repeat("554 5.7.1 Spam")
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
    serveur.humeurs = repeat(INCONNUE)
    drain()
    page = agente.get(f"/promotions/{monde.promotion.id}").text
    assert "n’est pas arrivé" in page
    assert "Imprimez un code" in page
