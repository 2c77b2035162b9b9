"""The latest answers, for the home page."""

from typing import Any

from sqlalchemy import Row, Select, func, select

from mse.annuaire.models import Acteur
from mse.core.database import first
from mse.extensions import db
from mse.fiches.models import Etape, Fiche
from mse.fiches.queries.listes import begin, select_published

NOMBRE = 4
_F, _E, _A = Fiche.__table__.c, Etape.__table__.c, Acteur.__table__.c


def _select_dernieres() -> Select[*tuple[Any, ...]]:
    """The fiches with the most recent answers. The text of an answer is missing if it is hidden."""
    answers = select(func.max(_E.id)).where(_E.fiche_id == _F.id, _E.jours_ouvres.is_not(None))
    last = answers.correlate(Fiche.__table__).scalar_subquery()
    query = (
        select_published()
        .add_columns(begin(_E.texte_html).label("reponse"), _E.jours_ouvres, _A.nom.label("auteur"))
        .outerjoin(Etape.__table__, (_E.id == last) & _E.masquee_le.is_(None))
        .outerjoin(Acteur.__table__, _A.id == _E.acteur_id)
        .where(_F.derniere_reponse_le.is_not(None))
    )
    return first(query.order_by(_F.derniere_reponse_le.desc(), _F.id.desc()), NOMBRE)


_DERNIERES = _select_dernieres()


def list_dernieres_reponses() -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(_DERNIERES).all())
