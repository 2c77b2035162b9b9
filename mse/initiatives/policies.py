"""Permissions on initiatives."""

from mse.annuaire.models import Acteur
from mse.annuaire.policies import est_animateur
from mse.comptes.models import Compte
from mse.initiatives.models import DemandePortage, Initiative, LigneInitiative, Porteur
from mse.representation.models import Promotion
from mse.representation.policies import roles_de

__all__ = [
    "est_animateur",
    "est_porteur",
    "peut_decider_portage",
    "peut_engager",
    "peut_lire",
    "peut_lire_demande",
    "peut_masquer",
    "peut_moderer",
    "peut_participer",
    "peut_porter",
    "peut_proposer",
    "peut_retirer_demande",
    "peut_retirer_porteur",
    "travaille_en_organisme",
    "voit_participants",
]


def peut_proposer(compte: Compte | None) -> bool:
    """Current delegates, agents of an organisme, and animateurs."""
    roles = roles_de(compte)
    return bool(roles.promotions) or roles.est_animateur or travaille_en_organisme(compte)


def travaille_en_organisme(compte: Compte | None) -> bool:
    """True for an agent of an organisme: a service cannot be a porteur."""
    en_poste = roles_de(compte).agent_de
    return bool(en_poste) and any(
        appartenance.acteur.est_organisme
        for appartenance in compte.appartenances  # type: ignore[union-attr]
        if appartenance.acteur_id in en_poste
    )


def peut_engager(compte: Compte | None, porteur: Promotion | Acteur) -> bool:
    """Who may make `porteur` a porteur: for a promotion, its delegates and the agents of its organisme; for
    an organisme, its agents; for both, animateurs."""
    roles = roles_de(compte)
    if isinstance(porteur, Promotion):
        siens = porteur.id in roles.promotions or porteur.organisme_id in roles.agent_de
    else:
        siens = porteur.est_organisme and porteur.id in roles.agent_de
    return siens or roles.est_animateur


def peut_porter(compte: Compte | None, initiative: Initiative) -> bool:
    """The current delegates and agents of its porteurs, and animateurs, who help them."""
    return roles_de(compte).est_animateur or est_porteur(compte, initiative)


def est_porteur(compte: Compte | None, initiative: Initiative) -> bool:
    """The current delegates and agents of its porteurs. They get its mails without being participants."""
    roles = roles_de(compte)
    return any(
        porteur.promotion_id in roles.delegue_de or porteur.acteur_id in roles.agent_de
        for porteur in initiative.porteurs_actuels
    )


def peut_retirer_porteur(compte: Compte | None, porteur: Porteur) -> bool:
    """Everybody who may make that promotion or organisme a porteur (`peut_engager`) may also end its role."""
    return peut_engager(compte, porteur.equipe)


def peut_decider_portage(compte: Compte | None, demande: DemandePortage) -> bool:
    """The current porteurs of the initiative and animateurs; the requesters may not decide their own
    request."""
    return peut_porter(compte, demande.initiative)


def peut_retirer_demande(compte: Compte | None, demande: DemandePortage) -> bool:
    """Everybody who may make the requesting promotion or organisme a porteur, not only the sender."""
    return peut_engager(compte, demande.equipe)


def peut_lire_demande(compte: Compte | None, demande: DemandePortage) -> bool:
    """Everybody who may decide on the request or withdraw it."""
    return peut_decider_portage(compte, demande) or peut_retirer_demande(compte, demande)


def peut_lire(compte: Compte | None, initiative: Initiative) -> bool:
    """Everybody may read a public initiative; its porteurs and animateurs may also read a withdrawn one."""
    return initiative.est_publique or peut_porter(compte, initiative)


def peut_participer(compte: Compte | None, initiative: Initiative) -> bool:
    """Everybody who is signed in, while the initiative is public."""
    return compte is not None and compte.est_ouvert and initiative.est_publique


def voit_participants(compte: Compte | None, initiative: Initiative) -> bool:
    """Its porteurs and animateurs see first names; the public sees a number."""
    return peut_porter(compte, initiative)


def peut_moderer(compte: Compte | None, _initiative: Initiative) -> bool:
    """Animateurs only."""
    return est_animateur(compte)


def peut_masquer(compte: Compte | None, _ligne: LigneInitiative) -> bool:
    """Animateurs only."""
    return est_animateur(compte)
