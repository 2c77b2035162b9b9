"""Atom feeds of the list and of one fiche."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from mse.core.text import _
from mse.core.web import PUBLIC, droit, lien
from mse.core.web.feeds import Entry, send_feed
from mse.fiches.api import (
    ETAPES,
    LIBELLES_PARTIES,
    STATUTS,
    NatureEtape,
    filter_url,
    get_choix,
    read_filtres,
)
from mse.fiches.models import Fiche
from mse.fiches.queries.passages import get_passages
from mse.suivis.queries.flux import get_fiche_publique, list_etapes_recentes, list_fiches_du_flux
from mse.suivis.views import bp


@bp.get("/fiches.atom")
@droit(PUBLIC)
def flux_liste() -> Response:
    """Return the feed of the list, with the filters of its URL. An answer updates the entry of its fiche."""
    filtres = read_filtres(request.args, get_choix())
    return send_feed(
        titre=_("les fiches"),
        url=filter_url("suivis.flux_liste", filtres),
        page=filter_url("fiches.liste", filtres),
        entries=[_entry(*une) for une in list_fiches_du_flux(filtres)],
    )


@bp.get("/fiches/<int:fiche_id>.atom")
@droit(PUBLIC, sur=get_fiche_publique)
def flux_fiche(fiche: Fiche) -> ResponseReturnValue:
    if fiche.reunie_a_id is not None:
        return redirect(url_for("suivis.flux_fiche", fiche_id=fiche.reunie_a_id), 302)
    etapes, page = list_etapes_recentes(fiche), lien("fiches.detail", fiche_id=fiche.id)
    passages = get_passages(fiche, etapes)
    entries = [
        Entry(
            id=f"{page}#etape-{etape.id}",
            url=f"{page}#saisine-{etape.saisine_id}" if etape.saisine_id else page,
            titre=_title(etape, passages.noms),
            html=_content(fiche, etape, passages.pieces.get(etape.id, ())),
            publiee_le=etape.le,
            modifiee_le=etape.masquee_le or etape.corrigee_le or etape.le,
        )
        for etape in etapes
    ]
    return send_feed(
        titre=fiche.titre,
        url=lien("suivis.flux_fiche", fiche_id=fiche.id),
        page=page,
        entries=entries,
    )


def _entry(row: Any, probleme: str, modifiee_le: datetime) -> Entry:
    page = lien("fiches.detail", fiche_id=row.id)
    faits = [str(STATUTS[row.statut]), row.theme, row.territoire, row.responsable]
    return Entry(
        id=page,
        url=page,
        titre=row.titre,
        html=Markup("<p>{}</p>").format(" · ".join(filter(None, faits))) + Markup(probleme),
        publiee_le=row.deposee_le,
        modifiee_le=modifiee_le,
    )


def _title(etape: Any, noms: dict[int, str]) -> str:
    acteur = noms.get(etape.acteur_id)
    return f"{ETAPES[etape.nature]} ({acteur})" if acteur else str(ETAPES[etape.nature])


def _content(fiche: Fiche, etape: Any, pieces: Sequence[Any]) -> str:
    if etape.masquee_motif:
        return escape(_("Texte masqué par l’équipe d’animation\u202f: %(motif)s", motif=etape.masquee_motif))
    if etape.nature == NatureEtape.DEPOT:
        textes = [(mot, Markup(getattr(fiche, f"{partie}_html"))) for partie, mot in LIBELLES_PARTIES.items()]
        return Markup().join(Markup("<h2>{}</h2>{}").format(mot, texte) for mot, texte in textes)
    lues = [(lien("redaction.piece", piece_id=une.id), une.nom) for une in pieces if not une.est_masquee]
    fichiers = Markup().join(Markup('<p><a href="{}">{}</a></p>').format(*une) for une in lues)
    return Markup(etape.texte_html or "") + fichiers
