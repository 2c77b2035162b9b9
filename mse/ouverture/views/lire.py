"""Resources of the API. They give what the public pages show, and depend on no account."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, request

from mse.annuaire.models import Nature
from mse.annuaire.queries import get_territoire, get_theme, list_acteurs, list_territoires, list_themes
from mse.annuaire.queries.repertoire import FiltresActeurs
from mse.core.errors import DonneeInvalide, Introuvable
from mse.core.pagination import Cursor
from mse.core.text import _, lazy
from mse.demarche import get_demarche
from mse.fiches.queries.listes import Filtres
from mse.initiatives.queries import Filtres as FiltresInitiatives
from mse.meteo.queries.chiffres import get_dernier_jour, get_jour, read_etats
from mse.meteo.queries.lieux import get_lieux
from mse.ouverture import parametres as p
from mse.ouverture.documents import (
    Acteur,
    Fiche,
    FicheEntiere,
    Initiative,
    InitiativeEntiere,
    Meteo,
    Page,
    Reponse,
    Territoire,
    Theme,
)
from mse.ouverture.queries import annuaire
from mse.ouverture.queries import fiches as lues_fiches
from mse.ouverture.queries import initiatives as lues_initiatives
from mse.ouverture.views.documents import (
    make_acteur,
    make_fiche,
    make_fiche_entiere,
    make_initiative,
    make_initiative_entiere,
    make_reponse,
    make_temps,
)
from mse.ouverture.views.ressources import ressource

_PAGE = (p.CURSEUR, p.LIMITE)


def _page(donnees: Sequence[Any], curseur: object) -> Page[Any]:
    """Return a page, with the address of the next one."""
    suivante = None
    if curseur is not None:
        query = urlencode({**request.args, "curseur": str(curseur)})
        suivante = f"{current_app.config['MSE'].url}{request.path}?{query}"
    return Page(donnees=list(donnees), suivante=suivante)


def _exige_theme(code: str | None) -> None:
    if code is not None and get_theme(None, code) is None:
        raise Introuvable(_("Le thème «\u202f%(code)s\u202f» n’existe pas ici.", code=code))


def _exige_territoire(code: str | None) -> None:
    if code is not None and get_territoire(None, code) is None:
        raise Introuvable(_("Le territoire «\u202f%(code)s\u202f» n’existe pas ici.", code=code))


@ressource(
    "/fiches",
    reponse=Page[Fiche],
    resume=lazy("Les fiches publiées, de la plus récente à la plus ancienne, sans les fiches réunies"),
    parametres=(p.THEME, p.TERRITOIRE, p.ACTEUR, p.STATUT, p.DU, p.AU, *_PAGE),
)
def fiches(*, curseur: Cursor | None, limite: int, **filtres: Any) -> Page[Fiche]:
    _exige_theme(filtres["theme"])
    _exige_territoire(filtres["territoire"])
    page = lues_fiches.list_lectures(Filtres(**filtres), curseur, limite)
    return _page([make_fiche(lue) for lue in page.rows], page.next)


@ressource(
    "/fiches/<int:fiche_id>",
    reponse=FicheEntiere,
    resume=lazy("Une fiche et toute son histoire\u202f; 410 si elle a été retirée"),
    retirable=True,
)
def fiche(fiche_id: int) -> FicheEntiere:
    lue = lues_fiches.map_lectures([fiche_id]).get(fiche_id)
    if lue is None:
        abort(410 if lues_fiches.is_withdrawn(fiche_id) else 404)
    return make_fiche_entiere(lue, lues_fiches.list_etapes(fiche_id))


@ressource(
    "/reponses",
    reponse=Page[Reponse],
    resume=lazy("Les réponses détaillées aux fiches publiées, de la plus récente à la plus ancienne"),
    parametres=(p.DEPUIS, *_PAGE),
)
def reponses(*, depuis: datetime | None, curseur: Cursor | None, limite: int) -> Page[Reponse]:
    page = lues_fiches.list_reponses(depuis, curseur, limite)
    return _page([make_reponse(row) for row in page.rows], page.next)


@ressource(
    "/acteurs",
    reponse=Page[Acteur],
    resume=lazy("Les services et les organismes ouverts"),
    parametres=(p.NATURE, p.THEME, p.TERRITOIRE, p.RANG, p.LIMITE),
)
def acteurs(
    *, nature: Nature | None, theme: str | None, territoire: str | None, curseur: int | None, limite: int
) -> Page[Acteur]:
    _exige_theme(theme)
    _exige_territoire(territoire)
    filtres = FiltresActeurs(
        nature=nature,
        theme=get_theme(None, theme) if theme else None,
        territoire=get_territoire(None, territoire) if territoire else None,
    )
    try:
        page = list_acteurs(filtres, curseur, limite)
    except DonneeInvalide as error:
        raise Introuvable(str(error)) from error
    lus = annuaire.map_lectures([row.id for row in page.rows])
    return _page([make_acteur(lus[row.id]) for row in page.rows], page.next)


@ressource(
    "/acteurs/<int:acteur_id>",
    reponse=Acteur,
    resume=lazy("Un acteur, même fermé"),
)
def acteur(acteur_id: int) -> Acteur:
    lu = annuaire.map_lectures([acteur_id]).get(acteur_id)
    if lu is None:
        abort(404)
    return make_acteur(lu)


@ressource("/themes", reponse=Page[Theme], resume=lazy("Tous les thèmes, dans leur ordre"))
def themes() -> Page[Theme]:
    return _page(
        [
            Theme(code=un.code, libelle=un.libelle, ordre=un.ordre, retire_le=un.retire_le)
            for un in list_themes(retires=True)
        ],
        None,
    )


@ressource(
    "/territoires",
    reponse=Page[Territoire],
    resume=lazy("Tous les territoires, chacun après celui qui le contient"),
)
def territoires() -> Page[Territoire]:
    return _page(
        [
            Territoire(code=un.code, nom=un.nom, niveau=un.niveau, parent=un.parent_code)
            for un in list_territoires()
        ],
        None,
    )


@ressource(
    "/initiatives",
    reponse=Page[Initiative],
    resume=lazy("Les initiatives, de la plus récemment active à la plus ancienne"),
    parametres=(p.THEME, p.TERRITOIRE, p.STATUT_INITIATIVE, *_PAGE),
)
def initiatives(*, curseur: Cursor | None, limite: int, **filtres: Any) -> Page[Initiative]:
    _exige_theme(filtres["theme"])
    _exige_territoire(filtres["territoire"])
    page = lues_initiatives.list_lectures(FiltresInitiatives(**filtres), curseur, limite)
    return _page([make_initiative(lue) for lue in page.rows], page.next)


@ressource(
    "/initiatives/<int:initiative_id>",
    reponse=InitiativeEntiere,
    resume=lazy("Une initiative et son histoire\u202f; 410 si elle a été retirée"),
    retirable=True,
)
def initiative(initiative_id: int) -> InitiativeEntiere:
    lue = lues_initiatives.map_lectures([initiative_id]).get(initiative_id)
    if lue is None:
        abort(410 if lues_initiatives.is_withdrawn(initiative_id) else 404)
    return make_initiative_entiere(lue, lues_initiatives.list_lignes(initiative_id))


@ressource(
    "/meteo",
    reponse=Meteo,
    resume=lazy("La météo de toute la démarche et de ses grands territoires"),
    parametres=(p.LE,),
)
def meteo(*, le: date | None) -> Meteo:
    return _read_meteo(get_demarche().territoires.racine, le)


@ressource(
    "/meteo/<territoire_id>",
    reponse=Meteo,
    resume=lazy("La météo d’un territoire et de ceux qu’il contient"),
    parametres=(p.LE,),
)
def meteo_territoire(territoire_id: str, *, le: date | None) -> Meteo:
    return _read_meteo(territoire_id, le)


def _read_meteo(code: str, le: date | None) -> Meteo:
    lieu = get_lieux().get(code)
    if lieu is None:
        raise Introuvable(_("Ce territoire n’existe pas ici."))
    calcul = get_jour(le) if le else get_dernier_jour()
    if calcul is None:
        raise Introuvable(_("Aucune météo n’est comptée jusqu’à ce jour."))
    fenetre = get_demarche().meteo.fenetre
    etats = read_etats(lieu.noms, calcul.jour, fenetre)
    return Meteo(jour=calcul.jour, fenetre=fenetre, territoires=[make_temps(etat) for etat in etats])
