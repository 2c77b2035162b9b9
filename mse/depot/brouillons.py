"""Functions on drafts: list the missing parts, give a step its version, delete the files."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, update

from mse.core.clock import now
from mse.core.text import _
from mse.core.use_cases import after_commit
from mse.extensions import db
from mse.fiches.api import LIBELLES_PARTIES
from mse.fiches.models import PARTIES, Fiche, Piece


def list_manques(fiche: Fiche) -> list[str]:
    """Return the missing parts of a draft, in words."""
    manques = [] if fiche.theme_code else [_("le thème")]
    if not fiche.titre.strip():
        manques.append(_("le titre"))
    return manques + [
        str(LIBELLES_PARTIES[partie]).lower() for partie in PARTIES if not getattr(fiche, partie).strip()
    ]


def read_etape(fiche: Fiche, noms: Iterable[str]) -> dict[str, Any]:
    """Return the stored values of a step, by field, and under `version` a digest of them.

    A step has a version of its own, because two delegates, or two devices, may write two steps of the same
    draft at once. Equal values have the same version.
    """
    champs = {nom: getattr(fiche, nom) for nom in sorted(noms)}
    version = hashlib.sha256(json.dumps(champs).encode()).hexdigest()[:16]
    return {**champs, "version": version}


def compter_pieces(fiche: Fiche) -> None:
    """Recount `nombre_pieces`, without a new version: it must cause no conflict with a text being edited."""
    db.session.flush()
    nombre = select(func.count()).where(Piece.fiche_id == fiche.id).scalar_subquery()
    db.session.execute(
        update(Fiche).where(Fiche.id == fiche.id).values(nombre_pieces=nombre, modifiee_le=now())
    )


def oublier_pieces(fiche: Fiche) -> None:
    """Delete the files after the commit, when a use case deletes the fiche. The rows are deleted with it."""
    fichiers = [
        nom
        for piece in db.session.scalars(select(Piece).where(Piece.fiche_id == fiche.id))
        for nom in piece.fichiers
    ]
    after_commit(lambda: Piece.store.remove(fichiers))
