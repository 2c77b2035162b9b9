"""Who has not come yet: the mail once more, or a sheet with a code to hand over."""

from typing import Any

import segno
from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from mse.annuaire.forms.invitations import InvitationForm, Moyen
from mse.annuaire.policies import peut_en_inviter, peut_inviter, roles_en_mots
from mse.annuaire.queries.invites import get_invite, list_invites
from mse.annuaire.use_cases.inviter import imprimer_code, renvoyer_invitation
from mse.annuaire.views import bp
from mse.annuaire.views.repertoire import read_cursor
from mse.comptes.models import DUREES, Compte, NatureJeton, dire_identifiant
from mse.comptes.queries import list_refus
from mse.core.clock import now
from mse.core.textes import _
from mse.core.web import droit, lien, moi, render


@bp.get("/invitations")
@droit(peut_en_inviter)
def invitations() -> Any:
    comptes, suite = list_invites(moi(), after=read_cursor(request.args.get("apres", "")))
    refus = list_refus(compte.adresse for compte in comptes)
    return render(
        "annuaire/invitations.html", personnes=comptes, suite=suite, refus=refus, section="mon_espace"
    )


@bp.route("/invitations/<int:compte_id>", methods=["GET", "POST"])
@droit(peut_inviter, sur=get_invite)
def invitation(compte: Compte) -> Any:
    form = InvitationForm()
    if form.validate_on_submit():
        if form.moyen.data == Moyen.FEUILLE:
            return _sheet(compte, imprimer_code(compte, par=moi()))
        renvoyer_invitation(compte, par=moi())
        flash(
            _(
                "Un nouveau courriel part vers %(prenom)s. Le lien d’avant ne sert plus.",
                prenom=compte.prenom,
            ),
            "succes",
        )
        return redirect(url_for("annuaire.invitation", compte_id=compte.id), 303)
    return render(
        "annuaire/invitation.html",
        form=form,
        personne=compte,
        identifiant=dire_identifiant(compte.identifiant or ""),
        refus=list_refus([compte.adresse]),
        section="mon_espace",
    )


def _sheet(compte: Compte, code: str) -> str:
    """Shown once, to be printed at once: nobody can read the code again."""
    adresse = lien("comptes.code_flashe", code=code)
    qr = segno.make(adresse, error="m", micro=False)
    dessin = qr.svg_inline(border=4, light="white", omitsize=True, title=_("Code QR vers la page d’entrée"))
    return render_template(
        "annuaire/feuille.html",
        personne=compte,
        code=f"{code[:4]} {code[4:8]} {code[8:]}",
        qr=Markup(dessin),
        adresse=lien("comptes.code"),
        retour=lien("comptes.connexion"),
        identifiant=dire_identifiant(compte.identifiant or ""),
        fin=now() + DUREES[NatureJeton.CODE],
        section="mon_espace",
    )


@bp.app_template_filter("roles_en_mots")
def _roles(compte: Compte) -> list[str]:
    return roles_en_mots(compte)
