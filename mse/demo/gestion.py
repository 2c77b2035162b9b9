"""Recent changes of the directory: corrections, new agents, a closed acteur."""

from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.use_cases.agents import accueillir_agent, terminer_appartenance
from mse.annuaire.use_cases.gerer import fermer_acteur, modifier_acteur
from mse.comptes.models import Compte
from mse.core.use_cases import use_case
from mse.demo.agenda import Agenda, weekday_before
from mse.demo.personnes import INVITEE, NOUVELLE
from mse.demo.scene import Scene

OUVERTURE = 10 * 60
ORGANISME = "OF31"  # Nadège's
FERME = "OF13"  # every fiche it had is treated


def tenir_annuaire(scene: Scene, agenda: Agenda) -> None:
    """Add to the demo's agenda the directory changes of the last weeks (corrections, new agents, a closed
    acteur), so that the history of an acteur has recent lines."""

    def noter(jours: int, geste: object, *args: object) -> None:
        agenda.noter(weekday_before(scene.aujourd_hui, jours), OUVERTURE, geste, scene, *args)  # type: ignore[arg-type]

    noter(22, _corriger)
    noter(15, _allonger_le_delai)
    noter(10, _accueillir, NOUVELLE)
    noter(4, _accueillir, INVITEE)
    noter(3, _fermer)


def _corriger(scene: Scene) -> None:
    acteur = scene.acteurs[ORGANISME]
    modifier_acteur(
        acteur, adresse=f"12 avenue de la Libération, {acteur.adresse}", par=scene.agents[ORGANISME]
    )


def _allonger_le_delai(scene: Scene) -> None:
    modifier_acteur(scene.acteurs[ORGANISME], delai_prise_en_charge=7, par=scene.animatrice)


def _accueillir(scene: Scene, qui: tuple[str, str, str]) -> None:
    courriel, prenom, nom = qui
    referente = scene.agents[ORGANISME]
    appartenance = accueillir_agent(
        scene.acteurs[ORGANISME], prenom=prenom, nom=nom, courriel=courriel, referent=False, par=referente
    )
    _mark(appartenance.compte)


@use_case
def _mark(compte: Compte) -> None:
    """Mark as fictional a compte that was invited through the ordinary use case."""
    compte.est_demonstration = True


def _fermer(scene: Scene) -> None:
    """End the appartenances of the acteur `FERME`, then close it."""
    acteur: Acteur = scene.acteurs[FERME]
    appartenances: list[Appartenance] = list(acteur.appartenances)
    for appartenance in appartenances:
        terminer_appartenance(appartenance, par=scene.animatrice)
    fermer_acteur(acteur, par=scene.animatrice)
