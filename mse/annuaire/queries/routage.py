"""Routing: the services that are competent for a thème at a place, and why (docs/regles/fiches.md)."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from mse.annuaire.models import Acteur, Competence, Nature, Territoire, Theme
from mse.core.text import _
from mse.extensions import db


@dataclass(frozen=True)
class Proposition:
    """An acteur proposed to the delegate. `coche`: ticked by default."""

    acteur: Acteur
    coche: bool
    raison: str


def propose_services(theme: Theme, territoire: Territoire) -> list[Proposition]:
    """Return the services competent for the thème and the territoire, most specific compétence first. Those
    of the most specific level are ticked."""
    profondeur = {t.code: rang for rang, t in enumerate(reversed(territoire.lignee), start=1)}
    competences = db.session.scalars(
        select(Competence)
        .join(Competence.acteur)
        .where(
            Acteur.ferme_le.is_(None),
            Acteur.nature != Nature.ORGANISME,
            or_(Competence.theme_code == theme.code, Competence.theme_code.is_(None)),
            or_(Competence.territoire_code.in_(profondeur), Competence.territoire_code.is_(None)),
        )
        .options(
            contains_eager(Competence.acteur), joinedload(Competence.territoire), joinedload(Competence.theme)
        )
        .order_by(Acteur.tri, Competence.id)
    ).all()

    def precision(competence: Competence) -> tuple[int, int]:
        return (int(competence.theme_code is not None), profondeur.get(competence.territoire_code or "", 0))

    meilleures: dict[int, Competence] = {}
    for competence in competences:
        deja = meilleures.get(competence.acteur_id)
        if deja is None or precision(competence) > precision(deja):
            meilleures[competence.acteur_id] = competence
    sommet = max((precision(c) for c in meilleures.values()), default=(0, 0))
    rangees = sorted(meilleures.values(), key=precision, reverse=True)  # equal ones stay sorted by name
    return [Proposition(c.acteur, precision(c) == sommet, _raison(c)) for c in rangees]


def _raison(competence: Competence) -> str:
    theme = competence.theme.libelle.lower() if competence.theme else _("tous les thèmes")
    lieu = competence.territoire.nom if competence.territoire else _("tout le territoire")
    return _("compétent pour : %(theme)s, %(lieu)s", theme=theme, lieu=lieu)
