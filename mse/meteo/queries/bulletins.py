"""Queries on bulletins, newest first."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select

from mse.comptes.models import Compte
from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.extensions import db
from mse.meteo.etats import Etat, dire_etat
from mse.meteo.models import Bulletin, thaw
from mse.meteo.policies import peut_lire

Lignes = Sequence[Row[*tuple[Any, ...]]]


def get_bulletin(compte: Compte | None, bulletin_id: int) -> Bulletin | None:
    bulletin = db.session.get(Bulletin, bulletin_id)
    return bulletin if bulletin is not None and peut_lire(compte, bulletin) else None


def list_bulletins(nombre: int = 60) -> Lignes:
    """Return the published bulletins. 60 are five years of monthly bulletins.

    `figure`: the frozen weather of the whole démarche, see `read_etat`."""
    return db.session.execute(
        select(
            Bulletin.id,
            Bulletin.titre,
            Bulletin.jour,
            Bulletin.publie_le,
            Bulletin.texte_html,
            Bulletin.figures[0].label("figure"),
        )
        .where(Bulletin.publie_le.is_not(None))
        .order_by(Bulletin.publie_le.desc(), Bulletin.id.desc())
        .limit(nombre)
    ).all()


_DERNIER = (
    select(Bulletin.id, Bulletin.titre)
    .where(Bulletin.publie_le.is_not(None))
    .order_by(Bulletin.publie_le.desc(), Bulletin.id.desc())
    .limit(1)
)


@cached_for(THIRTY_SECONDS)
def get_dernier() -> Row[int, str] | None:
    """Return the latest published bulletin for the home page, cached for 30 seconds."""
    return db.session.execute(_DERNIER).first()


def list_brouillons() -> Lignes:
    return db.session.execute(
        select(Bulletin.id, Bulletin.titre, Bulletin.jour)
        .where(Bulletin.publie_le.is_(None))
        .order_by(Bulletin.id.desc())
        .limit(60)
    ).all()


def list_a_imprimer() -> Sequence[Bulletin]:
    """Return published bulletins without a PDF, at most 20."""
    return db.session.scalars(
        select(Bulletin).where(Bulletin.publie_le.is_not(None), Bulletin.pdf.is_(None)).limit(20)
    ).all()


def list_pdfs_connus(noms: Collection[str]) -> set[str]:
    """Return those of `noms` that a bulletin references."""
    return {nom for nom in db.session.scalars(select(Bulletin.pdf).where(Bulletin.pdf.in_(noms))) if nom}


def list_etats(bulletin: Bulletin) -> list[Etat]:
    """Return the weather frozen in the bulletin: the whole démarche, then its parts."""
    return [dire_etat(*lieu) for lieu in bulletin.releves()]


def read_etat(figure: dict[str, Any]) -> Etat:
    """Return the weather frozen in one item of a bulletin."""
    return dire_etat(*thaw(figure))
