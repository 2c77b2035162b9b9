"""The team of an acteur, and who has a saisine."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select

from mse.annuaire.models import Appartenance
from mse.comptes.models import Compte
from mse.extensions import db
from mse.travail.models import Attribution


def list_equipe(acteurs: Collection[int], *, le: date) -> Sequence[Compte]:
    """Return the activated agents of these acteurs on the day `le`, by name."""
    siennes = select(Appartenance.compte_id).where(
        Appartenance.acteur_id.in_(acteurs),
        Appartenance.debut <= le,
        or_(Appartenance.fin.is_(None), Appartenance.fin > le),
    )
    query = select(Compte).where(
        Compte.id.in_(siennes), Compte.ferme_le.is_(None), Compte.active_le.is_not(None)
    )
    return db.session.scalars(query.order_by(Compte.tri, Compte.id)).all()


def get_attribution(saisine_id: int) -> Attribution | None:
    return db.session.get(Attribution, saisine_id)
