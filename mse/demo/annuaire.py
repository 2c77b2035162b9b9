"""Services and organismes, their compétences and their agents."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mse.annuaire.models import Acteur, Appartenance, Nature, Niveau, Territoire
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.annuaire.use_cases.creer import creer_acteur, creer_competence, ouvrir_appartenance
from mse.comptes.models import Compte
from mse.demarche import get_demarche
from mse.demo.agenda import Agenda
from mse.demo.lecture import Recit, typographic
from mse.demo.personnes import creer_equipe, creer_figurant, creer_vedette
from mse.demo.scene import Scene
from mse.extensions import db

JOURS_OUVRES = {21: 15, 30: 20}  # calendar days in the file → working days
OUVERTURE = 9 * 60

# Acteurs that never get an agent, so that the page «n’a pas encore de compte» has rows.
SANS_AGENT = {"S23", "S28", "OF03", "OF16", "OF18", "OF24", "OF27", "OF30", "OF37", "OF39"}
# Acteur without an agent at first → (fiche that the animateurs close for it, agent who joins it later).
AGENTS_TARDIFS = {"OF31": ("F070", "organisme@demo.example"), "OF17": ("F078", "organisme2@demo.example")}
DEPARTS = {"OF17": "F064"}  # acteur → fiche that its first agent answered before leaving
RENFORTS = {"S08": "service@demo.example", "S09": "service2@demo.example"}

Zones = dict[tuple[str | None, str], str]  # (département, name of the zone) → code of that part of it


def installer(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Schedule the acteurs and people of the first day, then departures and arrivals."""
    origine = min(fiche.depot for fiche in recit.fiches) - timedelta(days=90)
    agenda.noter(origine, OUVERTURE, _ouvrir_acteurs, recit, scene)
    agenda.noter(origine, OUVERTURE, creer_equipe, scene)
    agenda.noter(origine, OUVERTURE, _nommer_agents, scene, origine)
    derniers_jours = {fiche.id: fiche.derniere for fiche in recit.fiches}
    for acteur, fiche in DEPARTS.items():
        fin = derniers_jours[fiche] + timedelta(days=14)
        agenda.noter(fin, OUVERTURE, _voir_partir, scene, acteur)
    for acteur, (fiche, courriel) in AGENTS_TARDIFS.items():
        debut = derniers_jours[fiche] + timedelta(days=50)
        agenda.noter(debut, OUVERTURE, _accueillir, scene, acteur, courriel, debut)


def _ouvrir_acteurs(recit: Recit, scene: Scene) -> None:
    zones = _read_zones()
    for service in recit.services:
        scene.acteurs[service["id"]] = _ouvrir_service(service, zones)
    for organisme in recit.organismes:
        scene.acteurs[organisme["id"]] = creer_acteur(
            nature=Nature.ORGANISME,
            nom=typographic(organisme["nom"]),
            courriel=organisme["courriel"],
            siret=organisme["siret_fictif"],
            declaration=organisme["nda_fictif"],
            adresse=f"{organisme['code_postal']} {organisme['commune']}",
            commune_code=organisme["code_insee"],
        )


def _ouvrir_service(service: dict[str, Any], zones: Zones) -> Acteur:
    competences = service["competences"]
    territoires = _covered(competences, zones)
    acteur = creer_acteur(
        nature=Nature.SERVICE,
        nom=typographic(service["nom"]),
        courriel=service["courriel"],
        territoire_code=territoires[0] if len(territoires) == 1 else get_demarche().territoires.racine,
        delai_reponse=JOURS_OUVRES.get(service["delai_cible_jours"], 20),
    )
    for theme in competences["themes"]:
        for territoire in territoires:
            creer_competence(acteur, theme_code=theme, territoire_code=territoire)
    return acteur


def _covered(competences: dict[str, list[str]], zones: Zones) -> list[str]:
    """Return the zones that the file names; else its départements, or the région if they are all named."""
    departements = competences["departements"]
    if competences["zones_emploi"]:
        return [zones[departements[0], typographic(zone)] for zone in competences["zones_emploi"]]
    partout = {departement for departement, _nom in zones}
    return [get_demarche().territoires.racine] if set(departements) == partout else departements


def _read_zones() -> Zones:
    parts = db.session.scalars(select(Territoire).where(Territoire.niveau == Niveau.ZONE_EMPLOI))
    return {(part.parent_code, part.nom.partition(" (")[0]): part.code for part in parts}


def _nommer_agents(scene: Scene, debut: date) -> None:
    """Create one agent, a référent, for each acteur that has one at the start; then the accounts of
    `RENFORTS`."""
    tardifs = AGENTS_TARDIFS.keys() - DEPARTS.keys()
    for acteur in (acteur for acteur in scene.acteurs if acteur not in SANS_AGENT | tardifs):
        _employer(scene, acteur, creer_figurant(scene, f"agent.{acteur.lower()}@demo.example"), debut)
    for acteur, courriel in RENFORTS.items():
        _employer(scene, acteur, creer_vedette(courriel), debut, referent=False)


def _accueillir(scene: Scene, acteur: str, courriel: str, debut: date) -> None:
    _employer(scene, acteur, creer_vedette(courriel), debut)


def _employer(scene: Scene, acteur: str, compte: Compte, debut: date, *, referent: bool = True) -> None:
    ouvrir_appartenance(compte, scene.acteurs[acteur], referent=referent, debut=debut)
    scene.agents[acteur] = compte


def _voir_partir(scene: Scene, acteur: str) -> None:
    appartenance: Appartenance = scene.acteurs[acteur].appartenances[0]
    terminer_appartenance(appartenance, par=scene.animatrice)
