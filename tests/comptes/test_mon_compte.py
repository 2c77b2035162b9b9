"""Creation of an account, and changes by its owner."""

from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from devtools.factories import JOUR, hidden_fields
from mse.comptes.cli import creer_administrateur
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import verify_mot_de_passe
from mse.comptes.use_cases import creer_compte
from mse.core.clock import at
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.use_cases import batch
from mse.extensions import db
from mse.journal.models import LigneJournal
from tests.comptes.gens import AUTRE_MDP, MDP, lien_recu, make_inscrit, ouvrir, se_connecter, suivre
from tests.notifications.conftest import take_mails

pytestmark = pytest.mark.usefixtures("jour")

PERSONNE = {"prenom": "Lea", "nom": "Roux", "courriel": "Lea.Roux@Exemple.FR"}


def test_changer_son_nom(as_: Any) -> None:
    samira = make_inscrit()
    chez_elle = as_(samira)
    envoi = {
        "prenom": " Sami\u0301ra\n",
        "nom": "Ben  Ali",
        "est_administrateur": "y",
        "est_animateur": "y",
        "courriel": "x@exemple.fr",
    }
    assert chez_elle.poster("/mon-compte/identite", **envoi).location == "/mon-compte"
    db.session.refresh(samira)
    assert (samira.prenom, samira.nom) == ("Samíra", "Ben Ali")
    assert (samira.est_equipe, samira.courriel) == (False, "samira@exemple.fr")


@pytest.mark.parametrize(
    ("prenom", "phrase"),
    [("", "Écrivez votre prénom."), ("\u200b", "Écrivez"), ("x" * 81, "81 caractères")],
)
def test_un_nom_impossible_est_rendu_avec_une_phrase(as_: Any, prenom: str, phrase: str) -> None:
    response = as_(make_inscrit()).poster("/mon-compte/identite", prenom=prenom, nom="Gardé")
    assert response.status_code == 422
    assert phrase in response.text
    assert 'value="Gardé"' in response.text


def test_changer_d_adresse_demande_le_mot_de_passe(as_: Any, client: Any) -> None:
    chez_elle = as_(make_inscrit())
    url = "/mon-compte/courriel"
    response = chez_elle.poster(url, courriel="Neuve@Exemple.fr", mot_de_passe="faux")
    assert response.status_code == 422
    assert "Ce n’est pas votre mot de passe actuel." in response.text
    assert 'value="Neuve@Exemple.fr"' in response.text
    assert chez_elle.poster(url, courriel="Neuve@Exemple.fr", mot_de_passe=MDP).status_code == 303
    assert se_connecter(client, "neuve@exemple.fr").status_code == 422
    assert suivre(chez_elle, lien_recu("neuve@exemple.fr")).location == "/mon-compte"
    assert se_connecter(client).status_code == 422
    assert se_connecter(client, "neuve@exemple.fr").status_code == 303


def test_une_adresse_mal_ecrite_ne_donne_rien_a_qui_la_lit(as_: Any, client: Any) -> None:
    """The link to a new address works only for the signed-in owner. Using one link revokes the others."""
    samira, karim = make_inscrit(), make_inscrit("Karim")
    chez_elle = as_(samira)
    for adresse in ("inconnu@exemple.fr", "neuve@exemple.fr"):
        chez_elle.poster("/mon-compte/courriel", courriel=adresse, mot_de_passe=MDP)
    inconnu, neuve = lien_recu("inconnu@exemple.fr"), lien_recu("neuve@exemple.fr")
    assert ouvrir(client, inconnu).status_code == 401
    assert "ne change plus rien" in ouvrir(as_(karim), inconnu).text
    assert suivre(as_(karim), inconnu).status_code == 409
    db.session.refresh(samira)
    assert samira.courriel == "samira@exemple.fr"
    assert suivre(chez_elle, neuve).status_code == 303
    assert suivre(chez_elle, inconnu).status_code == 409
    assert suivre(chez_elle, neuve).status_code == 303  # a second click: it changes nothing any more
    db.session.refresh(samira)
    assert samira.courriel == "neuve@exemple.fr"
    assert samira.courriel_prouve_le is not None


def test_le_lien_attend_que_l_on_soit_connecte(client: Any, as_: Any) -> None:
    """Opened on another device, the link asks for a sign-in, then shows the confirmation page."""
    samira = make_inscrit()
    as_(samira).poster("/mon-compte/courriel", courriel="neuve@exemple.fr", mot_de_passe=MDP)
    client.get(lien_recu("neuve@exemple.fr"))
    entree = se_connecter(client, page="/mon-compte/courriel/confirmer")
    assert entree.location == "/mon-compte/courriel/confirmer"
    assert client.poster(entree.location).location == "/mon-compte"
    db.session.refresh(samira)
    assert samira.courriel == "neuve@exemple.fr"


