"""Answers with files."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from sqlalchemy import event

from devtools.factories import LONGUE
from mse.comptes.models import Compte
from mse.core.files import Envoi
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.redaction.models import PieceReponse
from mse.redaction.use_cases.brouillons import garder_brouillon
from mse.redaction.use_cases.fichiers import joindre_pieces
from mse.redaction.workflow import Geste
from tests.fichiers import photo


def joindre(saisine: Saisine, par: Compte, *envois: tuple[str, bytes], texte: str = LONGUE) -> list[str]:
    """Join files to the draft of an answer, as the form does. Return what is refused."""
    envoyes = [Envoi(nom, BytesIO(octets)) for nom, octets in envois or [("arret.jpg", photo())]]
    refus = joindre_pieces(saisine, Geste.REPONDRE, texte, envoyes, par=par)
    garder_brouillon(saisine, Geste.REPONDRE, texte, par=par)
    return refus


def repondre_avec(saisine: Saisine, par: Compte, *envois: tuple[str, bytes]) -> list[PieceReponse]:
    """Publish an answer with files. Return the files of the saisine."""
    assert joindre(saisine, par, *envois) == []
    repondre_saisine(saisine, LONGUE, par=par)
    return list_pieces()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield the statements that the block executes."""
    executees: list[str] = []

    def note(_connection: Any, _cursor: Any, requete: str, *_rest: Any) -> None:
        executees.append(requete)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield executees
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def list_pieces() -> list[PieceReponse]:
    db.session.rollback()
    return list(db.session.query(PieceReponse).order_by(PieceReponse.id))
