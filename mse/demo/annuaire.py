"""Services, organismes, their competences and agents; promotions and their delegates."""

from datetime import date, timedelta

from sqlalchemy import select

from mse.annuaire.models import Appartenance, Nature, Niveau, RoleMandat, Territoire
from mse.annuaire.use_cases.creer import (
    creer_acteur,
    creer_competence,
    creer_promotion,
    ouvrir_appartenance,
    ouvrir_mandat,
)
from mse.core.use_cases import use_case
from mse.demarche import get_demarche
from mse.demo.agenda import Agenda
from mse.demo.lecture import FicheRacontee, Recit, typographic
from mse.demo.metiers import AUTRES_TITRES, METIERS
from mse.demo.personnes import Figurants, creer_personne, creer_vedette
from mse.demo.scene import Scene
from mse.extensions import db
from mse.fiches.workflow import Statut

JOURS_OUVRES = {21: 15, 30: 20}  # the file counts calendar days
OUVERTURE = 9 * 60

# They never act: «n’a pas encore de compte».
SANS_AGENT = {"S23", "S28", "OF03", "OF16", "OF18", "OF24", "OF27", "OF30", "OF37", "OF39"}
# Their account comes after the animateurs closed a fiche for them (F070, F078).
AGENT_TARDIF = {"OF31": "organisme@demo.example", "OF17": "organisme2@demo.example"}
AGENT_PARTI = "OF17"  # answered once, then left
AGENTS_DE_PLUS = {"S08": "service@demo.example", "S09": "service2@demo.example"}
DELEGUES = {"of31-c1": "delegue@demo.example", "of14-c1": "delegue2@demo.example"}

EFFECTIFS = {  # what the fiches themselves say of their group
    "of02-a1": 14, "of11-a1": 13, "of32-a1": 12, "of22-a1": 16, "of23-a1": 16, "of37-a1": 12, "of25-c1": 18, "of39-a1": 4,
}
ENCORE_EN_COURS = {"of12-a1", "of21-b1", "of26-b1"}  # long courses, whose delegates still act


def installer(recit: Recit, scene: Scene, agenda: Agenda, figurants: Figurants, *, origine: date) -> None:
    """Everybody who is there from the first day, then those who come later."""
    agenda.noter(origine, OUVERTURE, _installer_acteurs, recit, scene)
    for equipe in ("animation", "animation2", "admin", "admin2"):
        agenda.noter(origine, OUVERTURE, creer_vedette, scene, f"{equipe}@demo.example")
    for acteur in (acteur["id"] for acteur in (*recit.services, *recit.organismes)):
        if acteur not in SANS_AGENT and acteur != "OF31":
            agenda.noter(origine, OUVERTURE + 1, _nommer_agent, scene, acteur, figurants, debut=origine)
    for acteur, courriel in AGENTS_DE_PLUS.items():
        agenda.noter(origine, OUVERTURE + 2, _nommer_vedette, scene, acteur, courriel, debut=origine, referent=False)
    depart = _jour(recit, "F064") + timedelta(days=14)
    agenda.noter(depart, OUVERTURE, _voir_partir, scene, AGENT_PARTI, fin=depart)
    for acteur, fiche in (("OF31", "F070"), ("OF17", "F078")):
        arrivee = _jour(recit, fiche) + timedelta(days=50)
        courriel = AGENT_TARDIF[acteur]
        agenda.noter(arrivee, OUVERTURE, _nommer_vedette, scene, acteur, courriel, debut=arrivee, referent=True)


def ouvrir_promotions(recit: Recit, scene: Scene, agenda: Agenda, figurants: Figurants, *, aujourd_hui: date) -> None:
    """One for each pseudonym, begun 30 to 60 days before its first fiche; about half still in course."""
    metiers = {organisme["id"]: METIERS[organisme["specialites_nsf"][0]] for organisme in recit.organismes}
    communes = {organisme["id"]: organisme["code_insee"] for organisme in recit.organismes}
    for nom, fiches in recit.promotions.items():
        debut = fiches[0].depot - timedelta(days=scene.rng.randint(30, 60))
        fin = _fin(nom, fiches, scene, debut=debut, aujourd_hui=aujourd_hui)
        effectif = EFFECTIFS.get(nom) or scene.rng.randint(max(6, *(fiche.effectif or 0 for fiche in fiches)), 18)
        organisme = fiches[0].organisme
        titres = metiers[organisme]
        titre = AUTRES_TITRES.get(nom) or titres["abc".index(nom[-2]) % len(titres)]
        agenda.noter(
            debut, OUVERTURE, _ouvrir_promotion, scene, nom, organisme, figurants,
            titre=titre, commune_code=communes[organisme], debut=debut, fin=fin, effectif=effectif,
        )  # fmt: skip


