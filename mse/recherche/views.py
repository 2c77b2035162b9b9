"""The page of the search."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from mse.core.text import _, clean, ngettext, nombre
from mse.core.web import PUBLIC, droit, render
from mse.recherche.extraits import list_stems, make_excerpt, mark
from mse.recherche.filtres import list_choix, read_demande
from mse.recherche.fournisseurs import Trouve
from mse.recherche.fournisseurs.initiatives import STATUT
from mse.recherche.libelles import GENRES, PLUSIEURS
from mse.recherche.models import Genre
from mse.recherche.queries.chercher import search
from mse.recherche.queries.resultats import COUNTED, Comptes
from mse.recherche.queries.vocabulaire import LONGEST
from mse.recherche.tokens import write_token

bp = Blueprint("recherche", __name__)

READ = 6000  # characters of a pasted text that are looked at, to tell whether it is too long


@dataclass(frozen=True, kw_only=True)
class Carte:
    """A result: its words are marked in `titre` and `extrait`."""

    page: str
    mention: Markup
    titre: Markup
    extrait: Markup
    statut: str | None  # of a fiche or of the fiche of an answer
    statut_d_initiative: str | None
    trouve: Trouve


@bp.get("/recherche")
@droit(PUBLIC)
def chercher() -> ResponseReturnValue:
    texte = clean(request.args.get("q", "")[:READ])
    demande = read_demande(request.args)
    resultats = search(texte, demande.choisis, tri=demande.tri, after=demande.after)
    stems = list_stems(resultats.termes)
    return render(
        "recherche/recherche.html",
        texte=texte[:LONGEST],
        choisis=demande.choisis,
        resultats=resultats,
        total=_say_total(resultats.comptes),
        ailleurs=_current_url(q=resultats.propose) if resultats.propose else None,
        choix=list_choix(demande, resultats.comptes.tokens),
        directe=_describe(Genre.FICHE, resultats.fiche, stems) if resultats.fiche else None,
        cartes=[_describe(genre, trouve, stems) for genre, trouve in resultats.page],
        genres=_list_genres(demande.choisis.get("genre"), resultats.comptes.tokens),
        tout=_current_url(**dict.fromkeys(demande.choisis, "")),
        suite=_current_url(apres=str(resultats.suite)) if resultats.suite else None,
        debut=_current_url() if demande.after else None,
    )


def _say_total(comptes: Comptes) -> str:
    if comptes.est_plafonne:
        return _("Plus de %(nombre)s résultats", nombre=nombre(COUNTED))
    return ngettext(
        "%(nombre)s résultat", "%(nombre)s résultats", comptes.total, nombre=nombre(comptes.total)
    )


def _list_genres(chosen: str | None, tokens: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """Return (label, URL, is chosen) of the kinds of results. With one chosen, only its own number is
    known."""
    lignes = [(_("Tout"), _current_url(genre=""), chosen is None)]
    for genre in Genre:
        label, number = str(PLUSIEURS[genre]), tokens.get(write_token("genre", genre), 0)
        if number or chosen:
            counted = f"{label} ({nombre(number)})" if chosen in (None, genre) else label
            lignes.append((counted, _current_url(genre=genre.value), chosen == genre))
    return lignes


def _describe(genre: Genre, trouve: Trouve, stems: frozenset[str]) -> Carte:
    de_fiche = genre in (Genre.FICHE, Genre.REPONSE)
    mention = [str(GENRES[genre]), trouve.theme, trouve.territoire]
    return Carte(
        page=_page_of(genre, trouve),
        mention=mark(" · ".join(mot for mot in mention if mot), stems),
        titre=mark(trouve.titre, stems),
        extrait=make_excerpt(tuple(trouve.textes), stems),
        statut=trouve.statut if de_fiche else None,
        statut_d_initiative=(trouve.statut or "").removeprefix(STATUT) if not de_fiche else None,
        trouve=trouve,
    )


def _page_of(genre: Genre, trouve: Trouve) -> str:
    if genre == Genre.ACTEUR:
        return url_for("fiches.acteur", acteur_id=trouve.sujet_id)
    if genre == Genre.REPERE:
        return url_for("reperes.detail", repere_id=trouve.sujet_id)
    if genre == Genre.INITIATIVE:
        return url_for("initiatives.detail", initiative_id=trouve.sujet_id)
    return url_for("fiches.detail", fiche_id=trouve.sujet_id, _anchor=trouve.ancre)


def _current_url(**change: str) -> str:
    """Return the URL of this page with other values; without a cursor unless it is given."""
    values = {**{name: value for name, value in request.args.items() if name != "apres"}, **change}
    query = urlencode({name: value for name, value in values.items() if value}, errors="replace")
    return f"{request.path}?{query}" if query else request.path
