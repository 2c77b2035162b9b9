"""Pages of a thread and of the internal notes."""

import logging
from uuid import uuid4

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from mse.core.clock import today
from mse.core.database import read_id
from mse.core.dates import jour
from mse.core.errors import DonneeInvalide
from mse.core.files.formats import ACCEPT
from mse.core.text import _
from mse.core.web import (
    ActionForm,
    accepts_files,
    confirm,
    droit,
    get_files,
    moi,
    render,
    send_stored,
    write_afterwards,
)
from mse.echanges import use_cases
from mse.echanges.forms import MessageForm, MotifForm, NoteForm
from mse.echanges.limites import PIECE_OCTETS_MAX, PIECES_MAX
from mse.echanges.models import Message, PieceMessage
from mse.echanges.policies import (
    peut_ecrire_message,
    peut_lire_echange,
    peut_lire_notes,
    peut_lire_piece_de_message,
    peut_masquer_message,
    peut_noter,
    peut_signaler_message,
    peut_suspendre_delai,
)
from mse.echanges.queries import get_message, get_piece_message, list_notes, read_page
from mse.fiches.api import MOTIF_MIN
from mse.fiches.models import Saisine
from mse.fiches.queries.pages import get_saisine

bp = Blueprint("echanges", __name__)
_SAISINE = "/fiches/<int:fiche_id>/saisines/<int:saisine_id>"
_PIECE = f"{_SAISINE}/echanges/pieces/<int:piece_id>"

_MESSAGE = f"{_SAISINE}/echanges/messages/<int:message_id>"

logger = logging.getLogger(__name__)


@bp.route(f"{_SAISINE}/echanges", methods=["GET", "POST"])
@accepts_files(PIECES_MAX * PIECE_OCTETS_MAX)
@droit(peut_lire_echange, sur=get_saisine)
def fil(saisine: Saisine) -> ResponseReturnValue:
    """The thread and the form of the next message. Opening it marks the messages as read."""
    form, responsable = MessageForm(cle=str(uuid4())), peut_suspendre_delai(moi(), saisine)
    if form.validate_on_submit():
        refus = use_cases.ecrire_message(
            saisine,
            form.texte.data,
            cle=form.cle.data,
            envois=get_files("fichiers"),
            attend=form.attend.data,
            par=moi(),
        )
        if not refus:
            confirm(_dire_envoi(saisine, responsable=responsable))
            return redirect(_adresse("echanges.fil", saisine), 303)
        form.fichiers.errors = refus
    page = read_page(saisine, moi(), avant=_read_avant())
    reponse = render(
        "echanges/fil.html",
        form=form,
        saisine=saisine,
        fiche=saisine.fiche,
        page=page,
        ecrit=peut_ecrire_message(moi(), saisine),
        responsable=responsable,
        note=peut_noter(moi(), saisine),
        suspendable=responsable and saisine.peut_suspendre(today()),
        maximum=PIECES_MAX,
        octets=PIECE_OCTETS_MAX,
        accept=ACCEPT,
        le=today(),
    )
    if page.recu is not None and request.method == "GET":
        _marquer_lu(saisine, page.recu)
    return reponse


@bp.route(f"{_SAISINE}/echanges/reprise", methods=["GET", "POST"])
@droit(peut_suspendre_delai, sur=get_saisine)
def reprendre(saisine: Saisine) -> ResponseReturnValue:
    """End the pause. The button is on the page of the thread; a GET redirects there."""
    if ActionForm().validate_on_submit():
        use_cases.reprendre_delai(saisine, par=moi())
        due = jour(saisine.reponse_due)
        flash(_("Le délai court de nouveau. Réponse attendue avant le %(date)s.", date=due), "succes")
    return redirect(_adresse("echanges.fil", saisine), 303)