def _fin(nom: str, fiches: list[FicheRacontee], scene: Scene, *, debut: date, aujourd_hui: date) -> date:
    """Late enough for its delegates to give their verdict on the last answer."""
    au_plus_tot = max(fiche.derniere for fiche in fiches) + timedelta(days=14)
    finie = any(fiche.statut == Statut.ABANDONNEE for fiche in fiches)  # their texts say that the course is over
    recente = nom[-2] == "c" or any(fiche.statut == Statut.EN_COURS for fiche in fiches)
    longue = nom[-2] == "b" and not finie and scene.rng.random() < 0.5
    if recente or longue or nom in ENCORE_EN_COURS:
        return aujourd_hui + timedelta(days=scene.rng.randint(20, 130 if recente else 60))
    return min(max(debut + timedelta(days=scene.rng.randint(120, 210)), au_plus_tot), max(au_plus_tot, aujourd_hui))


def _installer_acteurs(recit: Recit, scene: Scene) -> None:
    zones = _read_zones()
    for service in recit.services:
        departements = service["competences"]["departements"]
        region = get_demarche().region
        acteur = scene.acteurs[service["id"]] = creer_acteur(
            nature=Nature.SERVICE,
            nom=typographic(service["nom"]),
            courriel=service["courriel"],
            territoire_code=departements[0] if len(departements) == 1 else region,
            delai_reponse=JOURS_OUVRES.get(service["delai_cible_jours"], 20),
        )
        noms = [typographic(zone) for zone in service["competences"]["zones_emploi"]]
        couverts = [zones[departements[0], nom] for nom in noms] or departements
        for theme in service["competences"]["themes"]:
            for territoire in [region] if len(departements) == len(_departements(zones)) else couverts:
                creer_competence(acteur, theme_code=theme, territoire_code=territoire)
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


def _read_zones() -> dict[tuple[str | None, str], str]:
    """(département, name of the zone) → code of that part of it."""
    parts = db.session.scalars(select(Territoire).where(Territoire.niveau == Niveau.ZONE_EMPLOI))
    return {(part.parent_code, part.nom.partition(" (")[0]): part.code for part in parts}


def _departements(zones: dict[tuple[str | None, str], str]) -> set[str | None]:
    return {departement for departement, _nom in zones}


def _nommer_agent(scene: Scene, acteur: str, figurants: Figurants, *, debut: date) -> None:
    compte = creer_personne(scene, f"agent.{acteur.lower()}@demo.example", *figurants.next())
    ouvrir_appartenance(compte, scene.acteurs[acteur], referent=True, debut=debut)
    scene.agents[acteur] = compte


def _nommer_vedette(scene: Scene, acteur: str, courriel: str, *, debut: date, referent: bool) -> None:
    compte = creer_vedette(scene, courriel)
    ouvrir_appartenance(compte, scene.acteurs[acteur], referent=referent, debut=debut)
    scene.agents[acteur] = compte


@use_case
def _voir_partir(scene: Scene, acteur: str, *, fin: date) -> None:
    appartenance: Appartenance = scene.acteurs[acteur].appartenances[0]
    appartenance.fin = fin


def _ouvrir_promotion(
    scene: Scene,
    nom: str,
    organisme: str,
    figurants: Figurants,
    *,
    titre: str,
    commune_code: str,
    debut: date,
    fin: date,
    effectif: int,
) -> None:
    """Its delegates are elected in the second week: between the 20th and the 40th hour."""
    promotion = scene.promotions[nom] = creer_promotion(
        scene.acteurs[organisme], titre=titre, commune_code=commune_code, debut=debut, fin=fin, effectif=effectif
    )
    elus = []
    for role in RoleMandat:
        if role == RoleMandat.TITULAIRE and nom in DELEGUES:
            compte = creer_vedette(scene, DELEGUES[nom])
        else:
            prefixe = "delegue" if role == RoleMandat.TITULAIRE else "suppleant"
            compte = creer_personne(scene, f"{prefixe}.{nom}@demo.example", *figurants.next())
        ouvrir_mandat(compte, promotion, role, debut=debut + timedelta(days=8))
        elus.append(compte)
    scene.delegues[nom] = elus


def _jour(recit: Recit, fiche: str) -> date:
    return next(racontee.derniere for racontee in recit.fiches if racontee.id == fiche)
