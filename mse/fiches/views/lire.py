"""Public lists and pages."""

from urllib.parse import urlencode

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mse.annuaire.models import Acteur
from mse.annuaire.policies import peut_gerer
from mse.annuaire.queries import Profil, get_profil, list_acteurs_par_id
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.pagination import Cursor
from mse.core.text import _, clean, lazy, ngettext, nombre
from mse.core.web import PUBLIC, droit, moi, render
from mse.fiches import policies
from mse.fiches.echeance import expliquer_echeance
from mse.fiches.filtres import Choix, filter_url, get_choix, read_filtres
from mse.fiches.libelles import ETAPES, PARTIES, STATUTS
from mse.fiches.models import Fiche
from mse.fiches.queries.autres import list_blocs, list_boutons, map_ecrivants, map_porteurs
from mse.fiches.queries.bilan import get_bilan
from mse.fiches.queries.histoire import list_fils, list_histoire
from mse.fiches.queries.listes import COUNTED, Etat, Filtres, count_fiches, list_fiches
from mse.fiches.queries.organismes import list_organismes_nommes
from mse.fiches.queries.pages import Lecture, get_lecture, is_merged, list_initiatives
from mse.fiches.queries.passages import get_passages, list_transmises
from mse.fiches.queries.pieces import list_pieces
from mse.fiches.views import bp
from mse.fiches.views.gestes import list_gestes, read_gestes_saisines
from mse.fiches.workflow import est_signalable
from mse.representation.policies import peut_gerer_promotions

NOM_MAX = 100  # characters of the name of an organisme
_ETATS = {
    Etat.RETARD: ("retard", lazy("En retard")),
    Etat.SANS_RESPONSABLE: ("personne", lazy("Cherche un responsable")),
}
_STATUTS = {"": lazy("Toutes"), **{statut.value: mot for statut, mot in STATUTS.items()}}


@bp.get("/fiches")
@droit(PUBLIC)
def liste() -> ResponseReturnValue:
    choix, nomme = get_choix(), clean(request.args.get("organisme", "")[:NOM_MAX])
    organismes = [(un, _current_url(acteur=str(un.id), organisme="")) for un in list_organismes_nommes(nomme)]
    if len(organismes) == 1:
        return redirect(organismes[0][1], 303)
    filtres = read_filtres(request.args, choix)
    page = list_fiches(filtres, Cursor.parse(request.args.get("avant", "")))
    return render(
        "fiches/liste.html",
        filtres=filtres,
        choix=choix,
        nombre_de_filtres=len(filtres.choisis().keys() - {"statut", "etat"}),
        statuts=_list_puces(filtres),
        organisme=_acteur_hors_liste(filtres, choix),
        nomme=nomme,
        organismes=organismes,
        total=_say_total(count_fiches(filtres)),
        page=page,
        suite=_next_url(page.next),
        debut=_first_url(),
        flux=filter_url("suivis.flux_liste", filtres),
        suivre=list_boutons(moi(), theme=filtres.theme, territoire=filtres.territoire, acteur=filtres.acteur),
        retour=_current_url(),
        le=today(),
    )


def _say_total(total: int) -> str:
    if total > COUNTED:
        return _("Plus de %(nombre)s fiches, les plus récentes d’abord", nombre=nombre(COUNTED))
    return ngettext(
        "%(nombre)s fiche", "%(nombre)s fiches, les plus récentes d’abord", total, nombre=nombre(total)
    )


def _list_puces(filtres: Filtres) -> list[tuple[str, object, str, bool]]:
    """Return (drawing, label, URL, is chosen): a status, or what a fiche lacks."""
    choisi = "" if filtres.statut is None else filtres.statut.value
    return [
        *(
            (code, mot, _current_url(statut=code, etat=""), code == choisi and not filtres.etat)
            for code, mot in _STATUTS.items()
        ),
        *(
            (dessin, mot, _current_url(statut="", etat=etat.value), etat == filtres.etat)
            for etat, (dessin, mot) in _ETATS.items()
        ),
    ]


@bp.get("/fiches/<int:fiche_id>")
@bp.get("/fiches/<int:fiche_id>-<slug>")
@droit(PUBLIC, sur=get_lecture)
def detail(lecture: Lecture, slug: str = "") -> ResponseReturnValue:
    compte, fiche = moi(), lecture.fiche
    if fiche.est_brouillon:
        return redirect(url_for("depot.brouillon", fiche_id=fiche.id, etape="relecture"), 303)
    if fiche.est_retiree and not policies.peut_lire(compte, fiche):
        abort(410)
    if fiche.est_reunie:
        return redirect(_page_of_merged(compte, fiche), 302)
    return _show(lecture)


@bp.get("/fiches/<int:fiche_id>/originale")
@droit(PUBLIC, sur=get_lecture)
def originale(lecture: Lecture) -> ResponseReturnValue:
    """Show a fiche that is merged into another one, with its own history."""
    fiche = lecture.fiche
    if not fiche.est_reunie:
        return redirect(url_for("fiches.detail", fiche_id=fiche.id), 302)
    return _show(lecture)


