"""Hashing and verifying outside of any transaction: on SQLite nobody else could write meanwhile."""

from mse.comptes.mots_de_passe import hash_mot_de_passe, verify_mot_de_passe
from mse.extensions import db


def compute_empreinte(mot_de_passe: str) -> str:
    """To be called before the use case that stores it: what was not committed is rolled back."""
    _release()
    return hash_mot_de_passe(mot_de_passe)


def check_empreinte(empreinte: str | None, mot_de_passe: str) -> bool:
    """As `compute_empreinte`."""
    _release()
    return verify_mot_de_passe(empreinte, mot_de_passe)


def _release() -> None:
    """A command that loads many things in one transaction keeps it."""
    if not db.session().info.get("batch"):
        db.session.rollback()
