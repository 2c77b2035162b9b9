"""Permissions on private messages and internal notes."""

from datetime import date

from mse.comptes.models import Compte
from mse.core.clock import local_date
from mse.echanges.models import Message, PieceMessage
from mse.fiches.models import Saisine
from mse.fiches.policies import deposee_de_son_temps, est_animateur, peut_suivre, peut_traiter
from mse.representation.policies import roles_de


def peut_lire_echange(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the present owner and the current delegates of the fiche, their successors included, read
    the private messages. A former delegate reads those sent during the mandat (`lit_jusqu_au`).

    Nobody else does: neither the former owners, nor the animateurs, nor the administrateurs. The animateurs
    read one message of a thread only if one of its readers reports it (`peut_masquer_message`).
    """
    return (
        peut_traiter(compte, saisine)
        or peut_suivre(compte, saisine.fiche)
        or lit_jusqu_au(compte, saisine) is not None
    )


def peut_lire_message(compte: Compte | None, message: Message) -> bool:
    """Everybody who reads the private messages of the saisine. A former delegate reads those sent during the
    mandat."""
    if not peut_lire_echange(compte, message.saisine):
        return False
    fin = lit_jusqu_au(compte, message.saisine)
    return fin is None or local_date(message.le) <= fin


def peut_lire_piece_de_message(compte: Compte | None, piece: PieceMessage) -> bool:
    """Everybody who reads its message."""
    return peut_lire_message(compte, piece.message)


def peut_signaler_message(compte: Compte | None, message: Message) -> bool:
    """Everybody who may write in the thread reports one of its messages to the animateurs."""
    return peut_ecrire_message(compte, message.saisine) and peut_lire_message(compte, message)


def peut_masquer_message(compte: Compte | None, message: Message) -> bool:
    """An animateur reads a message that a reader reported, masks it or leaves it, and reads no other
    message."""
    return message.signale_le is not None and est_animateur(compte)


def peut_ecrire_message(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the present owner and the current delegates write, while the fiche is public."""
    return saisine.fiche.est_publique and (
        peut_traiter(compte, saisine) or peut_suivre(compte, saisine.fiche)
    )


def lit_jusqu_au(compte: Compte | None, saisine: Saisine) -> date | None:
    """Return the last day of the mandat to a former delegate, who reads no later message. None for anybody
    else."""
    if peut_traiter(compte, saisine) or not deposee_de_son_temps(compte, saisine.fiche):
        return None
    return roles_de(compte).ancien_delegue_de.get(saisine.fiche.promotion_id)


def peut_suspendre_delai(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the owner ask a question that pauses the time to answer, and end that pause."""
    return peut_traiter(compte, saisine)


def peut_noter(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the present owner write internal notes."""
    return peut_traiter(compte, saisine)


def peut_lire_notes(compte: Compte | None, saisine: Saisine) -> bool:
    """The agents of the present owner, and those of a former one, who keep reading their own notes."""
    return saisine.fiche.est_publique and bool(acteurs_des_notes(compte, saisine))


def acteurs_des_notes(compte: Compte | None, saisine: Saisine) -> frozenset[int]:
    """Return the ids of the acteurs whose notes the person reads: present or former owners that the person
    works for."""
    responsables = {saisine.acteur_id, *(transfert.de_id for transfert in saisine.transferts)}
    return roles_de(compte).agent_de & responsables
