"""The board: the newest initiatives of each status."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from mse.core.pagination import Page
from mse.extensions import db
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.queries import Filtres, list_initiatives, select_cartes
from mse.initiatives.workflow import Statut

PAR_COLONNE = 6
AUTRES_COMPTEES = 100  # older initiatives counted in a column; more are not counted

# why an initiative was abandoned; NULL if the text is hidden
_RAISON = (
    select(LigneInitiative.texte)
    .where(LigneInitiative.initiative_id == Initiative.id, LigneInitiative.statut == Statut.ABANDONNEE)
    .order_by(LigneInitiative.id.desc())
    .limit(1)
    .correlate(Initiative)
    .scalar_subquery()
    .label("raison")
)


@dataclass(frozen=True)
class Colonne:
    """One status of the board: its newest initiatives, and how many older ones are not shown."""

    page: Page[Any]
    autres: int

    @property
    def total(self) -> str:
        """Return the number of initiatives, with «+» if there may be more."""
        return f"{len(self.page.rows) + self.autres}{'+' if self.autres >= AUTRES_COMPTEES else ''}"


def list_tableau(filtres: Filtres) -> dict[Statut, Colonne]:
    """Return the columns of the board. Older initiatives are counted up to AUTRES_COMPTEES."""
    colonnes = {statut: Filtres(filtres.theme, filtres.territoire, statut) for statut in Statut}
    totaux = db.session.execute(select(*(_count_up_to_limit(une) for une in colonnes.values()))).one()
    return {
        statut: Colonne(
            list_initiatives(une, None, PAR_COLONNE, *([_RAISON] if statut == Statut.ABANDONNEE else [])),
            max(total - PAR_COLONNE, 0),
        )
        for (statut, une), total in zip(colonnes.items(), totaux, strict=True)
    }


def _count_up_to_limit(filtres: Filtres) -> ScalarSelect[int]:
    seen = (
        select_cartes(filtres).where(Initiative.statut == filtres.statut).limit(PAR_COLONNE + AUTRES_COMPTEES)
    )
    return select(func.count()).select_from(seen.subquery()).scalar_subquery()
