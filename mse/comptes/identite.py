"""What an account must say of a person."""

from mse.comptes.models import Compte
from mse.comptes.queries import get_compte_par_courriel
from mse.core.adresses import exige_adresse
from mse.core.errors import DonneeInvalide
from mse.core.textes import _, clean, visible_length

NOM_MAX = 80


class AdressePrise(DonneeInvalide):
    def __init__(self, courriel: str) -> None:
        super().__init__(_("Un compte existe déjà avec l’adresse %(courriel)s.", courriel=courriel))


def exige_nom(texte: str, phrase: str) -> str:
    """On one line. `phrase` says what is missing."""
    nom = " ".join(clean(texte).split())
    if not visible_length(nom):
        raise DonneeInvalide(phrase)
    if len(nom) > NOM_MAX:
        raise DonneeInvalide(
            _("Ce nom fait %(n)s caractères ; le maximum est %(max)s.", n=len(nom), max=NOM_MAX)
        )
    return nom


def exige_courriel(texte: str, *, de: Compte | None = None) -> str:
    """Valid, and of nobody else than `de`."""
    courriel = exige_adresse(texte)
    autre = get_compte_par_courriel(courriel)
    if autre is not None and (de is None or autre.id != de.id):
        raise AdressePrise(courriel)
    return courriel
