"""What the owners of a fiche read of each other while they write."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Row, select

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Etape, Saisine
from mse.fiches.workflow import EN_DETAIL, NatureEtape

MONTREES = 10  # answers of the other owners
# Help to write the text of an owner: the capability above registers its own in `mse/app.py`.
AIDES: list[Callable[[Compte, Saisine, str], Any]] = []

_E = Etape.__table__.c


def get_aide(par: Compte, saisine: Saisine, geste: str) -> Any:
    """Return the help to write, None if there is none for this text."""
    return next((aide for query in AIDES if (aide := query(par, saisine, geste))), None)


def list_autres_reponses(saisine: Saisine) -> Sequence[Row[*tuple[Any, ...]]]:
    """The public answers that the other owners of the fiche have given, latest first, with their name."""
    if len(saisine.fiche.saisines) < 2:
        return []
    query = (
        select(_E.id, _E.nature, _E.le, _E.texte_html, Acteur.nom.label("acteur"))
        .join(Acteur, Acteur.id == _E.acteur_id)
        .where(
            _E.fiche_id == saisine.fiche_id,
            _E.saisine_id != saisine.id,
            _E.nature.in_((*EN_DETAIL, NatureEtape.ABANDON)),
            _E.masquee_le.is_(None),
        )
        .order_by(_E.id.desc())
    )
    return db.session.execute(query.limit(MONTREES)).all()
