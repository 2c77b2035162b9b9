"""Published fiches as service requests of Open311."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from mse.annuaire.models import Acteur, Commune, Theme
from mse.core.database import first, is_state
from mse.extensions import db
from mse.fiches.api import Publication, Statut
from mse.fiches.models import Fiche, Saisine
from mse.representation.models import Promotion

PLUS = 1000  # rows of a response, the maximum of GeoReport v2

_F = Fiche.__table__.c
_PREMIERE = select(func.min(Saisine.id)).where(Saisine.fiche_id == _F.id).correlate(Fiche.__table__)
_RESPONSABLE = (
    select(Acteur.nom)
    .join(Saisine, Saisine.acteur_id == Acteur.id)
    .where(Saisine.id == _PREMIERE.scalar_subquery())
    .correlate(Fiche.__table__)
)
_DEMANDES = (
    select(
        *(_F.id, _F.titre, _F.probleme, _F.statut, _F.theme_code, _F.deposee_le, _F.modifiee_le),
        *(_F.derniere_reponse_le, _F.prochaine_echeance),
        Theme.libelle.label("theme"),
        Commune.nom.label("commune"),
        _RESPONSABLE.scalar_subquery().label("responsable"),
    )
    .select_from(Fiche)
    .join(Theme, Theme.code == _F.theme_code)
    .join(Promotion, Promotion.id == _F.promotion_id)
    .join(Commune, Commune.code == Promotion.commune_code)
    .where(is_state(_F.publication, Publication.PUBLIEE), _F.reunie_a_id.is_(None))
)


@dataclass(frozen=True, kw_only=True)
class Demandees:
    """What a client asks for; None means all. `ouvertes`: still waiting for an answer."""

    ids: Collection[int] | None = None
    themes: Collection[str] | None = None
    depuis: datetime | None = None
    avant: datetime | None = None
    ouvertes: bool | None = None


def list_demandes(demandees: Demandees) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return published fiches that are not merged, newest first, at most `PLUS`."""
    query = _DEMANDES
    if demandees.ids is not None:
        query = query.where(_F.id.in_(demandees.ids))
    if demandees.themes is not None:
        query = query.where(_F.theme_code.in_(demandees.themes))
    if demandees.depuis is not None:
        query = query.where(_F.deposee_le >= demandees.depuis)
    if demandees.avant is not None:
        query = query.where(_F.deposee_le <= demandees.avant)
    if demandees.ouvertes is not None:
        en_cours = is_state(_F.statut, Statut.EN_COURS)
        query = query.where(en_cours if demandees.ouvertes else ~en_cours)
    return db.session.execute(first(query.order_by(_F.deposee_le.desc(), _F.id.desc()), PLUS)).all()
