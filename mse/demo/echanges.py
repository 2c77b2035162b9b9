"""Private messages, a pause of the time to answer and an internal note."""

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from mse.core.files import Envoi
from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import MESSAGE_EPICERIE, MESSAGE_REPAS, NOTE_EPICERIE, PIECE_DE_MESSAGE
from mse.demo.fiches import MATIN
from mse.demo.lecture import Recit
from mse.demo.pieces import draw_pdf
from mse.demo.scene import Scene
from mse.echanges.models import Message
from mse.echanges.use_cases import ecrire_message, noter, signaler_message
from mse.extensions import db

EPICERIE, REPAS = "F103 S08", "X02 S08"
QUESTION = (
    "Bonjour, à quelle heure l’épicerie ouvre-t-elle le mercredi, et votre pause tombe-t-elle au même "
    "moment ?"
)
REPONSE = (
    "Elle ouvre de 14 h à 16 h. Notre pause est de 12 h 15 à 13 h. Voici les horaires affichés sur la porte. "
    f"(Repère : {MESSAGE_EPICERIE})"
)
NOTE = (
    "La gérante est d’accord pour ouvrir dès midi si nous payons deux heures. À voir lundi. "
    f"(Repère : {NOTE_EPICERIE})"
)
DEMANDE = (
    "Bonjour, combien de personnes mangent sur place le midi, et y a-t-il une prise dans la salle ? "
    f"Nous en avons besoin pour commander le matériel. (Repère : {MESSAGE_REPAS})"
)
BLESSANT = "Vous ne servez à rien. On vous l’a déjà dit trois fois, bande d’incapables."
SIGNALEE = "F105 S26"


def ecrire(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Schedule a question that gets an answer with a file and an internal note, a question that waits for
    Samira, and a reported message."""
    promotions = {racontee.id: racontee.promotion for racontee in recit.fiches}
    delegue = promotions[EPICERIE.split()[0]]

    def noter_le(jours: int, geste: Callable[..., None], *args: object) -> None:
        jour = weekday_before(scene.aujourd_hui, jours)
        agenda.noter(jour, MATIN + 100, geste, scene, *args)

    noter_le(8, _demander, EPICERIE, QUESTION, False)
    noter_le(6, _repliquer, EPICERIE, delegue)
    noter_le(5, _noter, EPICERIE)
    noter_le(1, _demander, REPAS, DEMANDE, True)
    noter_le(3, _blesser, promotions[SIGNALEE.split()[0]])


def _cle(texte: str) -> str:
    return str(uuid5(NAMESPACE_URL, texte))


def _demander(scene: Scene, saisine: str, texte: str, attend: bool) -> None:
    refus = ecrire_message(
        scene.saisine(saisine), texte, cle=_cle(texte), attend=attend, par=scene.agent(saisine)
    )
    assert refus == []


def _repliquer(scene: Scene, saisine: str, promotion: str) -> None:
    envois = [Envoi(PIECE_DE_MESSAGE, draw_pdf("Ouvert le mercredi de 14 h a 16 h"))]
    par = scene.delegues[promotion]
    assert ecrire_message(scene.saisine(saisine), REPONSE, cle=_cle(REPONSE), envois=envois, par=par) == []


def _noter(scene: Scene, saisine: str) -> None:
    noter(scene.saisine(saisine), NOTE, cle=_cle(NOTE), par=scene.agent(saisine))


def _blesser(scene: Scene, promotion: str) -> None:
    """Write a message that its reader reports to the animateurs."""
    saisine = scene.saisine(SIGNALEE)
    assert ecrire_message(saisine, BLESSANT, cle=_cle(BLESSANT), par=scene.delegues[promotion]) == []
    message = db.session.scalars(select(Message).where(Message.saisine_id == saisine.id)).one()
    signaler_message(message, par=scene.agent(SIGNALEE))
