"""Import in two steps: a review shows the effect of each line, then a second request applies it.

Both steps run the same code. The first one rolls back, so the review shows the real effect. The second one
commits only if its review equals the one that the person read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy.exc import DataError, IntegrityError

from mse.core.errors import ADecider, ErreurMetier
from mse.core.text import _
from mse.core.use_cases import attempt
from mse.imports.bilan import Issue
from mse.imports.lecture_tableau import LigneTableau, Tableau

# Apply a line and describe the effect; an error is an exception with its sentence.
Ecrire = Callable[[LigneTableau], tuple[Issue, str]]


@dataclass(frozen=True, slots=True)
class LigneRevue:
    numero: int
    issue: Issue
    cellules: dict[str, str]  # as parsed
    phrase: str  # what the line creates or changes, or why it is refused
    question: tuple[str, Sequence[tuple[str, str]]] | None = None  # the ambiguous text and its choices


@dataclass(frozen=True)
class Revue:
    lignes: list[LigneRevue]
    ignorees: list[str]  # titles of unknown columns
    ecrite: bool = False

    @property
    def digest(self) -> str:
        """Return a hash of the lines: equal for two reviews with the same content."""
        return sha256(repr(self.lignes).encode(errors="replace")).hexdigest()

    @property
    def questions(self) -> dict[str, Sequence[tuple[str, str]]]:
        """Return the choices of each ambiguous text."""
        return dict(ligne.question for ligne in self.lignes if ligne.question)

    def lignes_de(self, issue: Issue) -> list[LigneRevue]:
        return [ligne for ligne in self.lignes if ligne.issue == issue]

    @property
    def change_quelque_chose(self) -> bool:
        return any(ligne.issue in (Issue.CREE, Issue.ACTUALISE) for ligne in self.lignes)


class _PasEncoreRevue(Exception):
    """Raised to roll back, because the person has not read this review yet."""


def passer_en_revue(tableau: Tableau, ecrire: Ecrire, *, digest: str) -> Revue:
    """Apply all lines, within a use case, and return the review. Roll back unless its digest equals `digest`.

    A refused line does not stop the others.
    """
    revue = Revue([], tableau.ignorees)
    try:
        with attempt():
            revue.lignes.extend(_apply_line(ligne, ecrire) for ligne in tableau.lignes)
            if revue.digest != digest:
                raise _PasEncoreRevue
    except _PasEncoreRevue:
        return revue
    return replace(revue, ecrite=True)


def _apply_line(ligne: LigneTableau, ecrire: Ecrire) -> LigneRevue:
    if ligne.faute:
        return LigneRevue(ligne.numero, Issue.REFUSE, ligne.cellules, ligne.faute)
    try:
        with attempt():
            issue, phrase = ecrire(ligne)
    except ADecider as doute:
        question = (doute.texte, tuple(doute.choix))
        return LigneRevue(ligne.numero, Issue.A_DECIDER, ligne.cellules, str(doute), question)
    except ErreurMetier as refus:
        issue, phrase = Issue.REFUSE, str(refus)
    except (IntegrityError, DataError):
        issue, phrase = Issue.REFUSE, _("La base de données n’accepte pas cette ligne.")
    return LigneRevue(ligne.numero, issue, ligne.cellules, phrase)
