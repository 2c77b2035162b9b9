"""A draft open to its class, with contributions in every state, and a word left through the poster."""

from datetime import timedelta

from sqlalchemy import select

from mse.classe.models import ClasseDeFiche, Contribution
from mse.classe.use_cases.contribuer import Envoi, contribuer, dire_concerne, signer
from mse.classe.use_cases.mots import donner_code, laisser_mot
from mse.classe.use_cases.ouvrir import ouvrir_classe
from mse.classe.use_cases.reprendre import ecarter_contribution, reprendre_contribution
from mse.classe.workflow import Nature
from mse.core.clock import at, now
from mse.demo.canaris import CONTRIBUTION, MOT_DE_LA_CLASSE, PRENOM_DE_LA_CLASSE
from mse.demo.scene import Scene
from mse.extensions import db

PROMOTION, BROUILLON = "of31-c1", "B01"
# Minutes ago, device, kind, text, first name
IDEES = (
    (190, "a", Nature.CAUSE, "Les entreprises ont déjà pris les stagiaires du lycée en septembre.", ""),
    (187, "b", Nature.CAUSE, "On n’a eu la liste des entreprises que la semaine dernière.", "Bilal"),
    (185, "c", Nature.CONSEQUENCE, "Sans stage, on ne peut pas passer l’examen en juin.", ""),
    (184, "d", Nature.SOLUTION, "Faire une journée où les entreprises viennent au centre.", "Maïa"),
    (180, "b", Nature.SOLUTION, "lol", ""),
    (48, "e", Nature.CAUSE, f"{CONTRIBUTION}.", PRENOM_DE_LA_CLASSE),
    (46, "f", Nature.CONSEQUENCE, "J’ai appelé vingt-deux entreprises et je n’ai plus de crédit.", ""),
    (45, "c", Nature.SOLUTION, "Que le centre appelle avec nous, une heure par semaine.", "Tom"),
    (12, "g", Nature.CONSEQUENCE, "Je vais devoir faire mon stage à deux heures de chez moi 😔", ""),
)


def faire_ecrire_la_classe(scene: Scene, secret: str) -> None:
    """`secret`: secret key of the instance, from which the link is derived."""
    fiche, samira, maintenant = scene.fiches[BROUILLON], scene.delegues[PROMOTION], now()
    with at(maintenant - timedelta(minutes=240)):
        ouvrir_classe(fiche, par=samira, cles=[secret])
        code = donner_code(scene.promotions[PROMOTION], par=samira)
    classe = db.session.get_one(ClasseDeFiche, fiche.id)
    for minutes, appareil, nature, texte, prenom in IDEES:
        de = Envoi(reference=classe.jeton_hash, appareil=appareil, adresse=None, secret=secret)
        with at(maintenant - timedelta(minutes=minutes)):
            dire_concerne(de=de)
            contribuer(nature, texte, cle=f"demonstration-{minutes}", de=de)
            if prenom:
                signer(prenom, de=de)
    with at(maintenant - timedelta(minutes=60)):
        reprendre_contribution(_find(180 + 7), par=samira)
        ecarter_contribution(_find(180), par=samira)
        de = Envoi(reference=code, appareil="h", adresse=None, secret=secret)
        laisser_mot(f"{MOT_DE_LA_CLASSE}.", "", cle="demonstration-mot", de=de)


def _find(minutes: int) -> Contribution:
    return db.session.scalars(
        select(Contribution).where(Contribution.cle == f"demonstration-{minutes}")
    ).one()
