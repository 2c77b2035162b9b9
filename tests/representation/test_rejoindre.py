"""An invited person who already has an account may join the invitation to it."""

from typing import Any

from devtools.factories import Monde, make_agent, make_promotion
from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.representation.policies import roles_de
from mse.representation.use_cases.comptes import fermer_compte
from mse.representation.use_cases.elections import Elu, enregistrer_resultat
from mse.representation.use_cases.inviter import imprimer_code
from tests.comptes.gens import MDP, lien_recu, make_inscrit, se_connecter

VERA = "vera@exemple.fr"


def add(acteur: Acteur, par: Compte, courriel: str = VERA, **champs: Any) -> Appartenance:
    valeurs = {"prenom": "Vera", "nom": "Martin", "referent": False, **champs}
    return accueillir_agent(acteur, courriel=courriel, par=par, **valeurs)


def test_la_titulaire_garde_son_compte_une_fois(monde: Monde, client: Any, app: Any) -> None:
    vera = make_inscrit("Vera", nom="Duchemin")
    poste = add(monde.transports, monde.referent)
    attendu, lien = poste.compte, lien_recu(VERA)
    client.get(lien)
    page = client.get("/premiere-visite").text
    assert "Vous avez déjà un compte" in page
    assert "Enregistrer et entrer" not in page
    assert client.poster("/premiere-visite", "/connexion", sans="1").status_code == 422
    assert roles_de(vera).agent_de == frozenset()
    entree = client.poster("/connexion?next=/premiere-visite", courriel=VERA, mot_de_passe=MDP)
    assert entree.location == "/premiere-visite"
    assert "C’est moi" in client.get("/premiere-visite").text
    assert client.poster("/premiere-visite", rejoindre="1").location == "/mon-espace"
    db.session.expire_all()
    assert roles_de(vera).agent_de == {monde.transports.id}
    assert db.session.get_one(Appartenance, poste.id).compte is vera
    assert (attendu.est_ouvert, attendu.courriel_invite) == (False, None)
    ailleurs = app.test_client()
    ailleurs.get(lien)
    assert ailleurs.get("/premiere-visite").status_code == 410


def test_les_mandats_suivent_aussi(monde: Monde, nadege: Compte, client: Any) -> None:
    vera, promotion = make_inscrit("Vera", nom="Duchemin"), make_promotion(monde.lavande, "Soudeur")
    enregistrer_resultat(
        promotion,
        cle="x",
        le=today(),
        titulaire=Elu(prenom="Vera", nom="Martin", courriel=VERA),
        suppleant=None,
        par=nadege,
    )
    assert roles_de(vera).promotions == frozenset()
    se_connecter(client, VERA)
    client.get(lien_recu(VERA))
    assert client.poster("/premiere-visite", rejoindre="1").location == "/mon-espace"
    db.session.expire_all()
    assert roles_de(vera).promotions == {promotion.id}


def test_une_autre_personne_ne_prend_pas_l_invitation(monde: Monde, as_: Any) -> None:
    """Only the account with the invited address may join, not one with the same name."""
    make_inscrit("Vera", nom="Duchemin")
    poste = add(monde.transports, monde.referent)
    homonyme = make_inscrit("Vera", nom="Martin", courriel="vera.martin@exemple.fr")
    lien = lien_recu(VERA)
    for ouvrir in (lambda ici: ici.get(lien), _by_code(poste)):
        ici = as_(homonyme)
        ouvrir(ici)
        assert "C’est moi" not in ici.get("/premiere-visite").text
        assert ici.poster("/premiere-visite", "/mon-compte", rejoindre="1").status_code == 422
        db.session.expire_all()
        assert roles_de(homonyme).agent_de == frozenset()


def _by_code(poste: Appartenance) -> Any:
    def ouvrir(ici: Any) -> None:
        rene = next(a.compte for a in poste.acteur.appartenances if a.est_referent)
        ici.poster("/invitation", code=imprimer_code(poste.compte, par=rene))

    return ouvrir


def test_qui_travaille_deja_la_ne_le_fait_pas_deux_fois(monde: Monde, client: Any) -> None:
    vera = make_inscrit("Vera", nom="Duchemin")
    poste = add(monde.transports, monde.referent)
    db.session.add(Appartenance(compte=vera, acteur=monde.transports, debut=today()))
    db.session.commit()
    se_connecter(client, VERA)
    client.get(lien_recu(VERA))
    refus = client.poster("/premiere-visite", rejoindre="1")
    assert refus.status_code == 422
    assert "Vous travaillez déjà pour" in refus.text
    db.session.expire_all()
    assert poste.compte.est_ouvert


def test_deux_acteurs_invitent_la_meme_personne(monde: Monde, client: Any) -> None:
    """The first invitation activates the account; the second one is joined to it."""
    ines = make_agent(monde.remuneration, "Ines", referent=True)
    premier = add(monde.transports, monde.referent)
    lien = lien_recu(VERA)
    second = add(monde.remuneration, ines, nom="Martinez")
    assert (second.compte.nom, second.compte.courriel) == ("Martinez", None)
    client.get(lien)
    assert client.poster("/premiere-visite", sans="1").location == "/mon-espace"
    client.get(lien_recu(VERA))
    assert client.poster("/premiere-visite", rejoindre="1").location == "/mon-espace"
    db.session.expire_all()
    assert roles_de(premier.compte).agent_de == {monde.transports.id, monde.remuneration.id}


def test_une_adresse_liberee_ouvre_le_compte_attendu(monde: Monde, client: Any) -> None:
    vera = make_inscrit("Vera", nom="Duchemin")
    attendu = add(monde.transports, monde.referent).compte
    vera.courriel = "ailleurs@exemple.fr"
    db.session.commit()
    client.get(lien_recu(VERA))
    assert client.poster("/premiere-visite", sans="1").location == "/mon-espace"
    db.session.refresh(attendu)
    assert (attendu.courriel, attendu.courriel_invite) == (VERA, None)


def test_un_compte_ferme_l_apprend_par_sa_messagerie_seule(monde: Monde, client: Any) -> None:
    vera = make_inscrit("Vera", nom="Duchemin")
    fermer_compte(vera, par=monde.admin)
    add(monde.transports, monde.referent)
    client.get(lien_recu(VERA))
    page = client.get("/premiere-visite").text
    assert "dont le compte est fermé" in page
    assert "Se connecter</a>\n<a class" not in page
