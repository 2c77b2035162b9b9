"""People who act on one fiche in the same instant do so one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine

P = ParamSpec("P")
R = TypeVar("R")
Cible = TypeVar("Cible", bound=Fiche | Saisine | Etape)


def verrouille(function: Callable[Concatenate[Cible, P], R]) -> Callable[Concatenate[Cible, P], R]:
    """A use case on a fiche or a saisine: the fiche's row is locked, then read again with its saisines.
    On an étape: with its étapes.

    Two owners who answer at once both succeed, and the derived status counts both answers. SQLite
    has one writer at a time already.
    """

    @wraps(function)
    def run(cible: Cible, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if db.engine.dialect.name == "postgresql":
            fiche = cible if isinstance(cible, Fiche) else cible.fiche
            lues = Fiche.etapes if isinstance(cible, Etape) else Fiche.saisines
            db.session.scalars(
                select(Fiche)
                .where(Fiche.id == fiche.id)
                .options(selectinload(lues))
                .with_for_update()
                .execution_options(populate_existing=True)
            ).one()
        return function(cible, *args, **kwargs)

    return run
