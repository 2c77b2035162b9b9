"""Reported pages, the reports of one page, and a report by its code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Row, Select, case, func, literal, literal_column, select

from mse.comptes.models import Compte
from mse.core.codes import hash_code
from mse.core.rate_limit import rate_limited
from mse.core.registry import ROWS_MAX
from mse.core.text import lazy
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.initiatives.models import Initiative
from mse.masquage.api import Sujet
from mse.masquage.queries import get_page
from mse.reperes.models import Repere
from mse.representation.api import Lecteur
from mse.signalements.models import Signalement
from mse.signalements.workflow import Raison

_S = Signalement.__table__.c
_TROP = lazy("Trop de codes sont vérifiés en même temps\u202f: revenez dans une minute.")
PAR_ADRESSE, EN_TOUT = 20, 300  # codes checked a minute
PAR_PAGE = 100  # reports of one page that are read together
_MODELES: dict[Sujet, Any] = {Sujet.FICHE: Fiche, Sujet.INITIATIVE: Initiative, Sujet.REPERE: Repere}


def is_open() -> ColumnElement[bool]:
    """The words of the partial index, so that both databases use it."""
    return literal_column("etat IN ('recu', 'conteste')", Boolean)


@dataclass(frozen=True)
class Cible:
    """A page that can be reported. `page`: the fiche, initiative or repère."""

    sujet: Sujet
    page: Any


def get_publique(_compte: Compte | None, sujet: Sujet, **ids: int) -> Cible | None:
    """Return a page that everybody reads."""
    page = get_page(None, sujet, **ids)
    est_lue = page is not None and (isinstance(page, Repere) or page.est_publique)
    return Cible(sujet, page) if est_lue else None


def get_signalee(compte: Compte | None, sujet: Sujet, **ids: int) -> Cible | None:
    """Return a page that this person reads, withdrawn or not."""
    page = get_page(compte, sujet, **ids)
    return Cible(sujet, page) if page is not None else None


def list_signalements(cible: Cible) -> Sequence[Signalement]:
    """Return the last reports of a page, newest first."""
    query = select(Signalement).where(_S.sujet == cible.sujet, _S.page_id == cible.page.id)
    return db.session.scalars(query.order_by(_S.id.desc()).limit(PAR_PAGE)).all()


@rate_limited(PAR_ADRESSE, EN_TOUT, _TROP)
def find_par_code(code: str) -> Signalement | None:
    hashed = hash_code(code)
    query = select(Signalement).where(_S.code_hash == hashed)
    return db.session.scalar(query) if hashed is not None else None


def get_par_cle(cle: str) -> Signalement | None:
    return db.session.scalar(select(Signalement).where(_S.cle == cle))


def select_signalees() -> Select[*tuple[Any, ...]]:
    """Select the pages with an open report as (item, page) for the registry. Both are the id of the first
    open report of the page."""
    premier: ColumnElement[int] = func.min(_S.id)
    query: Select[*tuple[Any, ...]] = select(premier.label("id"), premier.label("signalement_id"))
    return query.where(is_open()).group_by(_S.sujet, _S.page_id)


def list_signalees(lecteur: Lecteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the reported pages, danger first, then in the order of the first report."""
    danger = func.max(case((_S.raison == Raison.DANGER, 1), else_=0))
    titre = func.coalesce(
        *(
            select(model.titre).where(model.id == _S.page_id, _S.sujet == sujet).scalar_subquery()
            for sujet, model in _MODELES.items()
        )
    )
    query = (
        select_signalees()
        .add_columns(
            _S.sujet,
            _S.page_id,
            titre.label("titre"),
            func.count().label("nombre"),
            danger.label("est_urgente"),
            func.min(_S.recu_le).label("depuis"),
            literal(None).label("theme_code"),
        )
        .order_by(danger.desc(), func.min(_S.id))
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()
