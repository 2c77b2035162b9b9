"""The SIRET, the number of an establishment: SIREN (9 digits) + NIC (5 digits)."""

from stdnum.exceptions import ValidationError
from stdnum.fr import siret

from mse.core.errors import DonneeInvalide
from mse.core.text import _


def check_siret(texte: str) -> str:
    """Return the 14 digits, without spaces and dots. The Luhn checksum must match, except for offices of La
    Poste.

    Raises `DonneeInvalide`.
    """
    try:
        numero: str = siret.validate(texte)
    except ValidationError:
        numero = ""
    if not numero.strip("0"):
        raise DonneeInvalide(_("Le SIRET « %(siret)s » n’est pas valable.", siret=texte[:40]))
    return numero
