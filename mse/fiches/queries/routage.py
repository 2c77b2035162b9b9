"""Routing: whom a fiche could go to, and why (docs/regles/fiches.md)."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from mse.annuaire.models import Acteur, Competence, Nature
from mse.core.text import _
from mse.extensions import db
from mse.fiches.models import Fiche


@dataclass(frozen=True)
class Proposition:
    """An acteur proposed to the delegate. `coche`: ticked by default."""

    acteur: Acteur
    coche: bool
    raison: str


def propose(fiche: Fiche) -> list[Proposition]:
    """Propose the competent services, the most specific first, then the organisme.

    Services of the highest level found are ticked. The organisme is ticked if the démarche assigns it the
    thème.
    """
    if fiche.theme is None:
        return []
    profondeur = {t.code: rang for rang, t in enumerate(reversed(fiche.territoire.lignee), start=1)}
    competences = db.session.scalars(
        select(Competence)
        .join(Competence.acteur)
        .where(
            Acteur.ferme_le.is_(None),
            Acteur.nature != Nature.ORGANISME,
            or_(Competence.theme_code == fiche.theme_code, Competence.theme_code.is_(None)),
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
    rangees = sorted(meilleures.values(), key=precision, reverse=True)  # stable: by name
    services = [Proposition(c.acteur, precision(c) == sommet, _raison(c)) for c in rangees]
    return [*services, *_organisme(fiche)]


def _organisme(fiche: Fiche) -> list[Proposition]:
    assert fiche.theme is not None
    if fiche.promotion.organisme.ferme_le is not None:
        return []
    raison = _("c’est l’organisme de la promotion")
    return [Proposition(fiche.promotion.organisme, fiche.theme.organisme, raison)]


def _raison(competence: Competence) -> str:
    theme = competence.theme.libelle.lower() if competence.theme else _("tous les thèmes")
    lieu = competence.territoire.nom if competence.territoire else _("tout le territoire")
    return _("compétent pour : %(theme)s, %(lieu)s", theme=theme, lieu=lieu)
