"""Pages of the answer templates of an acteur."""

from typing import Any
from uuid import uuid4

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.queries import get_acteur, list_themes
from mse.core.clock import today
from mse.core.text import _, lazy
from mse.core.web import SuppressionForm, confirm, droit, moi, render, sign_return
from mse.redaction.forms import ModeleExistantForm, ModeleForm, NouveauModeleForm
from mse.redaction.libelles import GESTES
from mse.redaction.models import ModeleReponse
from mse.redaction.placeholders import PLACEHOLDERS
from mse.redaction.policies import peut_ecrire_modele, peut_supprimer_modele, peut_voir_modeles
from mse.redaction.queries.modeles import get_modele, list_modeles
from mse.redaction.use_cases import modeles as use_cases
from mse.redaction.use_cases.modeles import Contenu
from mse.redaction.views import bp
from mse.redaction.workflow import Geste

_UN = "/acteurs/<int:acteur_id>/modeles/<int:modele_id>"


@bp.get("/acteurs/<int:acteur_id>/modeles")
@droit(peut_voir_modeles, sur=get_acteur)
def liste(acteur: Acteur) -> ResponseReturnValue:
    return render(
        "redaction/modeles.html",
        acteur=acteur,
        modeles=list_modeles(acteur.id),
        gestes=GESTES,
        le=today(),
    )


@bp.route("/acteurs/<int:acteur_id>/modeles/nouveau", methods=["GET", "POST"])
@droit(peut_voir_modeles, sur=get_acteur)
def nouveau(acteur: Acteur) -> ResponseReturnValue:
    form = NouveauModeleForm(cle=str(uuid4()))
    _offer(form)
    if form.validate_on_submit():
        use_cases.creer_modele(acteur, _read(form), cle=form.cle.data, par=moi())
        return _to_liste(acteur.id, _("Le modèle est enregistré. Votre équipe peut s’en servir."))
    return _page(form, acteur)


@bp.route(_UN, methods=["GET", "POST"])
@droit(peut_ecrire_modele, sur=get_modele)
def modifier(modele: ModeleReponse) -> ResponseReturnValue:
    form = ModeleExistantForm(obj=modele, archive=modele.est_archive)
    _offer(form, modele.theme_code)
    if form.validate_on_submit():
        use_cases.modifier_modele(
            modele, _read(form), archive=form.archive.data, version=form.version.data, par=moi()
        )
        return _to_liste(modele.acteur_id, _("Le modèle est enregistré."))
    return _page(form, modele.acteur, modele)


@bp.route(f"{_UN}/suppression", methods=["GET", "POST"])
@droit(peut_supprimer_modele, sur=get_modele, parti=lazy("Ce modèle est déjà supprimé."))
def supprimer(modele: ModeleReponse) -> ResponseReturnValue:
    form = SuppressionForm(vu=sign_return(url_for("redaction.liste", acteur_id=modele.acteur_id)))
    if form.validate_on_submit():
        acteur_id = modele.acteur_id
        use_cases.supprimer_modele(modele, par=moi())
        return _to_liste(acteur_id, _("Le modèle est supprimé."))
    return render("redaction/supprimer_modele.html", form=form, modele=modele, acteur=modele.acteur)


def _offer(form: ModeleForm, garde: str | None = None) -> None:
    """Fill the choices of thèmes. A retired thème stays available to the template that has it."""
    form.theme_code.choices = [("", _("Tous les thèmes"))] + [
        (theme.code, theme.libelle)
        for theme in list_themes(retires=garde is not None)
        if theme.retire_le is None or theme.code == garde
    ]


def _read(form: Any) -> Contenu:
    return Contenu(
        titre=form.titre.data or "",
        geste=Geste(form.geste.data),
        theme_code=form.theme_code.data or None,
        texte=form.texte.data or "",
        debut=form.debut.data,
        fin=form.fin.data,
    )


def _page(form: ModeleForm, acteur: Acteur, modele: ModeleReponse | None = None) -> ResponseReturnValue:
    return render(
        "redaction/modele.html",
        form=form,
        acteur=acteur,
        modele=modele,
        placeholders={nom: sens for nom, (sens, _remplir) in PLACEHOLDERS.items()},
        peut_supprimer=modele is not None and peut_supprimer_modele(moi(), modele),
    )


def _to_liste(acteur_id: int, phrase: str) -> ResponseReturnValue:
    confirm(phrase)
    return redirect(url_for("redaction.liste", acteur_id=acteur_id), 303)
