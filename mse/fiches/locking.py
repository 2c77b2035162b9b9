"""Lock a fiche, so that simultaneous use cases run one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import BindParameter, Select, bindparam, inspect, select
from sqlalchemy.orm import InstanceState, selectinload

from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine

P = ParamSpec("P")
R = TypeVar("R")
Cible = TypeVar("Cible", bound=Fiche | Saisine | Etape)

_F = Fiche.__table__.c


def _verrou(fiche_id: Any) -> Select[Any]:
    return select(_F.id).where(_F.id == fiche_id).with_for_update()


_ID: BindParameter[int] = bindparam("id")
_VERROUS = {
    Fiche: _verrou(_ID),
    Saisine: _verrou(select(Saisine.fiche_id).where(Saisine.id == _ID).scalar_subquery()),
    Etape: _verrou(select(Etape.fiche_id).where(Etape.id == _ID).scalar_subquery()),
}


def verrouille(function: Callable[Concatenate[Cible, P], R]) -> Callable[Concatenate[Cible, P], R]:
    """Decorate a use case on a fiche, a saisine or an étape: lock the row of the fiche, then read the objects
    as they are under that lock.

    Two owners who answer at once both succeed, and the derived status counts both answers. SQLite needs no
    lock: it allows one writer at a time.
    """

    @wraps(function)
    def run(cible: Cible, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if db.engine.dialect.name == "postgresql":
            _lock(cible)
        return function(cible, *args, **kwargs)

    return run


def disparu() -> TransitionInterdite:
    """The error for a deleted draft. Filed fiches are never deleted."""
    return TransitionInterdite(_("Ce brouillon vient d’être supprimé."))


def _lock(cible: Fiche | Saisine | Etape) -> None:
    """Lock the row of the fiche of `cible`, before any column is read.

    In a web request all objects have expired when the use case begins, so that they are loaded once, under
    the lock. In a batch they may be loaded already; then they are refreshed.
    """
    etat: InstanceState[Any] = inspect(cible)
    assert etat.identity is not None
    if db.session.scalar(_VERROUS[type(cible)], {"id": etat.identity[0]}) is None:
        raise disparu()
    if not etat.expired:
        fiche = cible if isinstance(cible, Fiche) else cible.fiche
        avec = selectinload(Fiche.etapes if isinstance(cible, Etape) else Fiche.saisines)
        query = select(Fiche).where(Fiche.id == fiche.id).options(avec)
        db.session.scalars(query.execution_options(populate_existing=True)).one()
