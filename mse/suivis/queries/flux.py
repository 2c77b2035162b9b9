"""Entries of the Atom feeds: public facts only, newest first, at most `PAR_FLUX`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import first
from mse.extensions import db
from mse.fiches.api import NatureEtape
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.queries.groupes import select_reunies
from mse.fiches.queries.listes import Filtres, list_fiches

PAR_FLUX = 30  # entries

_E = Etape.__table__.c
_PARUTIONS = (NatureEtape.DEPOT, NatureEtape.PUBLICATION)
# What happens to the fiches merged into this one, but their publication.
_D_UNE_REUNIE = _E.fiche_id.in_(select_reunies(bindparam("fiche_id"))) & _E.nature.not_in(_PARUTIONS)
_ETAPES: Select[Any] = first(
    select(
        *(_E.id, _E.saisine_id, _E.nature, _E.le, _E.acteur_id, _E.texte_html, _E.masquee_le),
        *(_E.masquee_motif, _E.nombre_pieces, _E.corrigee_le),
    )
    .where(or_(_E.fiche_id == bindparam("fiche_id"), _D_UNE_REUNIE))
    .order_by(_E.id.desc()),
    PAR_FLUX,
)


def get_fiche_publique(_compte: Compte | None, fiche_id: int) -> Fiche | None:
    """Return a published fiche with its owners, else None. The reader makes no difference."""
    acteurs = selectinload(Fiche.saisines).joinedload(Saisine.acteur).load_only(Acteur.nom)
    fiche = db.session.get(Fiche, fiche_id, options=[acteurs, joinedload(Fiche.theme)])
    return fiche if fiche is not None and fiche.est_publique else None


def list_etapes_recentes(fiche: Fiche) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the last étapes of the fiche, newest first. A hidden one has a reason and no text."""
    return db.session.execute(_ETAPES, {"fiche_id": fiche.id}).all()


def list_fiches_du_flux(filtres: Filtres) -> list[tuple[Row[*tuple[Any, ...]], str, datetime]]:
    """Return the newest fiches of the list, each with the HTML of its whole problem and the instant of its
    last change: an answer, or a passage that was masked."""
    rows = list_fiches(filtres, size=PAR_FLUX).rows
    query = select(Fiche.id, Fiche.probleme_html, Fiche.modifiee_le)
    textes = {une.id: une for une in db.session.execute(query.where(Fiche.id.in_([row.id for row in rows])))}
    return [
        (row, une.probleme_html, max(row.derniere_reponse_le or row.deposee_le, une.modifiee_le))
        for row in rows
        if (une := textes.get(row.id)) is not None
    ]
