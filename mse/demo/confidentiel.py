"""One confidential report, invented, with its answer. One animatrice of the demonstration may read it."""

from mse.confidentiel.models import Confidence
from mse.confidentiel.use_cases.ecrire import Envoi, signaler
from mse.confidentiel.use_cases.lire import ouvrir_signalement, traiter_signalement
from mse.confidentiel.use_cases.tenir import nommer_referent
from mse.confidentiel.workflow import Acte, Sujet
from mse.demo.canaris import SIGNALEMENT
from mse.demo.scene import Scene
from mse.extensions import db

_CLE = "demonstration"
_TEXTE = (
    "Exemple inventé. Depuis trois semaines, un groupe se moque de mon accent pendant les pauses. "
    f"Hier, {SIGNALEMENT}. Je ne veux pas que mon organisme sache que c’est moi."
)
_REPONSE = (
    "Exemple inventé. Merci de nous l’avoir dit. Ce que vous décrivez peut être une discrimination. "
    "Voulez-vous que nous en parlions au téléphone\u202f? Sinon, le Défenseur des droits vous écoute."
)


def signaler_en_secret(scene: Scene, secret: str) -> str:
    """Write the report and its answer; return the receipt code."""
    nommer_referent(scene.animatrice, par=scene.equipe["admin"])
    de = Envoi(appareil=_CLE, adresse=None, secret=secret)
    numero, code = signaler(Sujet.DISCRIMINATION, _TEXTE, mineur=False, cle=_CLE, de=de, par=None)
    signalement = db.session.get_one(Confidence, numero)
    ouvrir_signalement(signalement, par=scene.animatrice)
    traiter_signalement(signalement, Acte.REPONDRE, _REPONSE, cle=f"{_CLE}-1", par=scene.animatrice)
    return code
