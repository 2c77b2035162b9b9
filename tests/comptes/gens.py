"""Accounts with a password, and the steps of a sign-in."""

import re
from functools import cache
from typing import Any

from sqlalchemy import select

from devtools.factories import make_compte
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import hash_mot_de_passe
from mse.extensions import db
from mse.notifications.models import Courriel
from tests.courriels import write_mails

MDP = "cheval vert mange la lune"
AUTRE_MDP = "tournesol bicyclette mardi"


@cache
def _password_hash() -> str:
    return hash_mot_de_passe(MDP)


def make_inscrit(prenom: str = "Samira", **champs: Any) -> Compte:
    """An account with the address prenom@exemple.fr and the password `MDP`."""
    valeurs = {"courriel": f"{prenom.lower()}@exemple.fr", "mot_de_passe": _password_hash()}
    return make_compte(prenom, **{**valeurs, **champs})


def se_connecter(
    browser: Any,
    courriel: str = "samira@exemple.fr",
    mot_de_passe: str = MDP,
    *,
    page: str = "/connexion",
    **champs: Any,
) -> Any:
    """Submit the sign-in form shown at `page`."""
    return browser.poster("/connexion", page, courriel=courriel, mot_de_passe=mot_de_passe, **champs)


def ouvrir(browser: Any, lien: str) -> Any:
    """Return the page that an e-mail link redirects to."""
    return browser.get(browser.get(lien).location)


def suivre(browser: Any, lien: str) -> Any:
    """Open an e-mail link, then press the button of the page it redirects to."""
    return browser.poster(browser.get(lien).location)


def lien_recu(courriel: str = "samira@exemple.fr") -> str:
    """Return the path of the link in the last e-mail to that address."""
    write_mails()
    texte = db.session.scalars(
        select(Courriel.texte).where(Courriel.destinataire == courriel).order_by(Courriel.id.desc())
    ).first()
    assert texte, courriel
    trouve = re.search(r"http://[^/\s]+(/\S+)", texte)
    assert trouve, texte
    return trouve[1]
