"""Promotions deduced from the fiches that they filed, and their delegates."""

from datetime import date, timedelta
from functools import partial

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.demo.agenda import Agenda
from mse.demo.annuaire import OUVERTURE
from mse.demo.lecture import FicheRacontee, Recit
from mse.demo.metiers import AUTRES_TITRES, METIERS
from mse.demo.personnes import creer_figurant, creer_vedette
from mse.demo.scene import Scene
from mse.fiches.workflow import Statut
from mse.representation.use_cases.elections import Elu, enregistrer_resultat
from mse.representation.use_cases.promotions import creer_promotion

DEUXIEME_SEMAINE = timedelta(days=8)  # between the 20th and the 40th hour
PREFIXE_CLE = "demo-election-"
PASSEE = "of14-c1"  # its titulaire leaves; the suppléant, who takes over, is the account that people try
DELEGUES = {"of31-c1": "delegue@demo.example", "of14-c1": "delegue2@demo.example"}

# What the fiches themselves say of their group. fmt: off
EFFECTIFS = {
    "of02-a1": 14,
    "of11-a1": 13,
    "of22-a1": 16,
    "of23-a1": 16,
    "of25-c1": 18,
    "of32-a1": 12,
    "of37-a1": 12,
    "of39-a1": 4,
}
# fmt: on
LONGUES = {"of12-a1", "of21-b1", "of26-b1"}  # their delegates still act


def ouvrir_promotions(recit: Recit, scene: Scene, agenda: Agenda) -> None:
    """Schedule one promotion for each pseudonym of the file, begun 30 to 60 days before its first fiche."""
    organismes = {organisme["id"]: organisme for organisme in recit.organismes}
    for nom, fiches in recit.promotions.items():
        organisme = organismes[fiches[0].organisme]
        debut = fiches[0].depot - timedelta(days=scene.rng.randint(30, 60))
        ouvrir = partial(
            _ouvrir,
            titre=_titre(nom, organisme["specialites_nsf"][0]),
            commune_code=organisme["code_insee"],
            debut=debut,
            fin=_fin(nom, fiches, scene, debut),
            effectif=EFFECTIFS.get(nom) or _effectif(fiches, scene),
        )
        agenda.noter(debut, OUVERTURE, ouvrir, scene, nom, organisme["id"])
        agenda.noter(debut + DEUXIEME_SEMAINE, OUVERTURE, elire, scene, nom)


def _titre(nom: str, specialite: str) -> str:
    titres = METIERS[specialite]
    return AUTRES_TITRES.get(nom) or titres["abc".index(nom[-2]) % len(titres)]


def _effectif(fiches: list[FicheRacontee], scene: Scene) -> int:
    return scene.rng.randint(max(6, *(fiche.effectif or 0 for fiche in fiches)), 18)


def _fin(nom: str, fiches: list[FicheRacontee], scene: Scene, debut: date) -> date:
    """Return the end date. About half are current; the others end after a verdict on their last answer was
    possible."""
    statuts = {fiche.statut for fiche in fiches}
    finie = Statut.ABANDONNEE in statuts  # their texts say so
    du_printemps = nom[-2] == "b" and not finie and scene.rng.random() < 0.5
    if nom[-2] == "c" or Statut.EN_COURS in statuts or nom in LONGUES or du_printemps:
        return scene.aujourd_hui + timedelta(days=scene.rng.randint(20, 100))
    au_plus_tot = max(fiche.derniere for fiche in fiches) + timedelta(days=14)
    fin = max(au_plus_tot, debut + timedelta(days=scene.rng.randint(120, 210)))
    return min(fin, max(au_plus_tot, scene.aujourd_hui - timedelta(days=1)))


def _ouvrir(
    scene: Scene,
    nom: str,
    organisme: str,
    *,
    titre: str,
    commune_code: str,
    debut: date,
    fin: date,
    effectif: int,
) -> None:
    scene.promotions[nom] = creer_promotion(
        scene.acteurs[organisme],
        titre=titre,
        commune_code=commune_code,
        debut=debut,
        fin=fin,
        effectif=effectif,
    )


def elire(scene: Scene, nom: str) -> None:
    """Elect, on the replayed day, two people who already have an account, so that they can act at once."""
    promotion, vedette = scene.promotions[nom], DELEGUES.get(nom)
    delegue = creer_vedette(vedette) if vedette else creer_figurant(scene, f"delegue.{nom}@demo.example")
    autre = creer_figurant(scene, f"suppleant.{nom}@demo.example")
    titulaire, suppleant = (autre, delegue) if nom == PASSEE else (delegue, autre)
    enregistrer_resultat(
        promotion,
        cle=f"{PREFIXE_CLE}{nom}",
        le=today(),
        titulaire=_elu(titulaire),
        suppleant=_elu(suppleant),
        inscrits=promotion.effectif,
        votants=max(1, promotion.effectif - 2),
        par=None,
    )
    scene.delegues[nom] = delegue


def _elu(compte: Compte) -> Elu:
    return Elu(prenom=compte.prenom, nom=compte.nom, courriel=compte.courriel)
