"""Pages to edit thèmes and territoires."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.forms.gestion import TerritoireForm, ThemeExistantForm, ThemeForm
from mse.annuaire.libelles import LIBELLES
from mse.annuaire.models import Territoire, Theme
from mse.annuaire.policies import peut_tenir, tient_annuaire
from mse.annuaire.queries import get_territoire, get_theme, list_territoires, list_themes
from mse.annuaire.queries.changements import list_changements_de_territoires, list_changements_de_themes
from mse.annuaire.use_cases import configurer
from mse.annuaire.views import bp
from mse.core.text import _
from mse.core.web import droit, moi, options, render


@bp.get("/themes")
@droit(tient_annuaire)
def themes() -> ResponseReturnValue:
    return render(
        "annuaire/themes.html",
        themes=list_themes(retires=True),
        changements=list_changements_de_themes(),
        libelles=LIBELLES,
    )


@bp.route("/themes/nouveau", methods=["GET", "POST"])
@droit(tient_annuaire)
def nouveau_theme() -> ResponseReturnValue:
    autres = list_themes(retires=True)
    form = ThemeForm(apres=autres[-1].code if autres else "")
    _offer_places(form, autres)
    if form.validate_on_submit():
        configurer.creer_theme(
            form.libelle.data or "", apres=form.apres.data, organisme=form.organisme.data, par=moi()
        )
        flash(_("Le thème est ajouté."), "succes")
        return redirect(url_for("annuaire.themes"), 303)
    return render("annuaire/theme.html", form=form, theme=None)


@bp.route("/themes/<theme_id>", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_theme)
def theme(theme: Theme) -> ResponseReturnValue:
    tous = list_themes(retires=True)
    rang = tous.index(theme)
    form = ThemeExistantForm(
        obj=theme, apres=tous[rang - 1].code if rang else "", retire=theme.retire_le is not None
    )
    _offer_places(form, [autre for autre in tous if autre is not theme])
    if form.validate_on_submit():
        configurer.modifier_theme(
            theme,
            libelle=form.libelle.data or "",
            apres=form.apres.data,
            organisme=form.organisme.data,
            retire=form.retire.data,
            version=form.version.data,
            par=moi(),
        )
        flash(_("Le thème est enregistré."), "succes")
        return redirect(url_for("annuaire.themes"), 303)
    return render("annuaire/theme.html", form=form, theme=theme)


@bp.get("/territoires")
@droit(tient_annuaire)
def territoires() -> ResponseReturnValue:
    return render(
        "annuaire/territoires.html",
        territoires=list_territoires(),
        changements=list_changements_de_territoires(),
        libelles=LIBELLES,
    )


@bp.route("/territoires/<territoire_id>", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_territoire)
def territoire(territoire: Territoire) -> ResponseReturnValue:
    form = TerritoireForm(obj=territoire)
    if form.validate_on_submit():
        configurer.renommer_territoire(territoire, form.nom.data or "", version=form.version.data, par=moi())
        flash(_("Le nom est enregistré."), "succes")
        return redirect(url_for("annuaire.territoires"), 303)
    return render("annuaire/territoire.html", form=form, territoire=territoire)


def _offer_places(form: ThemeForm, autres: list[Theme]) -> None:
    places = ((autre.code, _("Après « %(theme)s »", theme=autre.libelle)) for autre in autres)
    form.apres.choices = options([("", _("En premier")), *places])
