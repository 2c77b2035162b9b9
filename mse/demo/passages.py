"""Fiches that get another owner, one more owner, a later due date or a précision after they were filed."""

from collections.abc import Callable

from mse.demo.agenda import Agenda, weekday_before
from mse.demo.fiches import MATIN, SOIR
from mse.demo.lecture import Recit
from mse.demo.paroles import (
    ELARGISSEMENT,
    ELARGISSEMENT_REPAS,
    ETAPE_MASQUEE,
    MASQUAGE,
    PLUS_ACTUELLE,
    PRECISION,
    PROLONGATION,
    TRANSFERT,
)
from mse.demo.scene import Scene
from mse.depot.use_cases.preciser import preciser_fiche, signaler_plus_actuelle
from mse.fiches.use_cases.traiter import ajouter_etape, prendre_en_charge
from mse.moderation.use_cases import masquer_etape
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.responsables.use_cases import elargir_fiche, transferer_saisine

TRANSFEREE, NOUVEAU = "F101 S15", "S16"
ELARGIES = {"F099 S02": ("OF27", ELARGISSEMENT), "F117 S13": ("S08", ELARGISSEMENT_REPAS)}
PROLONGEE = f"{TRANSFEREE.split()[0]} {NOUVEAU}"
PROLONGEE_PUIS_SUSPENDUE = "X02 S08"  # see `mse.demo.echanges`
PRECISEE, SIGNALEE = "F116", "F107"
MASQUEE = "F105 S26"


def passer(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    promotions = {racontee.id: racontee.promotion for racontee in recit.fiches}

    def noter(jours: int, geste: Callable[..., None], *args: object) -> None:
        jour = weekday_before(scene.aujourd_hui, jours)
        agenda.noter(jour, scene.rng.randrange(MATIN, SOIR), geste, scene, *args)

    noter(9, _transferer, TRANSFEREE, NOUVEAU)
    noter(7, _prendre, f"{TRANSFEREE.split()[0]} {NOUVEAU}")
    for jours, (saisine, (vers, texte)) in zip((5, 1), ELARGIES.items(), strict=True):
        noter(jours, _elargir, saisine, vers, texte)
    noter(2, _prolonger, PROLONGEE)
    noter(2, _prolonger, PROLONGEE_PUIS_SUSPENDUE)
    noter(4, _preciser, PRECISEE, promotions[PRECISEE])
    noter(4, _ajouter_de_trop, MASQUEE)
    noter(3, _masquer, MASQUEE)
    noter(3, _signaler, SIGNALEE, promotions[SIGNALEE])


def _transferer(scene: Scene, saisine: str, vers: str) -> None:
    transferer_saisine(scene.saisine(saisine), scene.acteurs[vers].id, TRANSFERT, par=scene.agent(saisine))


def _prendre(scene: Scene, saisine: str) -> None:
    prendre_en_charge(scene.saisine(saisine), par=scene.agent(saisine))


def _elargir(scene: Scene, saisine: str, vers: str, texte: str) -> None:
    fiche = scene.saisine(saisine).fiche
    elargir_fiche(fiche, scene.acteurs[vers].id, texte, par=scene.agent(saisine))


def _prolonger(scene: Scene, saisine: str) -> None:
    prolonger_saisine(scene.saisine(saisine), 5, PROLONGATION, par=scene.agent(saisine))


def _preciser(scene: Scene, fiche: str, promotion: str) -> None:
    preciser_fiche(scene.fiches[fiche], PRECISION, par=scene.delegues[promotion])


def _signaler(scene: Scene, fiche: str, promotion: str) -> None:
    signaler_plus_actuelle(scene.fiches[fiche], PLUS_ACTUELLE, par=scene.delegues[promotion])


def _ajouter_de_trop(scene: Scene, saisine: str) -> None:
    ajouter_etape(scene.saisine(saisine), ETAPE_MASQUEE, par=scene.agent(saisine))


def _masquer(scene: Scene, saisine: str) -> None:
    etape = next(etape for etape in scene.saisine(saisine).fiche.etapes if etape.texte == ETAPE_MASQUEE)
    masquer_etape(etape, MASQUAGE, par=scene.animatrice)
