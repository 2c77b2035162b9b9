"""Fiches of one long course, every second week for seven months: two acteurs have enough due answers in each
quarter to be compared. The reports of the last quarter are sent to them."""

from datetime import date, timedelta

from mse.avis.use_cases import donner_avis
from mse.bilans.trimestres import Trimestre
from mse.bilans.use_cases.envoyer import envoyer_bilan
from mse.comptes.use_cases.creer import creer_compte
from mse.demo.agenda import Agenda, weekday_after
from mse.demo.fiches import MATIN, PREFIXE_CLE
from mse.demo.scene import Scene
from mse.depot.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import Valeur
from mse.representation.models import RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat
from mse.representation.use_cases.promotions import creer_promotion

SERVICE, ORGANISME = "S27", "OF20"  # the first answers late, the second in time
PROMOTION = "parcours"
PAS, PREMIERE = 12, 31  # calendar days between two filings; age of the newest one
# Title, problem, solution. Filed from the last to the first.
SUJETS = (
    ("Le forum des métiers tombe un jour d’examen", "Il a lieu pendant l’examen blanc.", "Le décaler."),
    ("Le téléphone de l’orientation ne répond pas", "Cinq appels, aucun rappel.", "Un numéro qui répond."),
    ("La liste des formations est périmée", "Trois formations n’ouvrent plus.", "La relire."),
    ("On ne sait pas quoi faire après le parcours", "Rien n’est dit de la suite.", "Un entretien."),
    ("Le test de positionnement dure trop longtemps", "Quatre heures sans pause.", "Le couper en deux."),
    ("Les fiches métier sont en anglais", "Deux sur trois ne sont pas traduites.", "Les traduire."),
    ("Un seul conseiller pour quarante personnes", "Un rendez-vous demande six semaines.", "Un renfort."),
    ("Le site d’inscription refuse les téléphones", "La page ne s’ouvre pas.", "La corriger."),
    ("Les visites d’entreprise sont trop loin", "Il faut deux heures de car.", "Aller plus près."),
    ("Personne ne connaît les dates des concours", "Nous les apprenons trop tard.", "Les afficher."),
    ("Le bilan de compétences n’est pas remis", "Il est fait, mais nous ne l’avons pas.", "Le remettre."),
    ("Les portes ouvertes ont lieu pendant les cours", "Nous ne pouvons pas y aller.", "Nous libérer."),
    ("Le livret d’accueil donne une vieille adresse", "Deux d’entre nous s’y sont perdus.", "Le corriger."),
    ("Aucune réunion sur les aides à la reprise", "Nous n’avons rien su des aides.", "Une réunion."),
    ("L’atelier de CV est complet avant l’ouverture", "Il reste dix places pour tous.", "Un autre atelier."),
)
REPONSE_SERVICE = (
    "Nous avons revu ce point avec les conseillers. La demande est prise en compte, et ce qui change est "
    "affiché à l’accueil depuis lundi."
)
REPONSE_ORGANISME = (
    "Nous en avons parlé en équipe le jour même. L’organisation change dès la semaine prochaine, et le "
    "planning corrigé est déjà affiché dans la salle."
)
AVIS = {0: Valeur.OUI, 1: Valeur.EN_PARTIE, 2: Valeur.NON}


def comparer(scene: Scene, agenda: Agenda) -> None:
    jours = [scene.aujourd_hui - timedelta(days=PREMIERE + PAS * rang) for rang in range(len(SUJETS))]
    agenda.noter(jours[-1] - timedelta(days=10), MATIN, _ouvrir, scene)
    for rang, jour in enumerate(jours):
        agenda.noter(weekday_after(jour, 0), MATIN + 30, _deposer, scene, rang)
        _repondre_tous_deux(scene, agenda, rang, weekday_after(jour, 0))
    _noter_envois(scene, agenda)


