"""Who may do what with a fiche. «Is it the moment?» is the workflow's question, not asked here."""

from mse.annuaire.policies import est_animateur
from mse.comptes.models import Compte
from mse.core.clock import local_date
from mse.core.textes import _
from mse.fiches.models import Etape, Fiche, Piece, Saisine
from mse.fiches.workflow import Publication
from mse.representation.policies import roles_de

__all__ = [
    "dire_transfert",
    "est_animateur",
    "peut_abandonner",
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
    "peut_suivre",
    "peut_traiter",
    "peut_trancher",
    "peut_transferer",
    "voit_auteur",
]


def peut_deposer(compte: Compte | None) -> bool:
    """Whoever holds a current mandat."""
    return bool(roles_de(compte).promotions)


def peut_lire(compte: Compte | None, fiche: Fiche) -> bool:
    """Everybody reads what is published; its delegates theirs, past ones what was filed in their time;
    moderators all but drafts."""
    if fiche.publication == Publication.PUBLIEE:
        return True
    roles = roles_de(compte)
    if fiche.promotion_id in roles.delegue_de:
        return True
    return not fiche.est_brouillon and (roles.est_animateur or _deposee_de_son_temps(compte, fiche))


def _deposee_de_son_temps(compte: Compte | None, fiche: Fiche) -> bool:
    """A former delegate keeps his: filed before his mandat ended, or by himself, if published later."""
    fin = roles_de(compte).ancien_delegue_de.get(fiche.promotion_id)
    if compte is None or fin is None or fiche.deposee_le is None:
        return False
    return fiche.auteur_id == compte.id or local_date(fiche.deposee_le) <= fin


def peut_lire_pieces(compte: Compte | None, fiche: Fiche) -> bool:
    """Never the public: of a fiche that they may read, its delegates, past ones of their time, its owners'
    agents and the animateurs."""
    roles = roles_de(compte)
    return peut_lire(compte, fiche) and (
        roles.est_animateur
        or fiche.promotion_id in roles.delegue_de
        or _deposee_de_son_temps(compte, fiche)
        or any(saisine.acteur_id in roles.agent_de for saisine in fiche.saisines)
    )


def peut_lire_piece(compte: Compte | None, piece: Piece) -> bool:
    """Whoever may read the files of its fiche."""
    return peut_lire_pieces(compte, piece.fiche)


def peut_ecrire(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates of its promotion edit and file a draft, whoever began it."""
    return fiche.promotion_id in roles_de(compte).delegue_de


def peut_suivre(compte: Compte | None, fiche: Fiche) -> bool:
    """The current delegates of its promotion, or of one that continues it, act for those concerned."""
    return fiche.promotion_id in roles_de(compte).delegue_de


def peut_donner_avis(compte: Compte | None, saisine: Saisine) -> bool:
    """A current delegate of the promotion says whether the answer helped; nobody else ever does."""
    return saisine.fiche.est_publique and peut_suivre(compte, saisine.fiche)


def peut_donner_avis_par_lien(compte: Compte, saisine: Saisine) -> bool:
    """The same, without signing in: only the owner of a proved address may have read the mail."""
    return compte.est_joignable and peut_donner_avis(compte, saisine)


def peut_traiter(compte: Compte | None, saisine: Saisine) -> bool:
    """An agent of the owner handles its saisine; the animateurs never answer in its place."""
    return saisine.fiche.est_publique and saisine.acteur_id in roles_de(compte).agent_de


def peut_abandonner(compte: Compte | None, saisine: Saisine) -> bool:
    """The owner; for an acteur nobody works for, an animateur closes with a reason."""
    if peut_traiter(compte, saisine):
        return True
    return saisine.fiche.est_publique and est_animateur(compte) and not saisine.acteur.a_un_agent


def peut_transferer(compte: Compte | None, saisine: Saisine) -> bool:
    """The owner hands its saisine over; an animateur redirects any."""
    return peut_traiter(compte, saisine) or (saisine.fiche.est_publique and est_animateur(compte))


def dire_transfert(compte: Compte | None, saisine: Saisine) -> str | None:
    """To an agent of a former owner: who has it now."""
    anciens = {transfert.de_id for transfert in saisine.transferts}
    if not anciens & roles_de(compte).agent_de or not saisine.fiche.est_publique:
        return None
    return _("Entre-temps, cette fiche a été transférée à %(acteur)s.", acteur=saisine.acteur.nom)


def peut_elargir(compte: Compte | None, fiche: Fiche) -> bool:
    """Any owner of the fiche, or an animateur, adds a further acteur."""
    est_responsable = any(peut_traiter(compte, saisine) for saisine in fiche.saisines)
    return est_responsable or (fiche.est_publique and est_animateur(compte))


def peut_preciser(compte: Compte | None, fiche: Fiche) -> bool:
    """A current delegate adds to a public fiche: a précision, or that it is no longer topical."""
    return fiche.est_publique and peut_suivre(compte, fiche)


def peut_masquer(compte: Compte | None, etape: Etape) -> bool:
    """An animateur hides the text of a line, whoever wrote it."""
    return peut_moderer(compte, etape.fiche)


def peut_moderer(compte: Compte | None, fiche: Fiche) -> bool:
    """An animateur decides on what is held back."""
    return est_animateur(compte) and not fiche.est_brouillon


def peut_orienter(compte: Compte | None, fiche: Fiche) -> bool:
    """An animateur chooses the acteurs of a fiche that has none."""
    return est_animateur(compte) and fiche.est_publique


def peut_trancher(compte: Compte | None, saisine: Saisine) -> bool:
    """An animateur decides on a contested or forgotten request to reopen."""
    return est_animateur(compte) and saisine.fiche.est_publique


def peut_decider(compte: Compte | None, saisine: Saisine) -> bool:
    """On a request to reopen: the owner first, an animateur when it is his turn."""
    return peut_traiter(compte, saisine) or peut_trancher(compte, saisine)


def voit_auteur(compte: Compte | None, fiche: Fiche) -> bool:
    """The delegate's first name: the owners' agents, the animateurs, the promotion's delegates."""
    roles = roles_de(compte)
    return (
        roles.est_animateur
        or fiche.promotion_id in roles.delegue_de
        or any(saisine.acteur_id in roles.agent_de for saisine in fiche.saisines)
    )
