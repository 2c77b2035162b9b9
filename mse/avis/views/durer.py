"""Say whether a problem declared solved has come back: signed in, or by the link of a mail."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mse.avis import use_cases as suivre
from mse.avis.forms import DurabiliteForm
from mse.avis.views import bp
from mse.avis.views.par_lien import COOKIE, LIEN_PERDU, read_link, show_lost
from mse.avis.views.suivre import SAISINE, show_form, to_saisine
from mse.comptes.models import Compte, hash_secret
from mse.core.text import _
from mse.core.web import PUBLIC, droit, moi, redirect_untraced
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_donner_avis
from mse.fiches.queries.pages import get_saisine


@bp.route(f"{SAISINE}/durabilite", methods=["GET", "POST"])
@droit(peut_donner_avis, sur=get_saisine)
def dire_durabilite(saisine: Saisine) -> ResponseReturnValue:
    if not saisine.attend_durabilite:  # the page of the fiche shows the present state
        return redirect(url_for("fiches.detail", fiche_id=saisine.fiche_id), 303)
    return _ask(saisine, par=moi())


@bp.get("/durable/<secret>")
@droit(PUBLIC)
def durabilite_recue(secret: str) -> Response:
    """Keep the hash in the session and redirect, as for the link of a verdict."""
    session[COOKIE] = hash_secret(secret)
    return redirect_untraced("avis.durabilite_par_lien")


@bp.route("/durable", methods=["GET", "POST"])
@droit(PUBLIC)
def durabilite_par_lien() -> ResponseReturnValue:
    recu = read_link()
    if recu is None:
        return show_lost(LIEN_PERDU)
    jeton, saisine = recu
    if not saisine.attend_durabilite:
        phrase = _(
            "La fiche « %(titre)s » a changé depuis : elle n’est plus réglée.", titre=saisine.fiche.titre
        )
        return show_lost(phrase, saisine.fiche)
    return _ask(saisine, par=jeton.compte)


def _ask(saisine: Saisine, *, par: Compte) -> ResponseReturnValue:
    form = DurabiliteForm(reponse=request.args.get("reponse"))
    if form.validate_on_submit():
        revenu = form.reponse.data == "oui"
        suivre.dire_durabilite(saisine, form.texte.data or "", est_durable=not revenu, par=par)
        if revenu:
            phrase = _("Merci. C’est écrit sur la fiche. Vous pouvez aussi demander de la rouvrir.")
        else:
            phrase = _("Merci. La fiche est montrée comme réglée durablement.")
        return to_saisine(saisine, phrase)
    return show_form("durabilite", form, saisine)
