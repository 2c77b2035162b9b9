"""The attestations of a delegate, and the public page that checks a code."""

from flask import Blueprint, Response, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from mse.attestations import use_cases
from mse.attestations.forms import CodeForm
from mse.attestations.models import Attestation
from mse.attestations.policies import peut_attester, peut_tenir
from mse.attestations.queries import (
    Chiffres,
    find_par_code,
    get_attestation,
    get_mandat,
    list_attestations,
    list_mandats,
    read_chiffres,
)
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.codes import new_code
from mse.core.qr import draw_qr
from mse.core.text import _
from mse.core.web import (
    CONNECTE,
    PUBLIC,
    ActionForm,
    confirm,
    droit,
    lien,
    moi,
    redirect_untraced,
    render,
    send_stored,
)
from mse.impressions.models import Impression
from mse.impressions.queries import map_privees
from mse.representation.models import Mandat

_CODE, _CODE_MAX = "attestation", 60  # session key of the last code; its length

bp = Blueprint("attestations", __name__)


@bp.context_processor
def _section() -> dict[str, str]:
    """Return the menu entry of these pages."""
    return {"section": "mon_espace"}


@bp.get("/mes-attestations")
@droit(CONNECTE)
def liste() -> ResponseReturnValue:
    attestations = list_attestations(moi())
    return render(
        "attestations/liste.html",
        mandats=[(mandat, read_chiffres(mandat)) for mandat in list_mandats(moi())],
        attestations=attestations,
        impressions=map_privees([une.sujet for une in attestations], moi().id),
        le=today(),
    )


@bp.route("/mandats/<int:mandat_id>/attestation", methods=["GET", "POST"])
@droit(peut_attester, sur=get_mandat)
def etablir(mandat: Mandat) -> ResponseReturnValue:
    """Show what the attestation will say, then make it. The code is on its PDF only."""
    form, chiffres, compte = ActionForm(), read_chiffres(mandat), moi()
    if form.validate_on_submit():
        code = new_code()
        page = write_page(mandat, compte, chiffres, code)
        use_cases.etablir_attestation(mandat, chiffres, code=code, page=page, par=compte)
        confirm(_("Votre attestation se prépare\u202f: son PDF arrive dans quelques secondes."))
        return redirect(url_for("attestations.liste", _anchor="attestations"), 303)
    return render("attestations/etablir.html", form=form, mandat=mandat, chiffres=chiffres, le=today())


def write_page(mandat: Mandat, compte: Compte, chiffres: Chiffres, code: str) -> str:
    """Return the page that is printed: the only place where the name and the code stand together."""
    adresse = lien("attestations.code_flashe", code=code)
    return render_template(
        "papier/attestation.html",
        mandat=mandat,
        compte=compte,
        chiffres=chiffres,
        code=code,
        adresse=adresse,
        verifier=lien("attestations.verifier"),
        qr=draw_qr(adresse, _("Code QR vers la page de vérification")),
        le=today(),
    )


@bp.get("/mes-attestations/<int:attestation_id>.pdf")
@droit(peut_tenir, sur=get_attestation)
def attestation_pdf(attestation: Attestation) -> Response:
    """Return the PDF; 404 before the worker has written it, and once it was erased."""
    impression = map_privees([attestation.sujet], moi().id).get(attestation.sujet)
    if impression is None or impression.fichier is None:
        abort(404)
    return send_stored(
        Impression.store.path(impression.fichier), "application/pdf", name=f"attestation-{attestation.id}.pdf"
    )


@bp.route("/mes-attestations/<int:attestation_id>/annulation", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_attestation)
def revoquer(attestation: Attestation) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        use_cases.revoquer_attestation(attestation, par=moi())
        confirm(_("C’est fait\u202f: le code de cette attestation n’est plus valable."))
        return redirect(url_for("attestations.liste"), 303)
    return render("attestations/revoquer.html", form=form, attestation=attestation)


@bp.get("/attestations/<code>")
@droit(PUBLIC)
def code_flashe(code: str) -> ResponseReturnValue:
    """Move the code from the URL to the session, then show the page that checks it."""
    session[_CODE] = code[:_CODE_MAX]
    return redirect_untraced("attestations.verifier")


@bp.route("/attestations", methods=["GET", "POST"])
@droit(PUBLIC)
def verifier() -> ResponseReturnValue:
    """Check a code. The page shows dates and figures; never a name, a promotion or an organisme."""
    code = str(session.get(_CODE, ""))
    form = CodeForm(code=code)
    if form.validate_on_submit():
        session[_CODE] = (form.code.data or "")[:_CODE_MAX]
        return redirect(url_for("attestations.verifier"), 303)
    return render(
        "attestations/verifier.html",
        form=form,
        code=code,
        attestation=find_par_code(code) if code and not form.errors else None,
        section="accueil",
    )
