"""Acteurs in difficulty: the stored figures of a quarter, worst first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur, Competence, Nature
from mse.annuaire.queries import acteurs_sans_compte
from mse.bilans.chiffres import Chiffres
from mse.bilans.models import BilanActeur, TrimestreCompte
from mse.bilans.trimestres import Trimestre
from mse.core.database import read_id
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.models import Saisine

PAR_PAGE = 25
LIGNES_MAX = 20_000  # acteurs in a file


@dataclass(frozen=True, kw_only=True)
class Rang:
    """An acteur with the figures of the quarter and of the one before; None if nothing was due."""

    id: int
    nom: str
    est_organisme: bool
    chiffres: Chiffres
    avant: Chiffres | None
    est_sans_compte: bool  # nobody of the acteur has opened an account


@dataclass(frozen=True)
class Curseur:
    """The sort key of the last acteur shown, written in the URL as `part-dues-id`."""

    part: int
    dues: int
    acteur_id: int

    @classmethod
    def lire(cls, texte: str) -> "Curseur | None":
        """Return None if the text is empty. Raise `DonneeInvalide` if it is malformed."""
        if not texte:
            return None
        try:
            part, dues, acteur_id = texte.split("-")
            return cls(read_id(part) if part != "0" else 0, read_id(dues), read_id(acteur_id))
        except ValueError as error:
            raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable.")) from error

    def __str__(self) -> str:
        return f"{self.part}-{self.dues}-{self.acteur_id}"


@dataclass(frozen=True)
class PageRangs:
    rangs: Sequence[Rang]
    suite: Curseur | None


_AVANT = aliased(BilanActeur)


def list_rangs(
    trimestre: Trimestre,
    *,
    le: date,
    juges: bool,
    apres: Curseur | None = None,
    sous_arbre: Collection[str] | None = None,
) -> PageRangs:
    """Return one page of open acteurs, worst first. `juges`: those with enough due answers to be judged, else
    the others. `sous_arbre`: list only the acteurs that stand or are competent in one of
    these territoires."""
    minimum = get_demarche().meteo.minimum
    query = _rangs(trimestre, sous_arbre).where(
        BilanActeur.dues >= minimum if juges else BilanActeur.dues < minimum
    )
    if apres is not None:
        query = query.where(tuple_(apres.part, apres.dues, apres.acteur_id) > _CLE)
    rows = db.session.execute(query.limit(PAR_PAGE + 1)).all()
    rangs = _read(rows[:PAR_PAGE], le)
    if len(rows) <= PAR_PAGE:
        return PageRangs(rangs, None)
    dernier = rangs[-1]
    return PageRangs(rangs, Curseur(dernier.chiffres.part, dernier.chiffres.dues, dernier.id))


def list_tous_les_rangs(
    trimestre: Trimestre, *, le: date, sous_arbre: Collection[str] | None = None
) -> Sequence[Rang]:
    """Return the figures of all acteurs for the CSV file, those with fewer than 5 due answers included."""
    return _read(db.session.execute(_rangs(trimestre, sous_arbre).limit(LIGNES_MAX)).all(), le)


_CLE = tuple_(BilanActeur.part, BilanActeur.dues, BilanActeur.acteur_id)


def _rangs(trimestre: Trimestre, sous_arbre: Collection[str] | None) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(BilanActeur, _AVANT, Acteur.nom, Acteur.nature)
        .join(Acteur, Acteur.id == BilanActeur.acteur_id)
        .outerjoin(
            _AVANT, and_(_AVANT.acteur_id == BilanActeur.acteur_id, _AVANT.debut == trimestre.precedent.debut)
        )
        .where(BilanActeur.debut == trimestre.debut, Acteur.ferme_le.is_(None))
        .order_by(BilanActeur.part.desc(), BilanActeur.dues.desc(), BilanActeur.acteur_id.desc())
    )
    if sous_arbre is None:
        return query
    competent = exists().where(Competence.acteur_id == Acteur.id, Competence.territoire_code.in_(sous_arbre))
    return query.where(or_(Acteur.territoire_code.in_(sous_arbre), competent))


def _read(rows: Sequence[Any], le: date) -> list[Rang]:
    sans_compte = acteurs_sans_compte([row[0].acteur_id for row in rows], le=le)
    return [
        Rang(
            id=bilan.acteur_id,
            nom=nom,
            est_organisme=nature == Nature.ORGANISME,
            chiffres=bilan.chiffres,
            avant=avant and avant.chiffres,
            est_sans_compte=bilan.acteur_id in sans_compte,
        )
        for bilan, avant, nom, nature in rows
    ]


def get_compte_le(trimestre: Trimestre) -> Row[date, datetime] | None:
    """Return the last day that the stored figures count, and when they were computed; else None."""
    query = select(TrimestreCompte.jusqu_au, TrimestreCompte.calcule_le)
    return db.session.execute(query.where(TrimestreCompte.debut == trimestre.debut)).first()


def list_comptes(*, limit: int = 12) -> list[Trimestre]:
    """Return the quarters whose figures are stored, newest first."""
    query = select(TrimestreCompte.debut).order_by(TrimestreCompte.debut.desc()).limit(limit)
    return [Trimestre.du(debut) for debut in db.session.scalars(query)]


def find_a_compter(le: date) -> Trimestre | None:
    """Return the latest past quarter without stored figures since the first saisine, or None."""
    premiere = db.session.scalar(select(func.min(Saisine.reponse_due)))
    if premiere is None:
        return None
    premier, trimestre = Trimestre.du(premiere), Trimestre.du(le).precedent
    comptes = set(db.session.scalars(select(TrimestreCompte.debut)))
    while trimestre >= premier:
        if trimestre.debut not in comptes:
            return trimestre
        trimestre = trimestre.precedent
    return None
