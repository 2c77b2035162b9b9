"""Queries on the addresses that follow without an account."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select

from mse.core.database import is_state
from mse.core.text import clean
from mse.extensions import db
from mse.suivis.models import Abonne, Suivi
from mse.suivis.queries.suiveurs import NOMS
from mse.suivis.workflow import PLAFOND_PAR_COURRIEL, Objet


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


def get_premier_resume(echeance: datetime) -> datetime | None:
    """Return the oldest instant up to which an address was told, if a digest is due at `echeance`."""
    query = select(Abonne.resume_le).where(Abonne.resume_le < echeance)
    return db.session.scalar(query.order_by(Abonne.resume_le).limit(1))


def list_dus(echeance: datetime, count: int) -> Sequence[Abonne]:
    """Lock and return the next addresses whose digest is due, except those that another worker has locked."""
    query = select(Abonne).where(Abonne.resume_le < echeance).order_by(Abonne.resume_le)
    return db.session.scalars(query.limit(count).with_for_update(skip_locked=True)).all()


def list_suivis_de(abonne_ids: Sequence[int]) -> defaultdict[int, list[Suivi]]:
    """Return what each address follows, the bulletins apart, with the names of the objects."""
    suivis: defaultdict[int, list[Suivi]] = defaultdict(list)
    query = (
        select(Suivi).options(*NOMS).where(Suivi.abonne_id.in_(abonne_ids), Suivi.confirme_le.is_not(None))
    )
    for suivi in db.session.scalars(query.where(Suivi.objet != Objet.BULLETINS).order_by(Suivi.id)):
        suivis[suivi.abonne_id or 0].append(suivi)
    return suivis


def list_confirmes(abonne: Abonne) -> list[Suivi]:
    """Return what an address follows, without the fiches that are no longer public."""
    query = select(Suivi).options(*NOMS).where(Suivi.abonne_id == abonne.id, Suivi.confirme_le.is_not(None))
    suivis = db.session.scalars(query.order_by(Suivi.id).limit(PLAFOND_PAR_COURRIEL)).all()
    return [suivi for suivi in suivis if suivi.fiche is None or suivi.fiche.est_publique]


def list_a_relancer(avant: datetime, count: int) -> Sequence[Abonne]:
    """Return the addresses whose owner has not pressed a button since `avant`, and was not asked to stay."""
    query = select(Abonne).where(Abonne.renouvele_le < avant, Abonne.rappel_le.is_(None))
    return db.session.scalars(query.order_by(Abonne.renouvele_le).limit(count)).all()


def list_perdus(avant: datetime, rappel_avant: datetime, count: int) -> Sequence[Abonne]:
    """Return the addresses that were asked to stay before `rappel_avant`, and whose owner did not answer."""
    query = select(Abonne).where(Abonne.renouvele_le < avant, Abonne.rappel_le < rappel_avant)
    return db.session.scalars(query.order_by(Abonne.renouvele_le).limit(count)).all()


def list_abonnes_aux_bulletins() -> Sequence[Row[str, str]]:
    """Return (courriel, key of the follow) of each confirmed subscriber."""
    query = select(Abonne.courriel, Suivi.cle).join(Abonne, Abonne.id == Suivi.abonne_id)
    query = query.where(is_state(Suivi.objet, Objet.BULLETINS), Suivi.confirme_le.is_not(None))
    return db.session.execute(query.order_by(Abonne.id)).all()
