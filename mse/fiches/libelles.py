"""Labels of states and fields, as users read them."""

from collections.abc import Sequence

from mse.core.text import _, lazy
from mse.fiches.urgence import Urgence
from mse.fiches.workflow import Action, NatureEtape, Publication, Statut, Valeur

STATUTS = {
    Statut.EN_COURS: lazy("En cours"),
    Statut.REPONSE: lazy("Répondue"),
    Statut.REGLEE: lazy("Réglée"),
    Statut.ABANDONNEE: lazy("Abandonnée"),
}
URGENCES = {
    Urgence.A_L_HEURE: lazy("À l’heure"),
    Urgence.BIENTOT: lazy("Réponse attendue bientôt"),
    Urgence.EN_RETARD: lazy("En retard"),
    Urgence.TRES_EN_RETARD: lazy("Très en retard"),
}
PUBLICATIONS = {
    Publication.BROUILLON: lazy("Brouillon"),
    Publication.RETENUE: lazy("En attente de relecture"),
    Publication.PUBLIEE: lazy("Publiée"),
    Publication.RETIREE: lazy("Retirée"),
}
ETAPES = {
    NatureEtape.DEPOT: lazy("Fiche déposée"),
    NatureEtape.PUBLICATION: lazy("Fiche publiée après relecture"),
    NatureEtape.RETRAIT: lazy("Fiche retirée"),
    NatureEtape.RETABLISSEMENT: lazy("Fiche rétablie"),
    NatureEtape.ORIENTATION: lazy("Fiche orientée par l’équipe d’animation"),
    NatureEtape.ELARGISSEMENT: lazy("Fiche confiée aussi à ce responsable"),
    NatureEtape.TRANSFERT: lazy("Fiche transférée"),
    NatureEtape.PRECISION: lazy("Précision des délégué·es"),
    NatureEtape.PLUS_ACTUELLE: lazy("Ce n’est plus d’actualité, disent les délégué·es"),
    NatureEtape.PRISE_EN_CHARGE: lazy("A pris la fiche en charge"),
    NatureEtape.ETAPE: lazy("Une étape de plus"),
    NatureEtape.PROLONGATION: lazy("A demandé plus de temps"),
    NatureEtape.REPONSE: lazy("A répondu"),
    NatureEtape.REGLEMENT: lazy("A déclaré le problème réglé"),
    NatureEtape.ABANDON: lazy("A abandonné la fiche"),
    NatureEtape.REOUVERTURE: lazy("Fiche rouverte"),
    NatureEtape.AVIS: lazy("Avis des délégué·es"),
    NatureEtape.DEMANDE_REOUVERTURE: lazy("Réouverture demandée par les délégué·es"),
    NatureEtape.REFUS_REOUVERTURE: lazy("A refusé de rouvrir"),
    NatureEtape.CONTESTATION: lazy("Refus contesté par les délégué·es"),
    NatureEtape.REJET_REOUVERTURE: lazy("L’équipe d’animation a décidé de ne pas rouvrir"),
    NatureEtape.DURABLE: lazy("Le problème n’est pas revenu, disent les délégué·es"),
    NatureEtape.REVENU: lazy("Le problème est revenu, disent les délégué·es"),
    NatureEtape.REUNION: lazy("Fiches réunies par l’équipe d’animation"),
    NatureEtape.SEPARATION: lazy("Fiches séparées par l’équipe d’animation"),
}
AVIS = {
    Valeur.OUI: lazy("Oui, cette réponse a aidé"),
    Valeur.EN_PARTIE: lazy("Cette réponse a aidé en partie"),
    Valeur.NON: lazy("Non, cette réponse n’a pas aidé"),
}
# Shorter words for the card of a fiche.
VERDICTS = {
    Valeur.OUI: lazy("A aidé"),
    Valeur.EN_PARTIE: lazy("A aidé en partie"),
    Valeur.NON: lazy("N’a pas aidé"),
}


def dire_avis(valeur: Valeur, commentaire: str | None) -> str:
    """Return the public text of a verdict."""
    return f"{AVIS[valeur]}. {commentaire}" if commentaire else f"{AVIS[valeur]}."


# Label of the single text field of a page, also used in its error messages.
QUESTIONS = {
    "repondre": lazy("Votre réponse"),
    "regler": lazy("Ce qui a été fait"),
    "abandonner": lazy("Pourquoi"),
    "etape": lazy("Ce qui s’est passé"),
    "rouvrir": lazy("Pourquoi"),
}
PARTIES = {
    "probleme": lazy("Le problème"),
    "causes": lazy("Les causes"),
    "consequences": lazy("Les conséquences"),
    "solution": lazy("La solution proposée"),
}

INTERDIT = lazy("Vous n’avez pas le droit de faire cela sur cette fiche.")


def dire_refus(statut: Statut, possibles: Sequence[Action]) -> str:
    """Return the sentence for an action that the status forbids. It names the status and the possible
    actions."""
    etat = {
        Statut.EN_COURS: _("Cette fiche est en cours de traitement."),
        Statut.REPONSE: _("Cette fiche a déjà une réponse."),
        Statut.REGLEE: _("Cette fiche est déjà réglée."),
        Statut.ABANDONNEE: _("Cette fiche est abandonnée."),
    }[statut]
    verbes = {
        Action.REPONDRE: _("y répondre"),
        Action.REGLER: _("la déclarer réglée"),
        Action.ABANDONNER: _("l’abandonner"),
        Action.TRANSFERER: _("la transférer"),
        Action.PROLONGER: _("demander plus de temps"),
        Action.ROUVRIR: _("la rouvrir"),
    }
    suite = _(" ou ").join(verbes[action] for action in possibles)
    return _("%(etat)s Vous pouvez %(suite)s.", etat=etat, suite=suite)
