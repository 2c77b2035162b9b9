"""Name, mail address and identifiant of an account."""

import secrets

from mse.comptes.models import Compte
from mse.comptes.queries import get_compte_par_courriel, get_compte_par_entree
from mse.core.database import one_at_a_time
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean, fold, visible_length

NOM_MAX = 80
LETTRES_MAX = 20  # maximum number of letters in an identifiant


class AdressePrise(DonneeInvalide):
    def __init__(self, courriel: str) -> None:
        super().__init__(_("Un compte existe déjà avec l’adresse %(courriel)s.", courriel=courriel))


def exige_nom(texte: str, phrase: str) -> str:
    """Return the name on one line. Raises `DonneeInvalide`, with `phrase` if the name is empty."""
    nom = " ".join(clean(texte).split())
    if not visible_length(nom):
        raise DonneeInvalide(phrase)
    if len(nom) > NOM_MAX:
        raise DonneeInvalide(
            _("Ce nom est trop long : %(n)s caractères, pour un maximum de %(max)s.", n=len(nom), max=NOM_MAX)
        )
    return nom


def exige_courriel(texte: str, *, de: Compte | None = None) -> str:
    """Return the valid address. Raises `DonneeInvalide` if an account other than `de` has it."""
    courriel = require_email(texte)
    autre = get_compte_par_courriel(courriel)
    if autre is not None and (de is None or autre.id != de.id):
        raise AdressePrise(courriel)
    return courriel


def donner_identifiant(compte: Compte) -> None:
    """Give the account an identifiant: a first name and digits, easy to read aloud. It never changes.
    Call it inside a use case."""
    if compte.identifiant is None:
        one_at_a_time("identifiant")
        compte.identifiant = _tirer_identifiant(compte.prenom)


def _tirer_identifiant(prenom: str) -> str:
    """Return an unused identifiant: the first name and a random number of four digits, or of one digit more
    after every nine collisions."""
    lettres = "".join(signe for signe in fold(prenom) if signe.isascii() and signe.isalpha())[:LETTRES_MAX]
    essai = 0
    while True:
        base = 10 ** (3 + essai // 9)
        identifiant = f"{lettres or 'compte'}{base + secrets.randbelow(9 * base)}"
        if get_compte_par_entree(identifiant) is None:
            return identifiant
        essai += 1
