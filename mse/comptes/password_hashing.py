"""Hash and verify passwords outside any transaction, because on SQLite an open transaction would block all
writers."""

from mse.comptes.mots_de_passe import hash_mot_de_passe, verify_mot_de_passe
from mse.core.use_cases import release


def release_and_hash(mot_de_passe: str) -> str:
    """Hash a password, before the use case that stores it. Uncommitted changes are rolled back."""
    release()
    return hash_mot_de_passe(mot_de_passe)


def release_and_verify(password_hash: str | None, mot_de_passe: str) -> bool:
    """Verify a password. Uncommitted changes are rolled back."""
    release()
    return verify_mot_de_passe(password_hash, mot_de_passe)
