"""Who may do what with an initiative."""

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
    """Whoever holds a current mandat, works for an organisme, or animates."""
    roles = roles_de(compte)
    return bool(roles.promotions) or roles.est_animateur or travaille_en_organisme(compte)


def travaille_en_organisme(compte: Compte | None) -> bool:
    """Services answer; they carry no initiatives."""
    en_poste = roles_de(compte).agent_de
    return bool(en_poste) and any(
        appartenance.acteur.est_organisme
        for appartenance in compte.appartenances  # type: ignore[union-attr]
        if appartenance.acteur_id in en_poste
    )


def peut_engager(compte: Compte | None, porteur: Promotion | Acteur) -> bool:
    """A promotion by its delegates or its organisme, an organisme by its agents; either by the team."""
    roles = roles_de(compte)
    if isinstance(porteur, Promotion):
        siens = porteur.id in roles.promotions or porteur.organisme_id in roles.agent_de
    else:
        siens = porteur.est_organisme and porteur.id in roles.agent_de
    return siens or roles.est_animateur


def peut_porter(compte: Compte | None, initiative: Initiative) -> bool:
    """The current delegates and agents of its carriers write for it; the team helps them."""
    return roles_de(compte).est_animateur or est_porteur(compte, initiative)


def est_porteur(compte: Compte | None, initiative: Initiative) -> bool:
    """A current delegate or agent of one of its carriers: who is written to in any case."""
    roles = roles_de(compte)
    return any(
        porteur.promotion_id in roles.delegue_de or porteur.acteur_id in roles.agent_de
        for porteur in initiative.porteurs_actuels
    )


def peut_retirer_porteur(compte: Compte | None, porteur: Porteur) -> bool:
    """Whoever may engage it."""
    return peut_engager(compte, porteur.equipe)


def peut_decider_portage(compte: Compte | None, demande: DemandePortage) -> bool:
    """Whoever writes for the initiative accepts or declines; those who ask never decide."""
    return peut_porter(compte, demande.initiative)


def peut_retirer_demande(compte: Compte | None, demande: DemandePortage) -> bool:
    """Whoever may engage those who ask, whoever sent it."""
    return peut_engager(compte, demande.equipe)


def peut_lire_demande(compte: Compte | None, demande: DemandePortage) -> bool:
    """Those who decide and those who ask."""
    return peut_decider_portage(compte, demande) or peut_retirer_demande(compte, demande)


def peut_lire(compte: Compte | None, initiative: Initiative) -> bool:
    """Everybody what is public; its carriers and the team what was withdrawn."""
    return initiative.est_publique or peut_porter(compte, initiative)


def peut_participer(compte: Compte | None, initiative: Initiative) -> bool:
    """Whoever is signed in."""
    return compte is not None and compte.est_ouvert and initiative.est_publique


def voit_participants(compte: Compte | None, initiative: Initiative) -> bool:
    """Its carriers and the team see first names; the public a number."""
    return peut_porter(compte, initiative)


def peut_moderer(compte: Compte | None, _initiative: Initiative) -> bool:
    """The association's team."""
    return est_animateur(compte)


def peut_masquer(compte: Compte | None, _ligne: LigneInitiative) -> bool:
    """The association's team."""
    return est_animateur(compte)