@bp.route(f"{_SAISINE}/notes", methods=["GET", "POST"])
@droit(peut_lire_notes, sur=get_saisine)
def notes(saisine: Saisine) -> ResponseReturnValue:
    form = NoteForm(cle=str(uuid4()))
    if form.validate_on_submit():
        use_cases.noter(saisine, form.texte.data, cle=form.cle.data, par=moi())
        confirm(_("Votre note est gardée. Seule votre équipe la lit."))
        return redirect(_adresse("echanges.notes", saisine), 303)
    return render(
        "echanges/notes.html",
        form=form,
        saisine=saisine,
        fiche=saisine.fiche,
        notes=list_notes(saisine, moi()),
        ecrit=peut_noter(moi(), saisine),
    )


@bp.route(f"{_MESSAGE}/signalement", methods=["GET", "POST"])
@droit(peut_signaler_message, sur=get_message)
def signaler(message: Message) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        use_cases.signaler_message(message, par=moi())
        confirm(_("L’équipe d’animation va lire ce message."))
        return redirect(_adresse("echanges.fil", message.saisine), 303)
    return render("echanges/signaler.html", form=form, message=message, fiche=message.saisine.fiche)


@bp.route(f"{_MESSAGE}/masquage", methods=["GET", "POST"])
@droit(peut_masquer_message, sur=get_message)
def masquer(message: Message) -> ResponseReturnValue:
    form = MotifForm()
    if form.validate_on_submit():
        use_cases.masquer_message(message, form.texte.data, par=moi())
        flash(_("Le message est masqué. Votre raison s’affiche à sa place."), "succes")
        return redirect(url_for("accueil.mon_espace"), 303)
    return render(
        "echanges/masquer.html", form=form, message=message, fiche=message.saisine.fiche, minimum=MOTIF_MIN
    )


@bp.route(f"{_MESSAGE}/maintien", methods=["GET", "POST"])
@droit(peut_masquer_message, sur=get_message)
def laisser(message: Message) -> ResponseReturnValue:
    """Close the report. The button is on the page that masks the message; a GET redirects there."""
    if ActionForm().validate_on_submit():
        use_cases.laisser_message(message, par=moi())
        flash(_("Le message reste. Ses lecteurs voient que vous l’avez lu."), "succes")
        return redirect(url_for("accueil.mon_espace"), 303)
    saisine = message.saisine
    page = url_for(
        "echanges.masquer", fiche_id=saisine.fiche_id, saisine_id=saisine.id, message_id=message.id
    )
    return redirect(page, 303)


@bp.get(_PIECE)
@droit(peut_lire_piece_de_message, sur=get_piece_message)
def piece(piece: PieceMessage) -> Response:
    return send_stored(piece.chemin, piece.format.mimetype, name=piece.nom)


@bp.get(f"{_PIECE}/vignette")
@droit(peut_lire_piece_de_message, sur=get_piece_message)
def vignette(piece: PieceMessage) -> Response:
    return send_stored(piece.chemin_vignette or abort(404), "image/jpeg")


def _adresse(endpoint: str, saisine: Saisine) -> str:
    return url_for(endpoint, fiche_id=saisine.fiche_id, saisine_id=saisine.id)


def _dire_envoi(saisine: Saisine, *, responsable: bool) -> str:
    if not responsable:
        return _("Votre message est envoyé à %(acteur)s.", acteur=saisine.acteur.nom)
    if saisine.est_suspendue(today()) and saisine.suspendue_jusqu_au is not None:
        return _(
            "Votre message est envoyé aux délégué·es. Le délai est suspendu jusqu’à leur réponse, "
            "au plus tard jusqu’au %(date)s.",
            date=jour(saisine.suspendue_jusqu_au),
        )
    return _("Votre message est envoyé aux délégué·es.")


def _read_avant() -> int | None:
    try:
        return read_id(request.args["avant"]) if "avant" in request.args else None
    except ValueError as error:
        raise DonneeInvalide(_("L’adresse de cette page de l’échange n’est pas valable.")) from error


def _marquer_lu(saisine: Saisine, message_id: int) -> None:
    """Mark as read in a transaction of its own, after the page is rendered. If the database is busy, skip
    this: the next visit does it."""
    try:
        with write_afterwards():
            use_cases.marquer_lu(saisine, message_id, par=moi())
    except DBAPIError:
        logger.warning("the reading of message %s was not noted", message_id)
