"""Give a verdict through the link of an e-mail, without signing in. The link gives no other access."""

from datetime import timedelta

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from mse.avis.views import bp
from mse.avis.views.suivre import make_avis_form, page_avis, send_avis
from mse.comptes.models import Jeton, NatureJeton, hash_secret
from mse.comptes.queries import get_jeton
from mse.core.clock import now
from mse.core.dates import jour
from mse.core.text import _, lazy
from mse.core.web import PUBLIC, confirm, droit, moi, redirect_untraced, render
from mse.fiches.api import Statut, Valeur
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import peut_donner_avis_par_lien
from mse.fiches.queries.pages import get_saisine_par_id

COOKIE = "avis"  # session key: holds the hash of the link's secret
LIEN_PERDU = lazy(
    "Il est trop vieux, votre mandat est terminé, votre adresse n’est pas confirmée, "
    "ou la fiche a été retirée."
)
PERDU = 410
_ECART = timedelta(minutes=1)  # clock skew between web and worker


@bp.get("/avis/<secret>")
@droit(PUBLIC)
def recu(secret: str) -> Response:
    """Keep the hash of the secret in the session and redirect, so that the secret leaves the address bar.

    A robot that opens the link changes nothing.
    """
    session[COOKIE] = hash_secret(secret)
    return redirect_untraced("avis.par_lien")


@bp.route("/avis", methods=["GET", "POST"])
@droit(PUBLIC)
def par_lien() -> ResponseReturnValue:
    """Give or change a verdict on the announced answer, for 30 days. Only a POST records it."""
    recu = read_link()
    if recu is None:
        return show_lost(LIEN_PERDU)
    jeton, saisine = recu
    if refus := _refus(jeton, saisine):
        return show_lost(refus, saisine.fiche)
    form = make_avis_form(saisine)
    if form.validate_on_submit():
        phrase = _remercier(saisine, send_avis(form, saisine, par=jeton.compte))
        confirm(phrase, voir=f"#saisine-{saisine.id}")
        return redirect(url_for("fiches.detail", fiche_id=saisine.fiche_id), 303)
    return page_avis(form, saisine, par=jeton.compte, par_lien=True)


@bp.get("/avis/plus-tard")
@droit(PUBLIC)
def plus_tard() -> ResponseReturnValue:
    """«I do not know yet»: no verdict, nothing is stored. Say until when the link works."""
    recu = read_link()
    if recu is None:
        return show_lost(LIEN_PERDU)
    jeton, saisine = recu
    phrase = _(
        "Pas de problème. Le lien de votre courriel sert jusqu’au %(jour)s.", jour=jour(jeton.expire_le)
    )
    confirm(phrase, voir=f"#saisine-{saisine.id}")
    return redirect(url_for("fiches.detail", fiche_id=saisine.fiche_id), 303)


def read_link() -> tuple[Jeton, Saisine] | None:
    """Return the token of the link kept in the session and its saisine, if its holder may still use it."""
    jeton = get_jeton(str(session.get(COOKIE, "")), NatureJeton.AVIS, le=now())
    saisine = get_saisine_par_id(jeton.objet_id) if jeton is not None else None
    if jeton is None or saisine is None or not peut_donner_avis_par_lien(jeton.compte, saisine):
        return None
    return jeton, saisine


def _remercier(saisine: Saisine, valeur: Valeur) -> str:
    """Thank. If the answer did not fully help, link to the request to reopen, which needs a sign-in."""
    merci = _("Merci. Votre avis est affiché à côté de la réponse.")
    if moi() is not None or valeur == Valeur.OUI or saisine.demande_courante() is not None:
        return merci
    adresse = url_for("avis.demander_reouverture", fiche_id=saisine.fiche_id, saisine_id=saisine.id)
    suite = _("Connectez-vous pour demander de rouvrir la fiche")
    return Markup('{} <a href="{}">{}</a>.').format(merci, adresse, suite)


def _refus(jeton: Jeton, saisine: Saisine) -> str | None:
    """Why the link no longer applies: no answer, or a newer one than the e-mail announced. Else None."""
    titre = saisine.fiche.titre
    if saisine.statut not in (Statut.REPONSE, Statut.REGLEE):
        return _(
            "« %(titre)s » n’attend pas d’avis en ce moment : elle a été rouverte ou abandonnée depuis.",
            titre=titre,
        )
    assert saisine.derniere_reponse_le is not None
    if jeton.emis_le < saisine.derniere_reponse_le - _ECART:
        return _(
            "« %(titre)s » a reçu une autre réponse depuis : ouvrez le lien du courriel qui l’annonce.",
            titre=titre,
        )
    return None


def show_lost(phrase: str, fiche: Fiche | None = None) -> ResponseReturnValue:
    """Explain why the link does not work. A comment already typed is shown again, to be copied."""
    ecrit = request.form.get("commentaire", "")
    return render("avis/avis_perdu.html", phrase=phrase, fiche=fiche, ecrit=ecrit)[0], PERDU