def _repondre_tous_deux(scene: Scene, agenda: Agenda, rang: int, depot: date) -> None:
    """Schedule the answer of the organisme in time, that of the service a month late but for one in three,
    and half of the verdicts."""
    delais = ((ORGANISME, 9, REPONSE_ORGANISME), (SERVICE, 12 if rang % 3 == 0 else 58, REPONSE_SERVICE))
    for acteur, jours, texte in delais:
        jour = weekday_after(depot, jours)
        if jour >= scene.aujourd_hui:
            continue
        agenda.noter(jour, MATIN + 60, _repondre, scene, f"{_nom(rang)} {acteur}", texte)
        if rang % 2 == (acteur == ORGANISME):  # half of the answers get a verdict
            saisine = f"{_nom(rang)} {acteur}"
            agenda.noter(weekday_after(jour, 3), MATIN + 90, _juger, scene, saisine, AVIS[rang % 3])


def _noter_envois(scene: Scene, agenda: Agenda) -> None:
    """Send the reports of the last quarter whose Monday after the end has come."""
    trimestre = Trimestre.du(scene.aujourd_hui).precedent
    if weekday_after(trimestre.fin, 3) >= scene.aujourd_hui:
        trimestre = trimestre.precedent
    jour = weekday_after(trimestre.fin, 3)
    for acteur in (SERVICE, ORGANISME):
        agenda.noter(jour, MATIN, _envoyer, scene, acteur, trimestre)


def _nom(rang: int) -> str:
    return f"P{rang + 1:02}"


def _ouvrir(scene: Scene) -> None:
    organisme = scene.acteurs[ORGANISME]
    assert organisme.commune_code is not None
    promotion = scene.promotions[PROMOTION] = creer_promotion(
        organisme,
        titre="Parcours de reprise d’études",
        commune_code=organisme.commune_code,
        debut=scene.aujourd_hui - timedelta(days=PREMIERE + PAS * len(SUJETS) + 30),
        fin=scene.aujourd_hui + timedelta(days=90),
        effectif=17,
    )
    delegue = creer_compte(
        prenom="Lina",
        nom="Garcin",
        courriel=f"delegue.{PROMOTION}@demo.example",
        est_animateur=False,
        est_administrateur=False,
        est_demonstration=True,
    )
    ouvrir_mandat(delegue, promotion, RoleMandat.TITULAIRE)
    scene.delegues[PROMOTION] = delegue


def _deposer(scene: Scene, rang: int) -> None:
    titre, probleme, solution = SUJETS[rang]
    par = scene.delegues[PROMOTION]
    fiche = commencer_fiche(
        cle=f"{PREFIXE_CLE}{_nom(rang)}",
        promotion_id=scene.promotions[PROMOTION].id,
        theme_code="information_orientation",
        par=par,
    )
    ecrire_brouillon(
        fiche,
        par=par,
        titre=titre,
        effectif_concerne=9,
        destinataires=[scene.acteurs[acteur].id for acteur in (SERVICE, ORGANISME)],
        probleme=probleme,
        causes="Personne ne nous a dit pourquoi.",
        consequences="Plusieurs d’entre nous perdent du temps, et deux ont renoncé.",
        solution=solution,
    )
    deposer_fiche(fiche, par=par)
    scene.fiches[_nom(rang)] = fiche


def _repondre(scene: Scene, saisine: str, texte: str) -> None:
    repondre_saisine(scene.saisine(saisine), texte, par=scene.agent(saisine))


def _juger(scene: Scene, saisine: str, valeur: Valeur) -> None:
    commentaire = "" if valeur == Valeur.OUI else "Le changement ne se voit pas encore dans notre groupe."
    donner_avis(scene.saisine(saisine), valeur, commentaire, par=scene.delegues[PROMOTION])


def _envoyer(scene: Scene, acteur: str, trimestre: Trimestre) -> None:
    envoyer_bilan(scene.acteurs[acteur], trimestre, par=scene.animatrice)
