"""Follow-up of the fiches: prises en charge, verdicts, requests to reopen. They give every role pending
tasks."""

from collections.abc import Callable
from datetime import date, timedelta

from mse.avis.use_cases import (
    contester_refus,
    demander_reouverture,
    donner_avis,
    refuser_reouverture,
)
from mse.demo.agenda import Agenda, weekday_after, weekday_before
from mse.demo.fiches import MATIN, SOIR, last_answers
from mse.demo.lecture import FicheRacontee, Recit
from mse.demo.paroles import (
    AVIS,
    CONTESTATION,
    DEMANDE_REFUSEE,
    DEMANDES,
    ETAPES,
    PRISES_EN_CHARGE,
    REFUS,
)
from mse.demo.scene import Scene
from mse.fiches.use_cases.traiter import ajouter_etape, prendre_en_charge
from mse.fiches.workflow import Statut, Valeur

SANS_AVIS = {"F088"}  # answers without a verdict, left to Samira
REFUSEE = "F060 S02"  # its refusal is contested: an animateur decides


def suivre(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    _prendre_en_charge(recit, scene, agenda)
    _donner_avis(recit, scene, agenda)
    _demander_reouvertures(recit, scene, agenda)


def _prendre_en_charge(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Schedule the prise en charge of some fiches en cours, and étapes of their owners."""
    depots = {racontee.id: racontee.depot for racontee in recit.fiches}
    for saisine, jours in PRISES_EN_CHARGE.items():
        jour = weekday_after(depots[_fiche(saisine)], jours)
        agenda.noter(jour, _minute(scene), _prendre, scene, saisine)
        if texte := ETAPES.get(saisine):
            agenda.noter(weekday_after(jour, 1), _minute(scene), _ajouter_etape, scene, saisine, texte)


def _donner_avis(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Schedule a verdict on half of the last answers; a request to reopen always has one."""
    reponses = last_answers(recit)
    exiges = [*DEMANDES, REFUSEE]
    libres = [saisine for saisine in reponses if saisine not in exiges and _fiche(saisine) not in SANS_AVIS]
    for saisine in exiges:
        _noter_avis(scene, agenda, saisine, reponses[saisine], Valeur.EN_PARTIE, AVIS[Valeur.EN_PARTIE][1])
    for saisine in scene.rng.sample(libres, len(reponses) // 2 - len(exiges)):
        racontee = reponses[saisine]
        valeur = _verdict(scene, racontee.statut)
        _noter_avis(scene, agenda, saisine, racontee, valeur, scene.rng.choice(AVIS[valeur]))


def _noter_avis(
    scene: Scene, agenda: Agenda, saisine: str, racontee: FicheRacontee, valeur: Valeur, commentaire: str
) -> None:
    jour = racontee.derniere + timedelta(days=scene.rng.randint(1, 6))
    agenda.noter(jour, _minute(scene), _avis, scene, racontee.promotion, saisine, valeur, commentaire)


def _verdict(scene: Scene, statut: Statut) -> Valeur:
    poids = (8, 2, 1) if statut == Statut.REGLEE else (4, 4, 2)
    return scene.rng.choices((Valeur.OUI, Valeur.EN_PARTIE, Valeur.NON), poids)[0]


def _demander_reouvertures(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Schedule two requests that wait for their owner, and one whose refusal is contested."""
    promotions = {racontee.id: racontee.promotion for racontee in recit.fiches}

    def noter(jour: date, geste: Callable[..., None], saisine: str, texte: str) -> None:
        agenda.noter(jour, _minute(scene), geste, scene, promotions[_fiche(saisine)], saisine, texte)

    for saisine, motif in DEMANDES.items():
        noter(weekday_before(scene.aujourd_hui, 2), _demander, saisine, motif)
    demande, refus, contestation = (weekday_before(scene.aujourd_hui, n) for n in (9, 6, 3))
    noter(demande, _demander, REFUSEE, DEMANDE_REFUSEE)
    noter(refus, _refuser, REFUSEE, REFUS)
    noter(contestation, _contester, REFUSEE, CONTESTATION)


def _prendre(scene: Scene, saisine: str) -> None:
    prendre_en_charge(scene.saisine(saisine), par=scene.agent(saisine))


def _ajouter_etape(scene: Scene, saisine: str, texte: str) -> None:
    ajouter_etape(scene.saisine(saisine), texte, par=scene.agent(saisine))


def _avis(scene: Scene, promotion: str, saisine: str, valeur: Valeur, commentaire: str) -> None:
    donner_avis(scene.saisine(saisine), valeur, commentaire, par=scene.delegues[promotion])


def _demander(scene: Scene, promotion: str, saisine: str, motif: str) -> None:
    demander_reouverture(scene.saisine(saisine), motif, par=scene.delegues[promotion])


def _refuser(scene: Scene, _promotion: str, saisine: str, texte: str) -> None:
    refuser_reouverture(scene.saisine(saisine), texte, par=scene.agent(saisine))


def _contester(scene: Scene, promotion: str, saisine: str, motif: str) -> None:
    contester_refus(scene.saisine(saisine), motif, par=scene.delegues[promotion])


def _fiche(saisine: str) -> str:
    return saisine.partition(" ")[0]


def _minute(scene: Scene) -> int:
    return scene.rng.randrange(MATIN, SOIR)
