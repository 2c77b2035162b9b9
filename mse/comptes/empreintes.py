"""Hashing and verifying outside of any transaction: on SQLite nobody else could write meanwhile."""

from mse.comptes.mots_de_passe import hash_mot_de_passe, verify_mot_de_passe
from mse.core.use_cases import release


def compute_empreinte(mot_de_passe: str) -> str:
    """To be called before the use case that stores it: what was not committed is rolled back."""
    release()
    return hash_mot_de_passe(mot_de_passe)


def check_empreinte(empreinte: str | None, mot_de_passe: str) -> bool:
    """As `compute_empreinte`."""
    release()
    return verify_mot_de_passe(empreinte, mot_de_passe)
