"""Public pages: the list, one repère with its history, the Atom feed."""

from urllib.parse import urlencode

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.pagination import Cursor
from mse.core.text import _
from mse.core.web import PUBLIC, droit, lien, moi, render
from mse.core.web.feeds import Entry, send_feed
from mse.fiches.api import exige_parmi, get_choix
from mse.reperes import policies
from mse.reperes.libelles import STATUTS
from mse.reperes.models import Repere
from mse.reperes.queries.lieux import get_noms
from mse.reperes.queries.listes import Filtres, list_reperes
from mse.reperes.queries.pages import get_repere, list_fiches_liees, list_versions
from mse.reperes.views import UN, bp
from mse.reperes.workflow import ActionRepere

FLUX = 30  # entries of the feed


@bp.get("/reperes")
@droit(PUBLIC)
def liste() -> ResponseReturnValue:
    filtres = _read_filtres()
    page = list_reperes(filtres, Cursor.parse(request.args.get("avant", "")))
    return render(
        "reperes/liste.html",
        filtres=filtres,
        choix=get_choix(),
        noms=get_noms(),
        page=page,
        suite=_url("reperes.liste", filtres, avant=str(page.next)) if page.next else None,
        debut=_url("reperes.liste", filtres) if "avant" in request.args else None,
        flux=_url("reperes.flux", filtres),
        le=today(),
    )


@bp.get("/reperes.atom")
@droit(PUBLIC)
def flux() -> Response:
    """Return the feed of the list, with its filters. A new version updates the entry of its repère."""
    filtres, noms = _read_filtres(), get_noms()
    entries = [
        Entry(
            id=(page := lien("reperes.detail", repere_id=une.id)),
            url=page,
            titre=une.titre,
            html=Markup("<p>{}</p>").format(", ".join(noms.themes.get(code, code) for code in une.themes))
            + Markup(une.texte_html),
            publiee_le=une.publie_le,
            modifiee_le=une.publie_le,
        )
        for une in list_reperes(filtres, size=FLUX).rows
    ]
    query = urlencode(_choisis(filtres))
    page, ici = lien("reperes.liste"), lien("reperes.flux")
    if query:
        page, ici = f"{page}?{query}", f"{ici}?{query}"
    return send_feed(titre=_("les repères"), url=ici, page=page, entries=entries)


@bp.get(UN)
@droit(PUBLIC, sur=get_repere)
def detail(repere: Repere) -> ResponseReturnValue:
    compte = moi()
    possibles = repere.actions_possibles()
    tient = policies.peut_tenir(compte, repere)
    return render(
        "reperes/detail.html",
        repere=repere,
        tient=tient,
        peut_retirer=policies.peut_retirer(compte, repere) and ActionRepere.RETIRER in possibles,
        peut_modifier=tient and ActionRepere.MODIFIER in possibles,
        peut_masquer=policies.peut_masquer(compte, repere),
        versions=list_versions(repere),
        fiches=list_fiches_liees(repere.id),
        noms=get_noms(),
        statuts=STATUTS,
        a_verifier=repere.est_a_verifier(today()),
        le=today(),
    )


def _read_filtres() -> Filtres:
    """Return the filters of the URL. Raise `DonneeInvalide` on a value that is not offered."""
    choix = get_choix()
    try:
        return Filtres(
            theme=exige_parmi(choix.theme, request.args.get("theme")),
            territoire=exige_parmi(choix.territoire, request.args.get("territoire")),
        )
    except ValueError as error:
        phrase = _("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes.")
        raise DonneeInvalide(phrase) from error


def _choisis(filtres: Filtres) -> dict[str, str]:
    return {nom: valeur for nom, valeur in vars(filtres).items() if valeur}


def _url(endpoint: str, filtres: Filtres, **autres: str) -> str:
    query = urlencode({**_choisis(filtres), **autres})
    return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)
