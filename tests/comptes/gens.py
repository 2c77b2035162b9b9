"""People who can sign in."""

import re
from functools import cache
from typing import Any

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import hash_mot_de_passe
from mse.extensions import db
from mse.notifications.models import Courriel
from tests.courriels import write_mails
from tests.fabrique import make_compte

MDP = "cheval vert mange la lune"
AUTRE_MDP = "tournesol bicyclette mardi"


@cache
def _empreinte() -> str:
    return hash_mot_de_passe(MDP)


def make_inscrit(prenom: str = "Samira", **champs: Any) -> Compte:
    """Her address is prenom@exemple.fr, her password `MDP`."""
    valeurs = {"courriel": f"{prenom.lower()}@exemple.fr", "mot_de_passe": _empreinte()}
    return make_compte(prenom, **{**valeurs, **champs})


def se_connecter(
    browser: Any,
    courriel: str = "samira@exemple.fr",
    mot_de_passe: str = MDP,
    *,
    page: str = "/connexion",
    **champs: Any,
) -> Any:
    """Types both on the sign-in page shown at `page`, and sends it."""
    return browser.poster("/connexion", page, courriel=courriel, mot_de_passe=mot_de_passe, **champs)


def ouvrir(browser: Any, lien: str) -> Any:
    """The page that the link of a mail leads to."""
    return browser.get(browser.get(lien).location)


def suivre(browser: Any, lien: str) -> Any:
    """Opens the link of a mail, then presses the button of the page it leads to."""
    return browser.poster(browser.get(lien).location)


def lien_recu(courriel: str = "samira@exemple.fr") -> str:
    """The path of the link in the last mail to that address."""
    write_mails()
    texte = db.session.scalars(
        select(Courriel.texte).where(Courriel.destinataire == courriel).order_by(Courriel.id.desc())
    ).first()
    assert texte, courriel
    trouve = re.search(r"http://[^/\s]+(/\S+)", texte)
    assert trouve, texte
    return trouve[1]
