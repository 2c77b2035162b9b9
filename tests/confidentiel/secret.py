"""Steps that the tests of the confidential route share."""

from uuid import uuid4

from devtools.factories import make_compte
from mse.comptes.models import Compte
from mse.confidentiel.models import Confidence
from mse.confidentiel.use_cases.ecrire import Envoi, signaler
from mse.confidentiel.workflow import Sujet
from mse.extensions import db

TEXTE = "CANARI-SIGNALEMENT, on me menace dans le vestiaire"


def make_referent(prenom: str = "Rita") -> Compte:
    """A member of the team whom an administrateur named."""
    return make_compte(prenom, est_animateur=True, est_referent_confidentiel=True)


def sender(appareil: str = "téléphone d’Inès", adresse: str = "192.0.2.7") -> Envoi:
    return Envoi(appareil=appareil, adresse=adresse, secret="clé des tests")


def send(
    par: Compte | None = None, texte: str = TEXTE, *, mineur: bool = False, de: Envoi | None = None
) -> tuple[Confidence, str]:
    """Send a report; return it with its code."""
    numero, code = signaler(
        Sujet.VIOLENCE, texte, mineur=mineur, cle=str(uuid4()), de=de or sender(), par=par
    )
    return db.session.get_one(Confidence, numero), code
