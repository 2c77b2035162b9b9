"""Labels of the directory's enumerations and fields, as users read them."""

from mse.annuaire.models import Nature, NatureChangement, RoleAuteur
from mse.core.text import _, lazy

NATURES = {Nature.SERVICE: lazy("Service"), Nature.ORGANISME: lazy("Organisme de formation")}
CHAMPS = {
    "nom": lazy("Nom"),
    "courriel": lazy("Boîte aux lettres"),
    "adresse": lazy("Adresse"),
    "commune": lazy("Commune"),
    "territoire": lazy("Territoire"),
    "nature": lazy("Nature"),
    "siret": lazy("SIRET"),
    "declaration": lazy("Déclaration d’activité"),
    "delai_prise_en_charge": lazy("Délai de prise en charge"),
    "delai_reponse": lazy("Délai pour répondre"),
    "libelle": lazy("Libellé"),
    "ordre": lazy("Place dans la liste"),
    "organisme": lazy("Organisme proposé d’office"),
}
CHANGEMENTS = {
    NatureChangement.CREATION: lazy("Ajout à l’annuaire"),
    NatureChangement.CHAMP: lazy("Correction"),
    NatureChangement.COMPETENCE_AJOUTEE: lazy("Compétence ajoutée"),
    NatureChangement.COMPETENCE_RETIREE: lazy("Compétence retirée"),
    NatureChangement.ARRIVEE: lazy("Arrivée dans l’équipe"),
    NatureChangement.REFERENT: lazy("Nomination comme référent·e"),
    NatureChangement.PLUS_REFERENT: lazy("Fin du rôle de référent·e"),
    NatureChangement.DEPART: lazy("Départ de l’équipe"),
    NatureChangement.FERMETURE: lazy("Fermeture"),
    NatureChangement.REOUVERTURE: lazy("Réouverture"),
    NatureChangement.RETRAIT: lazy("N’est plus proposé"),
    NatureChangement.RETOUR: lazy("Proposé de nouveau"),
}
AUTEURS = {
    RoleAuteur.REFERENT: lazy("référent·e"),
    RoleAuteur.ANIMATION: lazy("équipe d’animation"),
    RoleAuteur.ADMINISTRATION: lazy("administration"),
    RoleAuteur.LISTE: lazy("import ou commande"),
}

LIBELLES = {"natures": CHANGEMENTS, "champs": CHAMPS, "auteurs": AUTEURS}  # used by the template of a history
TENU_PAR_L_EQUIPE = lazy("L’annuaire est tenu par l’équipe d’animation.")
INTERDIT = lazy("Vous n’avez pas le droit de changer cela dans l’annuaire.")


def dire_depassee() -> str:
    """Return the message for the second of two people who change the same page."""
    return _(
        "Entre-temps, quelqu’un d’autre a changé cette page : l’historique dit quoi. "
        "Ce que vous avez écrit est gardé : relisez, puis envoyez si c’est toujours utile."
    )
