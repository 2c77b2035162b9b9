"""Lock a fiche, so that simultaneous use cases run one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine

P = ParamSpec("P")
R = TypeVar("R")
Cible = TypeVar("Cible", bound=Fiche | Saisine | Etape)

_F, _S = Fiche.__table__.c, Saisine.__table__.c
_VERROU = select(_F.version).where(_F.id == bindparam("fiche_id")).with_for_update()
_VERSIONS = select(_S.id, _S.version).where(_S.fiche_id == bindparam("fiche_id"))


def verrouille(function: Callable[Concatenate[Cible, P], R]) -> Callable[Concatenate[Cible, P], R]:
    """Decorate a use case on a fiche, a saisine or an étape: lock the row of the fiche, then reload stale
    objects.

    The fiche and its saisines are reloaded if a version changed. Étapes have no version and are always
    reloaded. Two owners who answer at once both succeed, and the derived status counts both answers. SQLite
    needs no lock: it allows one writer at a time.
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
    """The error for a deleted draft. Filed fiches are never deleted."""
    return TransitionInterdite(_("Ce brouillon vient d’être supprimé."))


def _lock(fiche: Fiche) -> bool:
    """Lock the fiche. Return True if the objects in memory are current.

    Requests to reopen have their own version; a verdict increments that of its saisine.
    """
    version = db.session.scalar(_VERROU, {"fiche_id": fiche.id})
    if version is None:
        raise disparu()
    versions = {row.id: row.version for row in db.session.execute(_VERSIONS, {"fiche_id": fiche.id})}
    lues = {saisine.id: saisine.version for saisine in fiche.saisines}
    return version == fiche.version and versions == lues


def _read_again(fiche: Fiche, avec: Any) -> None:
    query = select(Fiche).where(Fiche.id == fiche.id).options(selectinload(avec))
    db.session.scalars(query.execution_options(populate_existing=True)).one()
