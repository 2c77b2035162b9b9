"""«Qui peut répondre à quoi», the public directory. The page of an acteur is in `fiches`."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from mse.annuaire.forms.repertoire import NATURES, FiltresActeursForm
from mse.annuaire.queries import (
    FiltresActeurs,
    group_noms_de_territoires,
    list_acteurs,
    list_territoires,
    list_themes,
)
from mse.annuaire.views import bp
from mse.core.errors import DonneeInvalide
from mse.core.pagination import read_cursor
from mse.core.text import _
from mse.core.web import PUBLIC, droit, options, render


@bp.get("/acteurs")
@droit(PUBLIC)
def liste() -> ResponseReturnValue:
    themes = {theme.code: theme for theme in list_themes()}
    territoires = {territoire.code: territoire for territoire in list_territoires()}
    form = FiltresActeursForm(request.args)
    form.theme.choices = options([("", _("Tous")), *((c, theme.libelle) for c, theme in themes.items())])
    form.territoire.choices = territoire_choices(_("Tous"))
    if request.args and not form.validate():
        raise DonneeInvalide(_("Un des filtres n’est pas valable : choisissez-les dans les listes."))
    filtres = FiltresActeurs(
        theme=themes.get(form.theme.data or ""),
        territoire=territoires.get(form.territoire.data or ""),
        nature=form.get_nature(),
        nom=form.q.data or "",
    )
    page = list_acteurs(filtres, read_cursor(request.args.get("apres", "")))
    choix = {nom: valeur for nom, valeur in form.data.items() if valeur}
    return render(
        "annuaire/liste.html",
        champs=form,
        choix=choix,
        filtres=filtres,
        page=page,
        natures=NATURES,
        suite=url_for("annuaire.liste", **choix, apres=page.next) if page.next else None,
    )


def territoire_choices(vide: str, *, racine: bool = True) -> list[SelectChoice]:
    """Return the choices of territoires. `vide`: label of the empty choice. Without `racine`, the root is
    left out."""
    return [
        SelectChoice("", vide),
        *(
            SelectChoice(lieu.code, lieu.nom, optgroup=groupe)
            for groupe, lieux in group_noms_de_territoires()
            for lieu in lieux
            if racine or lieu.parent_code
        ),
    ]
