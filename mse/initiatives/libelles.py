"""Labels of statuses, actions and requests to become a porteur."""

from mse.core.text import _, lazy
from mse.initiatives.workflow import Action, EtatPortage, Statut

STATUTS = {
    Statut.EN_ETUDE: lazy("À l’étude"),
    Statut.EN_COURS: lazy("En cours de réalisation"),
    Statut.REALISEE: lazy("Réalisée"),
    Statut.ABANDONNEE: lazy("Abandonnée"),
}
# titles of the columns of the board of initiatives; abandoned initiatives are folded below them
COLONNES_TABLEAU = {
    Statut.EN_ETUDE: lazy("À l’étude"),
    Statut.EN_COURS: lazy("En cours"),
    Statut.REALISEE: lazy("Réalisées"),
}
ACTIONS = {
    Action.LANCER: lazy("Passer à la réalisation"),
    Action.REETUDIER: lazy("Revenir à l’étude"),
    Action.REALISER: lazy("Dire que l’initiative est réalisée"),
    Action.ABANDONNER: lazy("Abandonner l’initiative"),
    Action.ROUVRIR: lazy("Rouvrir l’initiative"),
}
PORTAGES = {
    EtatPortage.ATTEND: lazy(
        "Cette demande n’a plus de suite : la formation est finie, ou la page est retirée."
    ),
    EtatPortage.ACCEPTEE: lazy("Cette demande a été acceptée."),
    EtatPortage.DECLINEE: lazy("Cette demande a été déclinée."),
    EtatPortage.RETIREE: lazy("Cette demande a été retirée par l’équipe qui l’avait faite."),
}

INTERDIT = lazy("Vous n’avez pas le droit de faire cela sur cette initiative.")


def dire_depassee() -> str:
    """Return the message for the second of two people who change an initiative."""
    return _(
        "Entre-temps, quelqu’un d’autre a modifié cette initiative. Votre texte est gardé : "
        "relisez, puis envoyez si c’est toujours utile."
    )
