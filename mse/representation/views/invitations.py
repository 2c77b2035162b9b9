"""Pages of pending invitations: send again, correct the address, print a sheet with a code."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import DUREES, Compte, NatureJeton, dire_identifiant
from mse.comptes.queries import list_refus
from mse.core.clock import now, today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.pagination import read_cursor
from mse.core.qr import draw_qr
from mse.core.text import _, ngettext
from mse.core.web import droit, lien, moi, own_path, render
from mse.representation.forms.invitations import AdresseForm, InvitationForm, Moyen, RelanceForm
from mse.representation.policies import peut_en_inviter, peut_inviter, roles_en_mots
from mse.representation.queries.invites import get_invite, list_invites
from mse.representation.queries.jamais_ouverts import PERSONNES_MAX, Cible, list_groupes
from mse.representation.use_cases.inviter import corriger_adresse as corriger
from mse.representation.use_cases.inviter import imprimer_code, relancer_invitations, renvoyer_invitation
from mse.representation.views import bp


@bp.get("/invitations")
@droit(peut_en_inviter)
def invitations() -> ResponseReturnValue:
    comptes, suite = list_invites(moi(), after=read_cursor(request.args.get("apres", "")))
    refus = list_refus(compte.adresse for compte in comptes)
    return render(
        "representation/invitations.html",
        personnes=comptes,
        suite=suite,
        refus=refus,
        tient=tient_annuaire(moi()),
        section="mon_espace",
    )


@bp.route("/invitations/jamais-ouvertes", methods=["GET", "POST"])
@droit(tient_annuaire)
def jamais_ouvertes() -> ResponseReturnValue:
    """List the accounts never opened, by acteur or by promotion; invite again one person or a group."""
    form = RelanceForm()
    if form.validate_on_submit():
        n = relancer_invitations(*_read_cible(form), par=moi())
        parties = ngettext("%(num)s invitation part.", "%(num)s invitations partent.", n)
        rien = _("Rien ne part\u202f: la dernière a moins d’une semaine, ou l’adresse ne reçoit rien.")
        flash(parties if n else rien, "succes" if n else "info")
        return redirect(own_path(request.full_path.rstrip("?")) or request.path, 303)
    par = Cible.PROMOTION if request.args.get("par") == Cible.PROMOTION else Cible.ACTEUR
    groupes, suite = list_groupes(par, le=today(), apres=read_cursor(request.args.get("apres", "")))
    return render(
        "representation/jamais_ouvertes.html",
        form=form,
        groupes=groupes,
        par=par,
        par_promotion=par == Cible.PROMOTION,
        suite=suite,
        maximum=PERSONNES_MAX,
        section="mon_espace",
    )


def _read_cible(form: RelanceForm) -> tuple[Cible, int]:
    try:
        return Cible(form.cible.data or ""), read_id(form.cible_id.data)
    except ValueError as error:
        phrase = _("Cette page a été abîmée en route\u202f: rouvrez-la, puis recommencez.")
        raise DonneeInvalide(phrase) from error


@bp.route("/invitations/<int:compte_id>", methods=["GET", "POST"])
@droit(peut_inviter, sur=get_invite)
def invitation(compte: Compte) -> ResponseReturnValue:
    form = InvitationForm()
    if form.validate_on_submit():
        if form.moyen.data == Moyen.FEUILLE:
            return _render_sheet(compte, imprimer_code(compte, par=moi()))
        if renvoyer_invitation(compte, par=moi()):
            phrase = _(
                "Un nouveau courriel part vers %(prenom)s. Le lien d’avant ne sert plus.",
                prenom=compte.prenom,
            )
        else:
            phrase = _("Une invitation vient de partir : attendez dix minutes avant d’en envoyer une autre.")
        flash(phrase, "info")
        return redirect(url_for("representation.invitation", compte_id=compte.id), 303)
    return render(
        "representation/invitation.html",
        form=form,
        personne=compte,
        identifiant=dire_identifiant(compte.identifiant or ""),
        refus=list_refus([compte.adresse]),
        section="mon_espace",
    )


@bp.route("/invitations/<int:compte_id>/adresse", methods=["GET", "POST"])
@droit(peut_inviter, sur=get_invite)
def corriger_adresse(compte: Compte) -> ResponseReturnValue:
    """Correct the address of an invitation. The form and the confirmation are on the page that lists the
    mails not delivered."""
    form = AdresseForm()
    if form.validate_on_submit():
        prenom = compte.prenom
        if corriger(compte, form.courriel.data or "", par=moi()):
            phrase = _(
                "Une invitation part à la nouvelle adresse de %(prenom)s. Le lien d’avant ne sert plus.",
                prenom=prenom,
            )
        else:
            phrase = _(
                "L’adresse de %(prenom)s est déjà celle-là : une invitation y est partie.", prenom=prenom
            )
        flash(phrase, "succes")
        return redirect(
            own_path(form.retour.data) or url_for("representation.invitation", compte_id=compte.id), 303
        )
    return render("representation/invitation_adresse.html", form=form, personne=compte, section="mon_espace")


def _render_sheet(compte: Compte, code: str) -> str:
    """Render the sheet. The code is stored hashed, so it cannot be shown again."""
    adresse = lien("comptes.code_flashe", code=code)
    return render_template(
        "representation/feuille.html",
        personne=compte,
        code=f"{code[:4]} {code[4:8]} {code[8:]}",
        qr=draw_qr(adresse, _("Code QR vers la page d’entrée")),
        adresse=lien("comptes.code"),
        retour=lien("comptes.connexion"),
        identifiant=dire_identifiant(compte.identifiant or ""),
        fin=now() + DUREES[NatureJeton.CODE],
        section="mon_espace",
    )


@bp.app_template_filter("roles_en_mots")
def _roles(compte: Compte) -> list[str]:
    """Template filter: see `policies.roles_en_mots`."""
    return roles_en_mots(compte)
