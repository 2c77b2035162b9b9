"""Pages where animateurs and administrateurs manage comptes and end roles."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.policies import est_administrateur, tient_annuaire
from mse.comptes.api import describe_welcome
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.pagination import read_cursor
from mse.core.text import _
from mse.core.web import ActionForm, droit, moi, render
from mse.representation.forms.comptes import FiltresComptesForm, MembreForm
from mse.representation.policies import peut_fermer_compte
from mse.representation.queries.comptes import EtatCompte, get_compte, list_comptes
from mse.representation.queries.invites import list_corrigeables
from mse.representation.use_cases import comptes as use_cases
from mse.representation.views import bp


@bp.get("/comptes")
@droit(tient_annuaire)
def comptes() -> ResponseReturnValue:
    form = FiltresComptesForm(request.args)
    if request.args and not form.validate():
        raise DonneeInvalide(_("Un des filtres n’est pas valable : choisissez-les dans les listes."))
    etat = EtatCompte(form.etat.data) if form.etat.data else None
    page = list_comptes(form.q.data or "", etat, read_cursor(request.args.get("apres", "")), le=today())
    choix = {nom: valeur for nom, valeur in form.data.items() if valeur}
    return render(
        "representation/comptes.html",
        champs=form,
        choix=choix,
        page=page,
        corrigeables=list_corrigeables(moi(), [ligne.id for ligne in page.rows if ligne.refuse_le]),
        suite=url_for("representation.comptes", **choix, apres=page.next) if page.next else None,
        moi_id=moi().id,
        administre=est_administrateur(moi()),
    )


@bp.route("/comptes/nouveau", methods=["GET", "POST"])
@droit(est_administrateur)
def nouveau_membre() -> ResponseReturnValue:
    form = MembreForm()
    if form.validate_on_submit():
        compte, nouveau = use_cases.accueillir_membre(
            prenom=form.prenom.data or "",
            nom=form.nom.data or "",
            courriel=form.courriel.data or "",
            administrateur=form.role.data == "administration",
            par=moi(),
        )
        deja = _("%(prenom)s a déjà ce rôle.", prenom=compte.prenom)
        flash(describe_welcome(compte) if nouveau else deja, "succes" if nouveau else "info")
        return redirect(url_for("representation.comptes"), 303)
    return render("representation/nouveau_membre.html", form=form)


@bp.route("/comptes/<int:compte_id>/fermeture", methods=["GET", "POST"])
@droit(peut_fermer_compte, sur=get_compte)
def fermer_compte(compte: Compte) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        use_cases.fermer_compte(compte, par=moi())
        flash(_("Le compte est fermé, ses connexions aussi."), "succes")
        return redirect(url_for("representation.comptes"), 303)
    return render("representation/fermer_compte.html", form=form, cible=compte)


@bp.route("/comptes/<int:compte_id>/reouverture", methods=["GET", "POST"])
@droit(peut_fermer_compte, sur=get_compte)
def rouvrir_compte(compte: Compte) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        use_cases.rouvrir_compte(compte, par=moi())
        flash(_("Le compte est rouvert. Redonnez un rôle à cette personne."), "succes")
        return redirect(url_for("representation.comptes"), 303)
    return render("representation/rouvrir_compte.html", form=form, cible=compte)
