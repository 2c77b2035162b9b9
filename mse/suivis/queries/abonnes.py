"""Queries on the addresses that follow without an account."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select

from mse.core.database import is_state
from mse.core.text import clean
from mse.extensions import db
from mse.suivis.models import Abonne, Suivi
from mse.suivis.workflow import Objet


def get_abonne(cle: str) -> Abonne | None:
    """Find an address by the key of the links about everything that it follows."""
    return db.session.scalar(select(Abonne).where(Abonne.cle == clean(cle)))


def get_abonne_par_courriel(courriel: str) -> Abonne | None:
    return db.session.scalar(select(Abonne).where(Abonne.courriel == courriel))


def get_suivi_par_cle(cle: str) -> Suivi | None:
    """Find a follow, of an account or of an address, by the key of the links in its mails."""
    return db.session.scalar(select(Suivi).where(Suivi.cle == clean(cle)))


def count_suivis_de(abonne_id: int) -> int:
    query = select(func.count()).select_from(Suivi).where(Suivi.abonne_id == abonne_id)
    return db.session.scalar(query) or 0


def count_confirmes(abonne_id: int) -> int:
    query = select(func.count()).select_from(Suivi)
    return db.session.scalar(query.where(Suivi.abonne_id == abonne_id, Suivi.confirme_le.is_not(None))) or 0


def list_abonnes_aux_bulletins() -> Sequence[Row[str, str]]:
    """Return (courriel, key of the follow) of each confirmed subscriber."""
    query = select(Abonne.courriel, Suivi.cle).join(Abonne, Abonne.id == Suivi.abonne_id)
    query = query.where(is_state(Suivi.objet, Objet.BULLETINS), Suivi.confirme_le.is_not(None))
    return db.session.execute(query.order_by(Abonne.id)).all()
