"""Length checks of typed texts; the error message gives the count."""

from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean, visible_length


def limite(texte: str, maximum: int) -> str:
    """Return the cleaned text. Raises `DonneeInvalide` if it is longer than `maximum`."""
    texte = clean(texte)
    if len(texte) > maximum:
        raise DonneeInvalide(
            _(
                "Votre texte est trop long : %(n)s caractères, pour un maximum de %(max)s. Raccourcissez-le.",
                n=len(texte),
                max=maximum,
            )
        )
    return texte


def require_length(texte: str, minimum: int, maximum: int) -> str:
    """Return the cleaned text. Raises `DonneeInvalide` if it is too long or has too few visible
    characters."""
    texte = limite(texte, maximum)
    longueur = visible_length(texte)
    if longueur < minimum:
        raise DonneeInvalide(too_short_message(longueur, minimum))
    return texte


def too_short_message(longueur: int, minimum: int) -> str:
    """Return the error message for a text that is too short; it gives no count for an empty text."""
    if not longueur and minimum == 1:
        return _("Écrivez quelque chose ici.")
    if not longueur:
        return _("Expliquez en quelques mots : au moins %(min)s caractères.", min=minimum)
    return _(
        "Ajoutez quelques mots : il faut au moins %(min)s caractères, vous en avez écrit %(n)s.",
        n=longueur,
        min=minimum,
    )