def test_le_lien_d_une_nouvelle_adresse_vieillit(as_: Any) -> None:
    with at(JOUR):
        chez_elle = as_(make_inscrit())
        chez_elle.poster("/mon-compte/courriel", courriel="neuve@exemple.fr", mot_de_passe=MDP)
        lien = lien_recu("neuve@exemple.fr")
    with at(JOUR + timedelta(minutes=30)):
        assert suivre(chez_elle, lien).status_code == 409


def test_on_n_ecrit_pas_sans_fin_aux_adresses_des_autres(as_: Any) -> None:
    chez_elle = as_(make_inscrit())
    envois = [
        chez_elle.poster("/mon-compte/courriel", courriel=f"x{n}@exemple.fr", mot_de_passe=MDP).status_code
        for n in range(6)
    ]
    assert envois == [303] * 5 + [429]


@pytest.mark.parametrize(
    ("courriel", "phrase"),
    [
        ("pas une adresse", "n’est pas valable"),
        ("x@localhost", "n’est pas valable"),
        ("a" * 300 + "@exemple.fr", "trop longue"),
        ("", "Écrivez votre nouvelle adresse."),
    ],
)
def test_une_adresse_fausse_est_refusee(as_: Any, courriel: str, phrase: str) -> None:
    samira = make_inscrit()
    response = as_(samira).poster("/mon-compte/courriel", courriel=courriel, mot_de_passe=MDP)
    assert response.status_code == 422
    assert phrase in response.text
    db.session.refresh(samira)
    assert samira.courriel == "samira@exemple.fr"


def test_une_adresse_prise_recoit_la_meme_reponse_et_son_titulaire_l_apprend(as_: Any) -> None:
    karim, samira = make_inscrit("Karim"), make_inscrit()
    chez_elle, pages = as_(samira), []
    for courriel in (karim.courriel, "libre@exemple.fr"):
        response = chez_elle.poster("/mon-compte/courriel", courriel=courriel, mot_de_passe=MDP)
        assert (response.status_code, response.location) == (303, "/mon-compte")
        page = chez_elle.get("/mon-compte").text
        assert f"Un courriel part vers {courriel}" in page
        jeton = hidden_fields(page)["csrf_token"]  # it holds a timestamp
        pages.append(page.replace(courriel, "").replace(jeton, ""))
    assert pages[0] == pages[1]
    textes = {mail.destinataire: mail.texte for mail in take_mails()}
    assert "a déjà un compte" in textes[karim.courriel]
    assert "/mon-compte/courriel/" not in textes[karim.courriel]
    assert "Samira" not in textes[karim.courriel]
    assert "/mon-compte/courriel/" in textes["libre@exemple.fr"]
    db.session.refresh(samira)
    assert samira.courriel == "samira@exemple.fr"


def test_garder_son_adresse_n_est_pas_une_faute(as_: Any) -> None:
    chez_elle = as_(make_inscrit())
    response = chez_elle.poster("/mon-compte/courriel", courriel="SAMIRA@exemple.fr", mot_de_passe=MDP)
    assert response.status_code == 303


def test_une_session_volee_ne_sert_pas_a_deviner(as_: Any, client: Any) -> None:
    make_inscrit("Karim")
    chez_elle = as_(make_inscrit())

    def changer(courriel: str, mot_de_passe: str) -> Any:
        return chez_elle.poster("/mon-compte/courriel", courriel=courriel, mot_de_passe=mot_de_passe)

    for _essai in range(10):
        assert changer("x@exemple.fr", "faux").status_code == 422
    bloquee = changer("x@exemple.fr", MDP)
    assert bloquee.status_code == 429
    assert "Attendez" in bloquee.text
    assert se_connecter(client).status_code == 303


def test_changer_son_mot_de_passe_ferme_les_autres_connexions(as_: Any, client: Any) -> None:
    samira = make_inscrit()
    ici, ailleurs = as_(samira), as_(samira)
    response = ici.poster("/mon-compte/mot-de-passe", ancien=MDP, nouveau=AUTRE_MDP, confirmation=AUTRE_MDP)
    assert response.status_code == 303
    assert ici.get("/mon-compte").status_code == 200
    assert ailleurs.get("/mon-compte").status_code == 401
    assert se_connecter(client).status_code == 422
    assert se_connecter(client, mot_de_passe=AUTRE_MDP).status_code == 303
    actions = db.session.scalars(select(LigneJournal.action)).all()
    assert "mot_de_passe_change" in actions
    assert "session_fermee" in actions


@pytest.mark.parametrize(
    ("ancien", "nouveau", "confirmation", "champ", "phrase"),
    [
        ("faux", AUTRE_MDP, AUTRE_MDP, "ancien", "Ce n’est pas votre mot de passe actuel."),
        (MDP, AUTRE_MDP, AUTRE_MDP + " ", "confirmation", "Les deux mots de passe sont différents."),
        (MDP, "trop court", "trop court", "nouveau", "il faut au moins 15"),
        (MDP, "Samira Fictif 2026", "Samira Fictif 2026", "nouveau", "reprend votre nom"),
        (MDP, "", "", "nouveau", "Écrivez un nouveau mot de passe."),
    ],
)
def test_un_mot_de_passe_refuse_ne_change_rien(
    as_: Any, ancien: str, nouveau: str, confirmation: str, champ: str, phrase: str
) -> None:
    samira = make_inscrit()
    envoi = {"ancien": ancien, "nouveau": nouveau, "confirmation": confirmation}
    response = as_(samira).poster("/mon-compte/mot-de-passe", **envoi)
    assert response.status_code == 422
    assert phrase in response.text.partition(f'id="{champ}-erreur"')[2]
    assert AUTRE_MDP not in response.text
    db.session.refresh(samira)
    assert verify_mot_de_passe(samira.mot_de_passe, MDP)


