"""Permissions on fiches. Whether the state allows an action is decided by the workflow, not here."""

from mse.annuaire.policies import est_animateur
from mse.comptes.models import Compte
from mse.core.clock import local_date
from mse.core.text import _
from mse.fiches.models import Etape, Fiche, Piece, Saisine
from mse.fiches.workflow import Publication
from mse.representation.policies import roles_de

__all__ = [
    "deposee_de_son_temps",
    "dire_transfert",
    "est_animateur",
    "est_ou_fut_delegue",
    "peut_abandonner",
    "peut_annuler_transfert",
    "peut_decider",
    "peut_deposer",
    "peut_donner_avis",
    "peut_donner_avis_par_lien",
    "peut_ecrire",
    "peut_elargir",
    "peut_lire",
    "peut_lire_piece",
    "peut_lire_pieces",
    "peut_masquer",
    "peut_moderer",
    "peut_orienter",
    "peut_preciser",
    "peut_promouvoir",
    "peut_suivre",
    "peut_traiter",
    "peut_trancher",
    "peut_transferer",
    "voit_auteur",
]


def peut_deposer(compte: Compte | None) -> bool:
    """A person with a current mandat files fiches."""
    return bool(roles_de(compte).promotions)


def peut_lire(compte: Compte | None, fiche: Fiche) -> bool:
    """Everybody reads a published fiche. Its current delegates always read it. Former delegates read it if it
    was filed during their mandat or by them. Animateurs read all fiches but drafts."""
    if fiche.publication == Publication.PUBLIEE:
        return True
    roles = roles_de(compte)
    if fiche.promotion_id in roles.delegue_de:
        return True
    return not fiche.est_brouillon and (roles.est_animateur or deposee_de_son_temps(compte, fiche))


def deposee_de_son_temps(compte: Compte | None, fiche: Fiche) -> bool:
    """True for a former delegate if the fiche was filed before the end of the mandat, or by this person."""
    fin = roles_de(compte).ancien_delegue_de.get(fiche.promotion_id)
    if compte is None or fin is None or fiche.deposee_le is None:
        return False
    return fiche.auteur_id == compte.id or local_date(fiche.deposee_le) <= fin


def peut_lire_pieces(compte: Compte | None, fiche: Fiche) -> bool:
    """Animateurs, the current delegates of the fiche, its former delegates (see `peut_lire`) and the agents
    of its owners, if they may read the fiche. Never the public."""
    roles = roles_de(compte)
    return peut_lire(compte, fiche) and (
        roles.est_animateur
        or fiche.promotion_id in roles.delegue_de
        or deposee_de_son_temps(compte, fiche)
        or any(saisine.acteur_id in roles.agent_de for saisine in fiche.saisines)
    )


def peut_lire_piece(compte: Compte | None, piece: Piece) -> bool:
    """Everybody who may read the attachments of its fiche."""
    return peut_lire_pieces(compte, piece.fiche)


def peut_ecrire(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates of its promotion, or of one that continues it, edit and file its drafts."""
    return fiche.promotion_id in roles_de(compte).delegue_de


def peut_suivre(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates of its promotion, or of one that continues it, act on the fiche."""
    return fiche.promotion_id in roles_de(compte).delegue_de


def est_ou_fut_delegue(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates of the fiche, and its former ones (see `peut_lire`)."""
    return peut_suivre(compte, fiche) or deposee_de_son_temps(compte, fiche)


def peut_donner_avis(compte: Compte | None, saisine: Saisine) -> bool:
    """The current delegates of the promotion, and nobody else, say whether the answer helped."""
    return saisine.fiche.est_publique and peut_suivre(compte, saisine.fiche)


def peut_donner_avis_par_lien(compte: Compte, saisine: Saisine) -> bool:
    """The same without signing in, if the compte's address is verified: only its holder received the link."""
    return compte.est_joignable and peut_donner_avis(compte, saisine)


def peut_traiter(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner handle its saisine. Animateurs never answer in its place."""
    return saisine.fiche.est_publique and saisine.acteur_id in roles_de(compte).agent_de


def peut_abandonner(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner; an animateur if the acteur has no active agent."""
    if peut_traiter(compte, saisine):
        return True
    return saisine.fiche.est_publique and est_animateur(compte) and not saisine.acteur.a_un_agent


def peut_transferer(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner transfer its saisine. An animateur transfers any."""
    return peut_traiter(compte, saisine) or (saisine.fiche.est_publique and est_animateur(compte))


def dire_transfert(compte: Compte | None, saisine: Saisine) -> str | None:
    """For an agent of a former owner: the sentence that names the present owner, else None."""
    anciens = {transfert.de_id for transfert in saisine.transferts}
    if not anciens & roles_de(compte).agent_de or not saisine.fiche.est_publique:
        return None
    return _("Entre-temps, cette fiche a été transférée à %(acteur)s.", acteur=saisine.acteur.nom)


def peut_annuler_transfert(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the former owner take back the last transfer, if that owner made it."""
    faits = {transfert.id: transfert for transfert in saisine.transferts}
    dernier = saisine.transferts[-1] if saisine.transferts else None
    if dernier is not None and dernier.annule_id is not None:  # a second click
        dernier = faits[dernier.annule_id]
    if dernier is None or dernier.de_id not in roles_de(compte).agent_de:
        return False
    return saisine.fiche.est_publique and dernier.etape.acteur_id == dernier.de_id


def peut_elargir(compte: Compte | None, fiche: Fiche) -> bool:
    """The agents of any owner of the fiche, and the animateurs, add a further acteur."""
    est_responsable = any(peut_traiter(compte, saisine) for saisine in fiche.saisines)
    return est_responsable or (fiche.est_publique and est_animateur(compte))


def peut_preciser(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates add a précision to a public fiche, or report that it is no longer topical."""
    return fiche.est_publique and peut_suivre(compte, fiche)


def peut_promouvoir(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of a service make a repère of its answer; an animateur of any answer."""
    de_service = not saisine.acteur.est_organisme and peut_traiter(compte, saisine)
    return de_service or (saisine.fiche.est_publique and est_animateur(compte))


def peut_masquer(compte: Compte | None, etape: Etape) -> bool:
    """An animateur hides the text of any étape."""
    return peut_moderer(compte, etape.fiche)


def peut_moderer(compte: Compte | None, fiche: Fiche) -> bool:
    """An animateur moderates a fiche that is not a draft."""
    return est_animateur(compte) and not fiche.est_brouillon


def peut_orienter(compte: Compte | None, fiche: Fiche) -> bool:
    """An animateur chooses the acteurs of a public fiche."""
    return est_animateur(compte) and fiche.est_publique


def peut_trancher(compte: Compte | None, saisine: Saisine) -> bool:
    """An animateur decides on a request to reopen that is contested or unanswered."""
    return est_animateur(compte) and saisine.fiche.est_publique


def peut_decider(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner and the animateurs decide on a reopening; the workflow says whose turn it
    is."""
    return peut_traiter(compte, saisine) or peut_trancher(compte, saisine)


def voit_auteur(compte: Compte | None, fiche: Fiche) -> bool:
    """The agents of the owners, the animateurs and the promotion's delegates see the author's first name."""
    roles = roles_de(compte)
    return (
        roles.est_animateur
        or fiche.promotion_id in roles.delegue_de
        or any(saisine.acteur_id in roles.agent_de for saisine in fiche.saisines)
    )
