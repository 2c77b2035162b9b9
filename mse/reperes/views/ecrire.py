"""Pages that write a repère: from an answer, its draft, its publication, a new version."""

from typing import Any
from uuid import uuid4

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from mse.annuaire.queries import list_themes
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.html import sanitize
from mse.core.text import _, lazy
from mse.core.web import (
    SuppressionForm,
    VersionedForm,
    confirm,
    droit,
    moi,
    options,
    render,
    show_form_again,
    sign_return,
)
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_promouvoir
from mse.fiches.queries.pages import get_saisine
from mse.reperes.contenu import exige_codes, read_contenu_de
from mse.reperes.forms import BrouillonForm, NouveauRepereForm, RepereForm, VersionForm
from mse.reperes.models import Repere
from mse.reperes.policies import peut_supprimer, peut_tenir
from mse.reperes.queries.lieux import get_noms
from mse.reperes.queries.listes import list_voisins
from mse.reperes.queries.pages import get_repere, get_repere_tire, get_reponse
from mse.reperes.queries.territoires import list_choix
from mse.reperes.use_cases import ecrire as use_cases
from mse.reperes.validation import Contenu, add_year, exige_motif, read_contenu
from mse.reperes.views import UN, bp


@bp.route("/fiches/<int:fiche_id>/saisines/<int:saisine_id>/repere", methods=["GET", "POST"])
@droit(peut_promouvoir, sur=get_saisine)
def promouvoir(saisine: Saisine) -> ResponseReturnValue:
    """Begin a draft with the last answer of the owner."""
    reponse = get_reponse(saisine)
    if reponse is None:
        raise TransitionInterdite(_("Cette fiche n’a pas de réponse dont faire un repère."))
    deja = get_repere_tire(reponse.id)
    if (
        request.method == "GET"
        and deja is not None
        and not (deja.est_brouillon and not peut_tenir(moi(), deja))
    ):
        return redirect(url_for("reperes.detail", repere_id=deja.id), 303)
    fiche = saisine.fiche
    form = NouveauRepereForm(
        cle=str(uuid4()),
        titre=fiche.titre,
        texte=reponse.texte,
        themes=[fiche.theme_code],
        territoires=[fiche.territoire.lignee[-1].code],
        valable_du=today(),
        a_revoir_le=add_year(today()),
    )
    if form.validate_on_submit():
        repere = use_cases.creer_repere(saisine, _read(form), cle=form.cle.data, par=moi())
        return _continue(repere)
    return _page(form, fiche=fiche)


@bp.route(f"{UN}/modification", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_repere)
def modifier(repere: Repere) -> ResponseReturnValue:
    """Change a draft; or write a new version, with a preview first."""
    if not repere.est_brouillon:
        return _new_version(repere)
    form = BrouillonForm(obj=repere)
    if form.validate_on_submit():
        use_cases.ecrire_repere(repere, _read(form), version=form.version.data, par=moi())
        return _continue(repere)
    return _page(form, repere=repere)


@bp.route(f"{UN}/publication", methods=["GET", "POST"])
@droit(peut_tenir, sur=get_repere)
def publier(repere: Repere) -> ResponseReturnValue:
    """Read a draft again as the public will, then publish it."""
    form = VersionedForm(version=repere.version)
    if form.validate_on_submit():
        use_cases.publier_repere(repere, version=form.version.data, par=moi())
        confirm(_("Le repère est publié. Il est montré à qui écrit une fiche sur le même thème."))
        return redirect(url_for("reperes.detail", repere_id=repere.id), 303)
    if not repere.est_brouillon:
        return redirect(url_for("reperes.detail", repere_id=repere.id), 303)
    return render(
        "reperes/publication.html",
        form=form,
        repere=repere,
        manque=_say_what_lacks(repere),
        voisins=list_voisins(repere.themes, repere.territoires, sauf=repere.id),
        noms=get_noms(),
        le=today(),
    )


