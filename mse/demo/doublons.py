"""Promotions that say «Nous aussi», and fiches that an animateur merges or separates."""

from mse.demo.agenda import Agenda, weekday_before
from mse.demo.fiches import MATIN, SOIR
from mse.demo.scene import Scene
from mse.doublons.use_cases.reunir import reunir, separer
from mse.soutiens.policies import list_soutenantes
from mse.soutiens.use_cases import soutenir

# Fiches and how many other promotions support them.
SOUTENUES = {"F001": 4, "F005": 2, "F021": 6, "F040": 3, "F060": 5, "F088": 2, "F103": 3, "F115": 9}
REUNIES = {"F003": "F001", "F011": "F115"}
SEPAREE = ("F033", "F021")  # the same word, another problem
SAMIRA, SOUTENUE_PAR_SAMIRA = "of31-c1", "F115"
PERSONNES = 9


def reunir_les_doublons(scene: Scene, agenda: Agenda) -> None:
    def noter(jours: int, geste: object, *args: object) -> None:
        jour = weekday_before(scene.aujourd_hui, jours)
        agenda.noter(jour, scene.rng.randrange(MATIN, SOIR), geste, scene, *args)  # type: ignore[arg-type]

    for rang, (fiche, nombre) in enumerate(SOUTENUES.items()):
        noter(4 + rang % 3, _soutenir, fiche, nombre)
    for doublon, principale in (*REUNIES.items(), SEPAREE):
        noter(3, _reunir, doublon, principale)
    noter(2, _separer, SEPAREE[0])


def _soutenir(scene: Scene, nom: str, nombre: int) -> None:
    """Support the fiche in the name of the first promotions in course, that of Samira before the others."""
    fiche = scene.fiches[nom]
    noms = sorted(scene.delegues, key=lambda promotion: (promotion != SAMIRA, promotion))
    if nom != SOUTENUE_PAR_SAMIRA:
        noms = [promotion for promotion in noms if promotion != SAMIRA]
    for promotion in noms:
        delegue, sienne = scene.delegues[promotion], scene.promotions[promotion]
        if nombre and sienne.id in list_soutenantes(delegue, fiche):
            personnes = min(sienne.effectif, 2 + scene.rng.randrange(PERSONNES))
            soutenir(fiche, promotion_id=sienne.id, personnes=personnes, par=delegue)
            nombre -= 1


def _reunir(scene: Scene, doublon: str, principale: str) -> None:
    reunir(scene.fiches[doublon].id, scene.fiches[principale].id, par=scene.animatrice)


def _separer(scene: Scene, doublon: str) -> None:
    separer(scene.fiches[doublon].id, par=scene.animatrice)
