"""A passage that was masked, and pages that were reported: one waits, one was decided."""

from collections.abc import Callable
from uuid import uuid4

from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import MOTS_MASQUES, PAGE_SIGNALEE
from mse.demo.fiches import MATIN, SOIR
from mse.demo.scene import Scene
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import ajouter_etape
from mse.masquage.api import Sujet, render_texts
from mse.masquage.queries import find_mots
from mse.masquage.use_cases import masquer_passage
from mse.signalements.queries import Cible
from mse.signalements.use_cases import decider_signalements, signaler_page
from mse.signalements.workflow import Decision, Raison

REPONDUE = "F105 S26"
SIGNALEE, LAISSEE = "F116", "F107"
ETAPE = f"Le dossier est chez {MOTS_MASQUES}, qui rappelle le centre avant la fin de la semaine."
MOTIF = "Ce passage nommait une personne. Écrivez plutôt «\u202fune personne du service\u202f»."
DECISION = "Nous avons relu la page\u202f: elle décrit une situation, elle n’accuse personne."
FAUX = "Le bus passe bien à 7 h 50 le mardi, j’y suis tous les jours. C’est exagéré."


def signaler(scene: Scene, agenda: Agenda) -> None:
    def noter(jours: int, geste: Callable[[Scene], None]) -> None:
        jour = weekday_before(scene.aujourd_hui, jours)
        agenda.noter(jour, scene.rng.randrange(MATIN, SOIR), geste, scene)

    noter(4, _nommer)
    noter(3, _masquer)
    noter(3, lambda scene: _signaler(scene.fiches[LAISSEE], Raison.FAUX, FAUX))
    noter(2, _laisser)
    noter(1, lambda scene: _signaler(scene.fiches[SIGNALEE], Raison.NOM, PAGE_SIGNALEE))


def _nommer(scene: Scene) -> None:
    ajouter_etape(scene.saisine(REPONDUE), ETAPE, par=scene.agent(REPONDUE))


def _masquer(scene: Scene) -> None:
    fiche = scene.saisine(REPONDUE).fiche
    mots = MOTS_MASQUES.lower()  # so that the canary stands in the original only
    rendus = render_texts(find_mots(Sujet.FICHE, fiche.id, mots))
    masquer_passage(Sujet.FICHE, fiche, mots, MOTIF, par=scene.animatrice, rendus=rendus)


def _signaler(fiche: Fiche, raison: Raison, texte: str) -> None:
    cible = Cible(Sujet.FICHE, fiche)
    signaler_page(
        cible, raison, texte, cle=str(uuid4()), courriel=None, par=None, adresse="192.0.2.1", secret="demo"
    )


def _laisser(scene: Scene) -> None:
    cible = Cible(Sujet.FICHE, scene.fiches[LAISSEE])
    decider_signalements(cible, Decision.CLASSER, DECISION, dernier=None, par=scene.animatrice)