@bp.route(f"{UN}/suppression", methods=["GET", "POST"])
@droit(peut_supprimer, sur=get_repere, parti=lazy("Ce brouillon est déjà supprimé."))
def supprimer(repere: Repere) -> ResponseReturnValue:
    form = SuppressionForm(vu=sign_return(url_for("accueil.mon_espace")))
    if form.validate_on_submit():
        use_cases.supprimer_repere(repere, par=moi())
        confirm(_("Le brouillon est supprimé."))
        return redirect(url_for("accueil.mon_espace"), 303)
    return render("reperes/supprimer.html", form=form, repere=repere)


def _new_version(repere: Repere) -> ResponseReturnValue:
    form = VersionForm(obj=repere, motif="")
    if "corriger" in request.form and not form.is_shown_again:
        return _typed_again(repere)
    if form.validate_on_submit():
        contenu = _read(form)
        if "apercu" in request.form:
            return _preview(repere, form, contenu)
        use_cases.modifier_repere(repere, contenu, form.motif.data, version=form.version.data, par=moi())
        confirm(_("La nouvelle version est publiée. Les délégué·es des fiches liées en sont informé·es."))
        return redirect(url_for("reperes.detail", repere_id=repere.id), 303)
    return _page(form, repere=repere)


def _preview(repere: Repere, form: VersionForm, contenu: Contenu) -> ResponseReturnValue:
    """Show the new version as the public will read it. Nothing is stored: the form carries the text."""
    try:
        propre, motif = read_contenu(contenu), exige_motif(form.motif.data or "")
        exige_codes(propre)
    except DonneeInvalide as error:
        return _typed_again(repere, str(error), champ=error.champ or "motif")
    return render(
        "reperes/apercu.html",
        form=form,
        repere=repere,
        contenu=propre,
        texte_html=sanitize(propre.texte),
        motif=motif,
        champs=[
            (nom, valeur)
            for nom, valeur in request.form.items(multi=True)
            if nom in form and nom != "csrf_token"
        ],
        noms=get_noms(),
        le=today(),
    )


def _typed_again(repere: Repere, phrase: str = "", champ: str = "") -> BaseResponse:
    page = url_for("reperes.modifier", repere_id=repere.id)
    fields = [(nom, valeur) for nom, valeur in request.form.items(multi=True) if nom != "csrf_token"]
    return show_form_again(page, fields, message=phrase, champ=champ, status=422 if phrase else 200)


def _read(form: Any) -> Contenu:
    return Contenu(
        titre=form.titre.data or "",
        texte=form.texte.data or "",
        base=form.base.data or "",
        base_lien=form.base_lien.data or None,
        themes=tuple(form.themes.data or ()),
        territoires=tuple(form.territoires.data or ()),
        valable_du=form.valable_du.data,
        a_revoir_le=form.a_revoir_le.data,
    )


def _continue(repere: Repere) -> ResponseReturnValue:
    if "plus_tard" in request.form:
        confirm(_("Votre brouillon est enregistré. Vous le retrouverez ici."))
        return redirect(url_for("accueil.mon_espace"), 303)
    return redirect(url_for("reperes.publier", repere_id=repere.id), 303)


def _say_what_lacks(repere: Repere) -> str:
    """Return why the draft cannot be published yet, an empty text if it can."""
    try:
        read_contenu(read_contenu_de(repere))
    except DonneeInvalide as error:
        return str(error)
    return ""


def _page(form: RepereForm, *, repere: Repere | None = None, fiche: Any = None) -> ResponseReturnValue:
    gardes = set(repere.themes) if repere else set()
    form.themes.choices = options(
        (theme.code, theme.libelle)
        for theme in list_themes(retires=True)
        if theme.retire_le is None or theme.code in gardes
    )
    grands, petits = list_choix()
    form.territoires.choices = options([*grands, *(lieu for _groupe, lieux in petits for lieu in lieux)])
    return render(
        "reperes/formulaire.html",
        form=form,
        repere=repere,
        fiche=fiche,
        grands=[code for code, _nom in grands],
        petits=[(groupe, [code for code, _nom in lieux]) for groupe, lieux in petits],
    )