def _page_of_merged(compte: Compte | None, fiche: Fiche) -> str:
    """Return the URL of the main fiche; that of the merged one itself for its delegates and its owners, who
    may act on it."""
    agit = policies.peut_suivre(compte, fiche)
    if agit or any(policies.peut_traiter(compte, saisine) for saisine in fiche.saisines):
        return url_for("fiches.originale", fiche_id=fiche.id)
    return url_for("fiches.detail", fiche_id=fiche.reunie_a_id, reunie=fiche.id)


def _show(lecture: Lecture) -> ResponseReturnValue:
    compte, fiche = moi(), lecture.fiche
    etapes, (fil, avant), le = list_histoire(fiche), _read_history_cursor(), today()
    signalable = est_signalable(fiche.statut, [etape.nature for etape in etapes])
    html, status = render(
        "fiches/detail.html",
        lecture=lecture,
        fiche=fiche,
        droits=policies,
        compte=compte,
        pieces=list_pieces(fiche) if policies.peut_lire_pieces(compte, fiche) else None,
        fils=list_fils(fiche, etapes, fil=fil, avant=avant),
        passages=get_passages(fiche, etapes),
        gestes=list_gestes(compte, fiche, signalable=signalable),
        gestes_saisines=read_gestes_saisines(compte, fiche, le=le),
        porteurs=map_porteurs(fiche.saisines, compte),
        ecrivants=map_ecrivants(compte, fiche),
        etapes_libelles=ETAPES,
        echeances=_explain_echeances(compte, fiche),
        parties=PARTIES,
        initiatives=list_initiatives(fiche),
        suivre=list_boutons(compte, fiche=fiche.reunie_a_id or fiche.id) if fiche.est_publique else (),
        blocs=list_blocs(compte, fiche),
        venue_de=_read_merged(fiche),
        le=le,
    )
    return html, 410 if fiche.est_retiree else status


def _read_merged(fiche: Fiche) -> int | None:
    """Return the number of the merged fiche whose address led here, if there is one."""
    try:
        numero = (
            read_id(request.args["reunie"]) if fiche.nombre_reunies and "reunie" in request.args else None
        )
    except ValueError:
        return None
    return numero if numero is not None and is_merged(numero, fiche) else None


def _explain_echeances(compte: Compte | None, fiche: Fiche) -> dict[int, list[str]]:
    """Explain each due date to the people concerned by the fiche: sentences by id of the open saisines."""
    if not fiche.est_publique or not policies.voit_auteur(compte, fiche):
        return {}
    return {saisine.id: expliquer_echeance(saisine) for saisine in fiche.saisines if saisine.est_en_cours}


def _read_history_cursor() -> tuple[int | None, int | None]:
    """Return the query parameters `fil` (id of a saisine: the thread of the history to paginate) and `avant`
    (id of the étape before which the page ends). Raises `DonneeInvalide`."""
    try:
        fil, avant = (
            read_id(texte) if (texte := request.args.get(nom)) else None for nom in ("fil", "avant")
        )
    except ValueError as error:
        raise DonneeInvalide(_("L’adresse de cette page de l’historique n’est pas valable.")) from error
    return fil, avant


@bp.get("/acteurs/<int:acteur_id>")
@droit(PUBLIC, sur=get_profil)
def acteur(profil: Profil) -> ResponseReturnValue:
    acteur = profil.acteur
    filtres = Filtres(acteur=acteur.id)
    page = list_fiches(filtres, Cursor.parse(request.args.get("avant", "")))
    return render(
        "fiches/acteur.html",
        profil=profil,
        acteur=acteur,
        gere=peut_gerer(moi(), acteur),
        bilan=get_bilan(acteur.id, le=today()),
        tient_promotions=acteur.est_organisme and peut_gerer_promotions(moi(), acteur),
        page=page,
        transmises=list_transmises(acteur),
        suite=_next_url(page.next),
        debut=_first_url(),
        flux=filter_url("suivis.flux_liste", filtres),
        suivre=list_boutons(moi(), acteur=None if acteur.est_ferme else acteur.id),
        le=today(),
    )


def _acteur_hors_liste(filtres: Filtres, choix: Choix) -> Acteur | None:
    """Return the filtered acteur if it is not in the select field: organismes are linked from their own
    page."""
    if filtres.acteur is None or str(filtres.acteur) in choix.acteur.codes:
        return None
    acteur = next(iter(list_acteurs_par_id([filtres.acteur])), None)
    if acteur is None:
        abort(404)
    return acteur


def _next_url(cursor: Cursor | None) -> str | None:
    """Return the URL of the next page, with the filters."""
    return _current_url(avant=str(cursor)) if cursor else None


def _first_url() -> str | None:
    """Return the URL of the first page, on any later page."""
    return _current_url() if "avant" in request.args else None


def _current_url(**change: str) -> str:
    """Return the URL of this page. Query parameters are data and never keyword arguments of `url_for`."""
    values = {**{name: value for name, value in request.args.items() if name != "avant"}, **change}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{request.path}?{query}" if query else request.path
