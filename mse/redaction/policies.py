"""Permissions on answer templates (of one acteur), drafts (of one person) and files of answers."""

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.fiches.models import Saisine
from mse.fiches.policies import est_animateur, peut_abandonner, peut_moderer, peut_traiter
from mse.redaction.models import BrouillonReponse, ModeleReponse, PieceReponse
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
    """The agents of the owner write drafts; an animateur does if nobody else may close the saisine."""
    return peut_traiter(compte, saisine) or peut_abandonner(compte, saisine)


def peut_lire_brouillon(compte: Compte | None, brouillon: BrouillonReponse) -> bool:
    """Only its author reads or deletes a draft, even after a transfer of the saisine."""
    return compte is not None and brouillon.compte_id == compte.id


def peut_joindre(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner join files to their answer; not the animateur who closes it in their place."""
    return peut_traiter(compte, saisine)


def peut_lire_piece_de_reponse(compte: Compte | None, piece: PieceReponse) -> bool:
    """Everybody reads a file of a published answer. While the answer is a draft, only its author does.

    If the file or its étape is masked, or its fiche not public, only the animateurs read it.
    """
    if piece.etape is None:
        return piece.brouillon is not None and peut_lire_brouillon(compte, piece.brouillon)
    if piece.effacee_le is not None:
        return False
    montree = piece.etape.fiche.est_publique and not piece.est_masquee and piece.etape.masquee_le is None
    return montree or est_animateur(compte)


def peut_masquer_piece(compte: Compte | None, piece: PieceReponse) -> bool:
    """An animateur masks a file of a published answer."""
    return piece.etape is not None and peut_moderer(compte, piece.etape.fiche)
