"""An e-mail link verifies the address. The first verification closes sessions and removes the password."""

from flask import Flask

from devtools.factories import make_compte
from mse.comptes.jetons import emettre
from mse.comptes.models import NatureJeton, hash_secret
from mse.comptes.queries import list_sessions_ouvertes
from mse.comptes.use_cases import entrer_par_lien, ouvrir_session
from mse.extensions import db


def test_la_boite_aux_lettres_reprend_le_compte(app: Flask) -> None:
    compte = make_compte("Lea", courriel_prouve_le=None, mot_de_passe="une empreinte")
    ouvrir_session(compte)
    secret = emettre(compte, NatureJeton.CONNEXION)
    db.session.commit()
    assert entrer_par_lien(hash_secret(secret)) is not None
    assert compte.courriel_prouve_le is not None
    assert compte.mot_de_passe is None
    assert len(list_sessions_ouvertes(compte.id)) == 1  # the one just opened


def test_une_adresse_prouvee_garde_mot_de_passe_et_sessions(app: Flask) -> None:
    compte = make_compte("Lea", mot_de_passe="une empreinte")
    ouvrir_session(compte)
    secret = emettre(compte, NatureJeton.CONNEXION)
    db.session.commit()
    entrer_par_lien(hash_secret(secret))
    assert compte.mot_de_passe == "une empreinte"
    assert len(list_sessions_ouvertes(compte.id)) == 2
