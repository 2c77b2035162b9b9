"""Management pages of an acteur: profile, compétences, closing and history."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.forms.gestion import ActeurCompletForm, ActeurForm, CompetenceForm
from mse.annuaire.forms.repertoire import FiltresSansCompteForm
from mse.annuaire.models import Acteur, Competence
from mse.annuaire.policies import peut_gerer, peut_tenir, tient_annuaire
from mse.annuaire.queries import (
    FiltresActeurs,
    get_acteur,
    get_competence,
    list_acteurs,
    list_themes,
)
from mse.annuaire.use_cases import creer, gerer
from mse.annuaire.validation import lire_commune
from mse.annuaire.views import bp
from mse.annuaire.views.repertoire import territoire_choices
from mse.core.errors import DonneeInvalide
from mse.core.pagination import read_cursor
from mse.core.text import _, lazy
from mse.core.web import ActionForm, SuppressionForm, confirm, droit, moi, options, render, sign_return


@bp.route("/acteurs/<int:acteur_id>/profil", methods=["GET", "POST"])
@droit(peut_gerer, sur=get_acteur)
def modifier(acteur: Acteur) -> ResponseReturnValue:
    complet = tient_annuaire(moi())
    form = (ActeurCompletForm if complet else ActeurForm)(
        obj=acteur, lieu=acteur.commune.nom_precis if acteur.commune else "", zone=_zone(acteur)
    )
    _prepare(form)
    if form.validate_on_submit():
        gerer.modifier_acteur(acteur, par=moi(), version=form.version.data, **form.saisie())
        return to_gestion(_("La fiche d’identité est enregistrée."))
    return render("annuaire/profil.html", form=form, acteur=acteur, complet=complet)


@bp.route("/acteurs/nouveau", methods=["GET", "POST"])
@droit(tient_annuaire)
def nouveau() -> ResponseReturnValue:
    form = ActeurCompletForm()
    _prepare(form)
    if form.validate_on_submit():
        acteur = creer.creer_acteur(par=moi(), **form.saisie())
        confirm(_("%(nom)s est dans l’annuaire.", nom=acteur.nom))
        return redirect(url_for("representation.gestion", acteur_id=acteur.id), 303)
    return render("annuaire/profil.html", form=form, acteur=None, complet=True)


@bp.get("/acteurs/sans-compte")
@droit(tient_annuaire)
def sans_compte() -> ResponseReturnValue:
    form = FiltresSansCompteForm(request.args)
    if request.args and not form.validate():
        raise DonneeInvalide(_("Un des filtres n’est pas valable : choisissez-les dans les listes."))
    filtres = FiltresActeurs(nature=form.get_nature(), nom=form.q.data or "", sans_compte=True)
    page = list_acteurs(filtres, read_cursor(request.args.get("apres", "")))
    choix = {nom: valeur for nom, valeur in form.data.items() if valeur}
    return render(
        "annuaire/sans_compte.html",
        champs=form,
        choix=choix,
        page=page,
        suite=url_for("annuaire.sans_compte", **choix, apres=page.next) if page.next else None,
    )


@bp.route("/acteurs/<int:acteur_id>/competences/nouvelle", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_acteur)
def nouvelle_competence(acteur: Acteur) -> ResponseReturnValue:
    form = CompetenceForm()
    form.theme_code.choices = options(
        [("", _("Tous les thèmes")), *((theme.code, theme.libelle) for theme in list_themes())]
    )
    form.territoire_code.choices = territoire_choices(_("Tout le territoire"), racine=False)
    if form.validate_on_submit():
        creer.creer_competence(
            acteur, theme_code=form.theme_code.data, territoire_code=form.territoire_code.data, par=moi()
        )
        return to_gestion(
            _("La compétence est ajoutée. Les prochaines fiches en tiennent compte."), voir="#competences"
        )
    return render("annuaire/competence.html", form=form, acteur=acteur)


@bp.route("/acteurs/<int:acteur_id>/competences/<int:competence_id>/retrait", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_competence, parti=lazy("Cette compétence est déjà retirée."))
def retirer_competence(competence: Competence) -> ResponseReturnValue:
    form = SuppressionForm(vu=sign_return(url_for("representation.gestion", acteur_id=competence.acteur_id)))
    if form.validate_on_submit():
        gerer.retirer_competence(competence, par=moi())
        return to_gestion(
            _("La compétence est retirée. Les fiches déjà confiées restent où elles sont."),
            voir="#competences",
        )
    return render("annuaire/retirer_competence.html", form=form, competence=competence)


@bp.post("/acteurs/<int:acteur_id>/fermeture")
@droit(peut_tenir, sur=get_acteur)
def fermer(acteur: Acteur) -> ResponseReturnValue:
    """Receive the form of `responsables.fermeture`, which lists what the acteur still has to answer."""
    if ActionForm().validate_on_submit():
        gerer.fermer_acteur(acteur, par=moi())
        return to_gestion(_("C’est fermé. Sa page et ses réponses restent publiques."))
    return redirect(request.path, 303)  # after a refusal; the page shows its message


@bp.route("/acteurs/<int:acteur_id>/reouverture", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_acteur)
def rouvrir(acteur: Acteur) -> ResponseReturnValue:
    form = ActionForm()
    if form.validate_on_submit():
        gerer.rouvrir_acteur(acteur, par=moi())
        return to_gestion(_("C’est rouvert : on peut de nouveau lui adresser des fiches."))
    return render("annuaire/rouvrir.html", form=form, acteur=acteur)


def to_gestion(phrase: str, *, voir: str = "") -> ResponseReturnValue:
    """Redirect with a confirmation to the management page of the acteur in the URL. `voir`: see `confirm`."""
    acteur_id = (request.view_args or {})["acteur_id"]
    confirm(phrase, voir=voir)
    return redirect(url_for("representation.gestion", acteur_id=acteur_id), 303)


def _zone(acteur: Acteur) -> str:
    """Return the value of the field `zone`: the code of the territoire, or empty if it is that of the commune
    and must change with it."""
    if acteur.commune is not None and acteur.commune.territoire_code == acteur.territoire_code:
        return ""
    return acteur.territoire_code or ""


def _prepare(form: ActeurForm) -> None:
    form.lire_commune = lire_commune
    form.zone.choices = territoire_choices(_("Celui de la commune"))
