"""Steps that the tests of class fiches share."""

import re
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from devtools.factories import Monde, make_brouillon
from mse.classe.jetons import derive_token, hash_token
from mse.classe.models import ClasseDeFiche, Contribution
from mse.classe.use_cases.contribuer import Envoi, contribuer
from mse.classe.use_cases.ouvrir import ouvrir_classe
from mse.classe.workflow import Nature
from mse.extensions import db
from mse.fiches.models import Fiche

SECRET = "clé des tests"


def open_class(monde: Monde, **champs: Any) -> tuple[Fiche, str]:
    """Open a new draft of Samira's promotion. Return it with the hash of its link."""
    fiche = make_brouillon(monde.promotion, monde.samira, **champs)
    ouvrir_classe(fiche, par=monde.samira, cles=[SECRET])
    classe = db.session.get_one(ClasseDeFiche, fiche.id)
    assert hash_token(derive_token(classe.graine, SECRET)) == classe.jeton_hash
    return fiche, classe.jeton_hash


def sender(reference: str, appareil: str = "téléphone d’Inès") -> Envoi:
    return Envoi(reference=reference, appareil=appareil, adresse="192.0.2.7", secret=SECRET)


def send(
    reference: str,
    texte: str = "Le car de 8 h 12 ne passe plus.",
    nature: Nature = Nature.CAUSE,
    appareil: str = "téléphone d’Inès",
) -> Contribution:
    """Add a contribution and return it."""
    cle = str(uuid4())
    contribuer(nature, texte, cle=cle, de=sender(reference, appareil))
    return db.session.scalars(select(Contribution).where(Contribution.cle == cle)).one()


def read_link(page: str) -> str:
    """Return the path of the link that the page of the delegates shows."""
    found = re.search(r"http://[^/]+(/classe/[0-9a-z-]+)", page)
    assert found is not None
    return found[1]
