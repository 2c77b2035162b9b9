"""Read-only pages: the board, which lists initiatives by status, and the page of one initiative."""

from urllib.parse import urlencode

from flask import abort, request
from flask.typing import ResponseReturnValue

from mse.annuaire.queries import group_noms_de_territoires, list_noms_de_territoires, list_noms_de_themes
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.pagination import Cursor
from mse.core.text import _, clean
from mse.core.web import PUBLIC, droit, moi, render
from mse.initiatives import policies, queries
from mse.initiatives.libelles import ACTIONS, COLONNES_TABLEAU, STATUTS
from mse.initiatives.models import Initiative
from mse.initiatives.queries import Filtres, get_initiative
from mse.initiatives.queries.demandes import list_demandes
from mse.initiatives.queries.tableau import AUTRES_COMPTEES, list_tableau
from mse.initiatives.views import UNE, bp
from mse.initiatives.workflow import RARES, Statut


@bp.get("/initiatives")
@droit(PUBLIC)
def liste() -> ResponseReturnValue:
    """The board; a single paginated list if a statut is selected."""
    filtres, page = _read_filtres(), None
    if filtres.statut is not None:
        page = queries.list_initiatives(filtres, Cursor.parse(request.args.get("avant", "")))
    tableau = list_tableau(filtres) if page is None else {}
    return render(
        "initiatives/liste.html",
        filtres=filtres,
        page=page,
        colonnes=[(statut, mot, tableau[statut]) for statut, mot in COLONNES_TABLEAU.items() if tableau],
        abandonnees=tableau.get(Statut.ABANDONNEE),
        suite=_current_url(avant=str(page.next)) if page and page.next else None,
        debut=_current_url() if "avant" in request.args else None,
        adresse_des_autres=lambda statut, colonne: _current_url(
            statut=str(statut), avant=str(colonne.page.next)
        ),
        autres_comptees=AUTRES_COMPTEES,
        statuts=STATUTS,
        themes=list_noms_de_themes(),
        territoires=group_noms_de_territoires(),
        peut_proposer=policies.peut_proposer(moi()),
    )


@bp.get(UNE)
@droit(PUBLIC, sur=get_initiative)
def detail(initiative: Initiative) -> ResponseReturnValue:
    compte = moi()
    if not policies.peut_lire(compte, initiative):
        abort(410)
    porte = policies.peut_porter(compte, initiative)
    lignes, suite = queries.list_lignes(initiative.id, avant=_read_avant())
    actions = initiative.actions_possibles() if porte else []
    demandes = list_demandes(initiative.id) if policies.peut_proposer(compte) else []
    html, status = render(
        "initiatives/detail.html",
        initiative=initiative,
        compte=compte,
        porte=porte,
        droits=policies,
        lignes=lignes,
        suite=_current_url(avant=str(suite)) if suite else None,
        debut=_current_url() if "avant" in request.args else None,
        fiches=queries.list_fiches_liees(initiative.id),
        documents=queries.list_documents(initiative.id),
        participants=queries.list_participants(initiative.id) if porte else [],
        participe=queries.participe(compte, initiative.id),
        demandes=[une for une in demandes if policies.peut_lire_demande(compte, une)],
        peut_demander=policies.peut_proposer(compte) and not porte,
        statuts=STATUTS,
        actions=[(action, ACTIONS[action]) for action in actions if action not in RARES],
        actions_rares=[(action, ACTIONS[action]) for action in actions if action in RARES],
    )
    return html, status if initiative.est_publique else 410


def _read_avant() -> int | None:
    """Return the pagination cursor of the history. Raise `DonneeInvalide`."""
    try:
        return read_id(request.args["avant"]) if request.args.get("avant") else None
    except ValueError as error:
        raise DonneeInvalide(_("L’adresse de cette page de l’historique n’est pas valable.")) from error


def _read_filtres() -> Filtres:
    """Return the filters of the query string. Raise `DonneeInvalide` on an unknown value."""
    theme, territoire, statut = (
        clean(request.args.get(nom, "")) or None for nom in ("theme", "territoire", "statut")
    )
    if (
        (theme and theme not in {code for code, _libelle in list_noms_de_themes()})
        or (territoire and territoire not in {lieu.code for lieu in list_noms_de_territoires()})
        or (statut and statut not in [une.value for une in Statut])
    ):
        raise DonneeInvalide(_("Ce filtre n’existe pas."))
    return Filtres(theme, territoire, Statut(statut) if statut else None)


def _current_url(**change: str) -> str:
    kept = {nom: valeur for nom, valeur in request.args.items() if nom != "avant" and valeur}
    return f"{request.path}?{urlencode({**kept, **change})}"
