"""Permissions on answer templates and drafts. A template belongs to one acteur, a draft to one person."""

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_abandonner, peut_traiter
from mse.redaction.models import BrouillonReponse, ModeleReponse
from mse.representation.policies import roles_de


def peut_voir_modeles(compte: Compte | None, acteur: Acteur) -> bool:
    """The agents of the acteur read and write its answer templates; nobody else, not even animateurs."""
    return acteur.id in roles_de(compte).agent_de


def peut_ecrire_modele(compte: Compte | None, modele: ModeleReponse) -> bool:
    """The agents of its acteur read, change and archive a template."""
    return modele.acteur_id in roles_de(compte).agent_de


def peut_supprimer_modele(compte: Compte | None, modele: ModeleReponse) -> bool:
    """The référents of its acteur delete a template; the other agents archive it."""
    return modele.acteur_id in roles_de(compte).referent_de


def peut_rediger(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner write drafts; also an animateur who may close it."""
    return peut_traiter(compte, saisine) or peut_abandonner(compte, saisine)


def peut_lire_brouillon(compte: Compte | None, brouillon: BrouillonReponse) -> bool:
    """Only its author reads or deletes a draft, even after a transfer of the saisine."""
    return compte is not None and brouillon.compte_id == compte.id
