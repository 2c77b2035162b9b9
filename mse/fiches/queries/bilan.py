"""Figures of the page of an acteur, counted with indexes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, TextClause, bindparam, func, or_, select, text

from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.models.saisine import REPRISE
from mse.fiches.workflow import Statut

_S = Saisine.__table__.c


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """The saisines of an acteur on published fiches: number by status and number late."""

    en_cours: int
    reponse: int
    reglee: int
    abandonnee: int
    en_retard: int  # of those `en_cours`
    reprises: int  # of the others than `reponse` and `reglee`, those with a detailed answer from this owner

    @property
    def recues(self) -> int:
        return self.en_cours + self.reponse + self.reglee + self.abandonnee

    @property
    def repondues(self) -> int:
        """Return the number of saisines with a detailed answer of this acteur. A closed saisine cannot be
        transferred, so `reponse` and `reglee` count answers of the present owner."""
        return self.reponse + self.reglee + self.reprises


def _count(name: str, *conditions: ColumnElement[bool] | TextClause) -> Any:
    """Count the public saisines of the acteur that meet the conditions. Each count reads one range of an
    index, which is several times faster than GROUP BY."""
    mine = (_S.acteur_id == bindparam("acteur_id"), _S.est_publique, *conditions)
    return select(func.count()).select_from(Saisine.__table__).where(*mine).scalar_subquery().label(name)


_EN_COURS = is_state(_S.statut, Statut.EN_COURS)
_BILAN = select(
    *(_count(statut.value, is_state(_S.statut, statut)) for statut in Statut),
    _count("en_retard", _EN_COURS, _S.reponse_due < bindparam("le", type_=Date)),
    _count(
        "reprises", text(REPRISE), or_(_S.transferee_le.is_(None), _S.derniere_reponse_le >= _S.transferee_le)
    ),
)


def get_bilan(acteur_id: int, *, le: date) -> Bilan:
    return Bilan(**db.session.execute(_BILAN, {"acteur_id": acteur_id, "le": le}).one()._mapping)
