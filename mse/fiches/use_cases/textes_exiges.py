"""The texts the scheme requires: «traité» is no answer."""

from mse.core.errors import DonneeInvalide
from mse.core.textes import _, clean, visible_length
from mse.fiches.limites import MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN


def exige_reponse(texte: str) -> str:
    """Of répondre, régler, abandonner and a declined reopening."""
    return _exige(texte, REPONSE_MIN, REPONSE_MAX)


def exige_motif(texte: str) -> str:
    return _exige(texte, MOTIF_MIN, MOTIF_MAX)


def limite(texte: str, maximum: int) -> str:
    """Cleaned; longer than `maximum` is refused with the count."""
    texte = clean(texte)
    if len(texte) > maximum:
        raise DonneeInvalide(
            _(
                "Votre texte fait %(n)s caractères ; le maximum est %(max)s. Raccourcissez-le.",
                n=len(texte),
                max=maximum,
            )
        )
    return texte


def _exige(texte: str, minimum: int, maximum: int) -> str:
    texte = limite(texte, maximum)
    longueur = visible_length(texte)
    if longueur < minimum:
        raise DonneeInvalide(
            _(
                "Votre texte fait %(n)s caractères ; il en faut au moins %(min)s pour expliquer.",
                n=longueur,
                min=minimum,
            )
        )
    return texte
