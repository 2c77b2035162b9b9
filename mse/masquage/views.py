"""Pages of the masking: choose the words, see where they stand, mask them; show them again."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.core.html import mark, sanitize
from mse.core.text import _
from mse.core.web import ActionForm, confirm, droit, moi, render
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN
from mse.masquage import use_cases
from mse.masquage.adresses import locate
from mse.masquage.forms import PassageForm
from mse.masquage.models import Passage
from mse.masquage.passages import dire_introuvable
from mse.masquage.policies import peut_masquer_passage, peut_retablir
from mse.masquage.queries import Trouvaille, find_mots, get_page, get_passage, list_passages
from mse.masquage.textes import render_texts
from mse.masquage.workflow import Sujet

bp = Blueprint("masquage", __name__)


@bp.route(
    "/fiches/<int:fiche_id>/passages",
    endpoint="fiche",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.FICHE},
)
@bp.route(
    "/initiatives/<int:initiative_id>/passages",
    endpoint="initiative",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.INITIATIVE},
)
@bp.route(
    "/reperes/<int:repere_id>/passages",
    endpoint="repere",
    methods=["GET", "POST"],
    defaults={"sujet": Sujet.REPERE},
)
@droit(peut_masquer_passage, sur=get_page)
def masquer(page: Any, sujet: Sujet) -> ResponseReturnValue:
    """The first button shows where the words stand; the second masks them."""
    form = PassageForm()
    cherche = form.mots.data if form.mots.data and form.mots.validate(form) else None
    trouvailles = find_mots(sujet, page.id, cherche) if cherche else []
    if form.validate_on_submit():
        if form.masquer.data:
            rendus = render_texts(trouvailles)
            use_cases.masquer_passage(
                sujet, page, form.mots.data, form.motif.data or "", rendus=rendus, par=moi()
            )
            confirm(_("Le passage est masqué. Les auteurs de ces textes reçoivent votre raison."))
            return redirect(_address(sujet, page.id), 303)
        if not trouvailles:
            form.mots.errors = [dire_introuvable()]
    return render(
        "masquage/masquer.html",
        form=form,
        page=page,
        retour=_address(sujet, page.id),
        passages=list_passages(sujet, page.id),
        vus=[_show(une) for une in trouvailles],
        minimum=MOTIF_MIN,
        maximum=MOTIF_MAX,
    )


@bp.route("/passages/<int:passage_id>/retablissement", methods=["GET", "POST"])
@droit(peut_retablir, sur=get_passage)
def retablir(passage: Passage) -> ResponseReturnValue:
    """Show the words again. The button is on the page that masks them; a GET redirects there."""
    sujet, page_id = passage.sujet, passage.page_id
    if ActionForm().validate_on_submit():
        use_cases.retablir_passage(passage, par=moi())
        confirm(_("Le texte d’origine est de nouveau public."))
        return redirect(_address(sujet, page_id), 303)
    return redirect(url_for(f"masquage.{sujet}", **locate(sujet, page_id)[1]), 303)


def _address(sujet: Sujet, page_id: int) -> str:
    endpoint, ids = locate(sujet, page_id)
    return url_for(endpoint, **ids)


def _show(une: Trouvaille) -> dict[str, Any]:
    """Return the page of a text, and the text with the words marked."""
    return {"url": _address(une.sujet, une.page_id), "html": mark(sanitize(une.avant), une.mots)}
