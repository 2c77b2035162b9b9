"""People who act on one fiche in the same instant do so one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from mse.core.errors import TransitionInterdite
from mse.core.textes import _
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine

P = ParamSpec("P")
R = TypeVar("R")
Cible = TypeVar("Cible", bound=Fiche | Saisine | Etape)

_F, _S = Fiche.__table__.c, Saisine.__table__.c
_VERROU = select(_F.version).where(_F.id == bindparam("fiche_id")).with_for_update()
_VERSIONS = select(_S.id, _S.version).where(_S.fiche_id == bindparam("fiche_id"))


def verrouille(function: Callable[Concatenate[Cible, P], R]) -> Callable[Concatenate[Cible, P], R]:
    """A use case on a fiche or a saisine: the fiche's row is locked, then read again with its saisines if
    somebody changed one of them since. On an étape, which has no version: always, with its étapes.

    Two owners who answer at once both succeed, and the derived status counts both answers. SQLite
    has one writer at a time already.
    """

    @wraps(function)
    def run(cible: Cible, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if db.engine.dialect.name == "postgresql":
            fiche = cible if isinstance(cible, Fiche) else cible.fiche
            inchangee = _lock(fiche)
            if isinstance(cible, Etape):
                _read_again(fiche, Fiche.etapes)
            elif not inchangee:
                _read_again(fiche, Fiche.saisines)
        return function(cible, *args, **kwargs)

    return run


def disparu() -> TransitionInterdite:
    """Only a draft is ever deleted."""
    return TransitionInterdite(_("Ce brouillon vient d’être supprimé."))


def _lock(fiche: Fiche) -> bool:
    """Waits for whoever holds it. True: what is in memory is what the database holds. (A request to reopen
    has a version of its own, a verdict moves that of its saisine.)"""
    version = db.session.scalar(_VERROU, {"fiche_id": fiche.id})
    if version is None:
        raise disparu()
    versions = {row.id: row.version for row in db.session.execute(_VERSIONS, {"fiche_id": fiche.id})}
    lues = {saisine.id: saisine.version for saisine in fiche.saisines}
    return version == fiche.version and versions == lues


def _read_again(fiche: Fiche, avec: Any) -> None:
    query = select(Fiche).where(Fiche.id == fiche.id).options(selectinload(avec))
    db.session.scalars(query.execution_options(populate_existing=True)).one()