@pytest.mark.parametrize(
    "page", ["/connexion", *(f"/mon-compte/{p}" for p in ("identite", "courriel", "mot-de-passe"))]
)
def test_chaque_formulaire_dit_pourquoi_qui_et_combien_de_temps(as_: Any, page: str) -> None:
    texte = as_(None if page == "/connexion" else make_inscrit()).get(page).text
    for question in ("Pourquoi ?", "Qui peut le lire ?", "Combien de temps ?"):
        assert question in texte


def test_creer_un_compte(app: Flask) -> None:
    compte = creer_compte(**PERSONNE, mot_de_passe=MDP)
    assert compte.courriel == "lea.roux@exemple.fr"
    assert verify_mot_de_passe(compte.mot_de_passe, MDP)
    assert compte.active_le is None
    assert db.session.scalars(select(LigneJournal.action)).all() == ["compte_cree"]
    with pytest.raises(DonneeInvalide, match="Un compte existe déjà"):
        creer_compte(**{**PERSONNE, "courriel": " lea.ROUX@exemple.fr"})


def test_la_regle_du_mot_de_passe_vaut_sauf_pour_la_demonstration(app: Flask) -> None:
    with pytest.raises(DonneeInvalide):
        creer_compte(**PERSONNE, mot_de_passe="mission-possible")
    with batch():
        creer_compte(**PERSONNE)
        demo = creer_compte(
            **{**PERSONNE, "courriel": "delegue@demo.example"},
            mot_de_passe="mission-possible",
            est_demonstration=True,
        )
    assert demo.est_demonstration
    assert len(db.session.scalars(select(Compte.id)).all()) == 2


def test_qui_peut_creer_un_compte(app: Flask) -> None:
    animatrice, samira = make_inscrit("Anouk", est_animateur=True), make_inscrit()
    assert creer_compte(**PERSONNE, par=animatrice).id
    for refuse in (
        {"par": samira},
        {"par": animatrice, "est_administrateur": True},
        {"par": animatrice, "est_animateur": True},
    ):
        with pytest.raises(Interdit):
            creer_compte(**{**PERSONNE, "courriel": "autre@exemple.fr"}, **refuse)  # type: ignore[arg-type]


def test_la_commande_cree_une_administratrice(app: Flask, client: Any) -> None:
    options = ["--courriel", "lea@exemple.fr", "--prenom", "Lea", "--nom", "Roux"]
    result = CliRunner().invoke(creer_administrateur, [*options, "--mot-de-passe-stdin"], input=f"{MDP}\n")
    assert result.exit_code == 0
    assert "Lea Roux" in result.output
    assert "/connexion" in result.output
    assert db.session.scalars(select(Compte.est_administrateur)).one()
    assert se_connecter(client, "lea@exemple.fr").status_code == 303


def test_la_commande_demande_ce_qui_manque(app: Flask) -> None:
    saisie = f"lea@exemple.fr\nLea\nRoux\n{MDP}\n{MDP}\n"
    assert CliRunner().invoke(creer_administrateur, input=saisie).exit_code == 0
    refus = CliRunner().invoke(creer_administrateur, input=saisie.replace(MDP, "trop court"))
    assert isinstance(refus.exception, DonneeInvalide)


def test_l_ancienne_adresse_apprend_qu_elle_ne_l_est_plus(as_: Any) -> None:
    """The old address is notified of the change, in case the account was taken over. The e-mail does not name
    the new address."""
    samira = make_inscrit()
    chez_elle = as_(samira)
    chez_elle.poster("/mon-compte/courriel", courriel="voleur@exemple.fr", mot_de_passe=MDP)
    suivre(chez_elle, lien_recu("voleur@exemple.fr"))
    _lien, courriel = take_mails()
    assert courriel.destinataire == "samira@exemple.fr"
    assert "vient d’être changée" in (courriel.texte or "")
    assert "voleur" not in (courriel.texte or "")


def test_un_mot_de_passe_change_se_dit_par_courriel(as_: Any) -> None:
    as_(make_inscrit()).poster(
        "/mon-compte/mot-de-passe", ancien=MDP, nouveau=AUTRE_MDP, confirmation=AUTRE_MDP
    )
    [courriel] = take_mails()
    assert courriel.destinataire == "samira@exemple.fr"
    assert "/mot-de-passe-oublie" in (courriel.texte or "")
    assert AUTRE_MDP not in (courriel.texte or "")
