"""Private messages, internal notes, and the pause of the time to answer. A form sent twice acts once."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete, select

from mse.comptes.models import Compte
from mse.core.clock import is_recent, now, today
from mse.core.database import upsert
from mse.core.errors import TransitionInterdite
from mse.core.files import Envoi, Prepared, attach_all_files
from mse.core.guards import exige_droit
from mse.core.html import Sanitized, sanitize, sanitized
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import after_commit, prepared, record, use_case
from mse.echanges.events import (
    DelaiRepris,
    DelaiSuspendu,
    MessageEnvoye,
    MessageLaisse,
    MessageMasque,
    MessageSignale,
    NoteEcrite,
)
from mse.echanges.limites import GARDE, MESSAGE_MAX, NOTE_MAX, PIECE_OCTETS_MAX, PIECES_MAX
from mse.echanges.models import Fil, LectureFil, Message, Note, PieceMessage
from mse.echanges.policies import (
    peut_ecrire_message,
    peut_lire_echange,
    peut_masquer_message,
    peut_noter,
    peut_signaler_message,
    peut_suspendre_delai,
)
from mse.echanges.queries import get_message_par_cle, get_note_par_cle, list_saisines_a_oublier
from mse.extensions import db
from mse.fiches.api import INTERDIT, exige_motif, verrouille
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter

Pieces = Sequence[tuple[Prepared, str] | tuple[Prepared, str, str]]


def _exige_message(texte: str) -> Sanitized:
    return sanitized(require_length(texte, 1, MESSAGE_MAX))


def _exige_note(texte: str) -> Sanitized:
    return sanitized(require_length(texte, 1, NOTE_MAX))


@prepared(texte=_exige_message)
def ecrire_message(
    saisine: Saisine,
    texte: str,
    *,
    cle: str,
    par: Compte,
    envois: Sequence[Envoi] = (),
    attend: bool = False,
) -> list[str]:
    """Send a message with its files to the other side. If a file is refused, nothing is sent: return one
    sentence for each refused file.

    `attend`: the owner waits for the delegates; this pauses the time to answer if a pause is still possible.
    A message of the delegates ends that pause.
    """
    exige_droit(peut_ecrire_message(par, saisine), INTERDIT)
    if len(envois) > PIECES_MAX:
        return [_("Un message a %(max)s fichiers au plus : envoyez les autres après.", max=PIECES_MAX)]
    keep = partial(_envoyer, saisine, texte, cle=cle, attend=attend, par=par)
    return attach_all_files(PieceMessage.store, envois, keep, max_bytes=PIECE_OCTETS_MAX)


@use_case
@verrouille
def _envoyer(
    saisine: Saisine, texte: str, pieces: Pieces, *, cle: str, attend: bool, par: Compte
) -> list[str]:
    """Return the file names that the new rows keep; none if the message is already sent."""
    exige_droit(peut_ecrire_message(par, saisine), INTERDIT)
    if get_message_par_cle(cle) is not None:
        return []
    responsable = peut_traiter(par, saisine)
    message = Message(
        cle=cle,
        saisine_id=saisine.id,
        acteur_id=saisine.acteur_id if responsable else None,
        auteur_id=par.id,
        le=now(),
        texte=texte,
        texte_html=sanitize(texte),
        attend_reponse=attend and responsable,
    )
    db.session.add(message)
    db.session.flush()
    jointes = {piece[0].digest: PieceMessage.of(*piece, message_id=message.id) for piece in pieces}
    db.session.add_all(jointes.values())
    _suivre(message, saisine)
    if not responsable:
        _reprendre(saisine, par=par)
    elif attend and saisine.peut_suspendre(today()):
        saisine.suspendre(now())
        saisine.fiche.actualiser()
        record(DelaiSuspendu(saisine_id=saisine.id, par_id=par.id))
    record(MessageEnvoye(message_id=message.id, par_id=par.id))
    return [nom for jointe in jointes.values() for nom in jointe.fichiers]


@use_case
def signaler_message(message: Message, *, par: Compte) -> None:
    """Ask the animateurs to read this message. Do nothing if it is reported already."""
    message = db.session.get_one(Message, message.id, with_for_update=True, populate_existing=True)
    exige_droit(peut_signaler_message(par, message), INTERDIT)
    if message.signale_le is None and message.masque_le is None:
        message.signale_le = now()
        record(MessageSignale(message_id=message.id, par_id=par.id))


@use_case
def laisser_message(message: Message, *, par: Compte) -> None:
    """Close the report of a message, which stays as it is. Do nothing if that is done already."""
    message = db.session.get_one(Message, message.id, with_for_update=True, populate_existing=True)
    exige_droit(peut_masquer_message(par, message), INTERDIT)
    if message.masque_le is not None:
        raise TransitionInterdite(_("Ce message est déjà masqué."))
    if message.laisse_le is None:
        message.laisse_le = now()
        record(MessageLaisse(message_id=message.id, par_id=par.id))


@prepared(texte=exige_motif)
@use_case
def masquer_message(message: Message, texte: str, *, par: Compte) -> None:
    """Replace the text of a reported message by the reason, and delete its files. This cannot be undone."""
    message = db.session.get_one(Message, message.id, with_for_update=True, populate_existing=True)
    exige_droit(peut_masquer_message(par, message), INTERDIT)
    if message.masque_le is not None:
        if is_recent(message.masque_le) and message.masque_motif == texte:
            return
        raise TransitionInterdite(_("Ce message est déjà masqué."))
    efface, html, pieces = message.texte, message.texte_html, list(message.pieces)
    fichiers = [nom for piece in pieces for nom in piece.fichiers]
    for piece in pieces:
        db.session.delete(piece)
    message.masquer(texte, le=now())
    record(MessageMasque(message_id=message.id, texte=efface, html=html, par_id=par.id))
    after_commit(lambda: PieceMessage.store.remove(fichiers))


@use_case
@verrouille
def reprendre_delai(saisine: Saisine, *, par: Compte) -> None:
    """End the pause as the owner, who no longer waits for the delegates. Do nothing if it has ended."""
    exige_droit(peut_suspendre_delai(par, saisine), INTERDIT)
    _reprendre(saisine, par=par)


@use_case
def marquer_lu(saisine: Saisine, message_id: int, *, par: Compte) -> None:
    """Record that the person has read the messages of the other side up to this one. The time of the first
    reading stays."""
    exige_droit(peut_lire_echange(par, saisine), INTERDIT)
    acteur_id = saisine.acteur_id if peut_traiter(par, saisine) else None
    lecture = {
        "saisine_id": saisine.id,
        "compte_id": par.id,
        "acteur_id": acteur_id,
        "message_id": message_id,
        "lu_le": now(),
    }
    insertion = upsert(LectureFil).values(lecture)
    nouvelle = insertion.excluded
    db.session.execute(
        insertion.on_conflict_do_update(
            index_elements=["saisine_id", "compte_id"],
            set_={nom: nouvelle[nom] for nom in ("acteur_id", "message_id", "lu_le")},
            where=LectureFil.message_id < nouvelle.message_id,
        )
    )


@prepared(texte=_exige_note)
@use_case
@verrouille
def noter(saisine: Saisine, texte: str, *, cle: str, par: Compte) -> None:
    """Write an internal note in the name of the owner."""
    exige_droit(peut_noter(par, saisine), INTERDIT)
    if get_note_par_cle(cle) is not None:
        return
    note = Note(
        cle=cle,
        saisine_id=saisine.id,
        acteur_id=saisine.acteur_id,
        auteur_id=par.id,
        le=now(),
        texte=texte,
        texte_html=sanitize(texte),
    )
    db.session.add(note)
    db.session.flush()
    record(NoteEcrite(note_id=note.id, par_id=par.id))


@use_case
def oublier_echanges() -> int:
    """Delete the messages, their files and the notes of saisines closed 24 months ago, at most 100 saisines a
    run; return their number."""
    saisines = list_saisines_a_oublier(now() - GARDE)
    messages = select(Message.id).where(Message.saisine_id.in_(saisines))
    pieces = db.session.scalars(select(PieceMessage).where(PieceMessage.message_id.in_(messages))).all()
    fichiers = [nom for piece in pieces for nom in piece.fichiers]
    for effacees in (
        delete(PieceMessage).where(PieceMessage.message_id.in_(messages)),
        *(delete(table).where(table.saisine_id.in_(saisines)) for table in (LectureFil, Fil, Message, Note)),
    ):
        db.session.execute(effacees.execution_options(synchronize_session=False))
    after_commit(lambda: PieceMessage.store.remove(fichiers))
    return len(saisines)


def _suivre(message: Message, saisine: Saisine) -> None:
    """Make the message the last one of its thread."""
    fil = db.session.get(Fil, saisine.id) or Fil(saisine_id=saisine.id)
    fil.suivre(message, saisine)
    db.session.add(fil)


def _reprendre(saisine: Saisine, *, par: Compte) -> None:
    """End the pause, if there is one."""
    if saisine.reprendre(now()):
        saisine.fiche.actualiser()
        record(DelaiRepris(saisine_id=saisine.id, par_id=par.id))
