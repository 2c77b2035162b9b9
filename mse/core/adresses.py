"""Mail addresses: as they are typed or pasted, as they are stored, as a server takes them."""

import re
import unicodedata

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from mse.core.errors import DonneeInvalide
from mse.core.textes import _, clean

ADRESSE_MAX = 254  # RFC 5321, a path less its brackets
_COLLE_MAX = 1000  # a name and parameters may be pasted with the address; longer is none
_INVISIBLES = {"\u034f", "\u180b", "\ufe0e", "\ufe0f"}  # beside those of category Cf
_AUTOUR = '<>()[]"“”«»,;:. \u00a0\u202f'
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)


def clean_adresse(texte: str) -> str:
    """What was pasted, less what a mail program puts around an address and less invisible characters.

    `Nadia <nadia@exemple.fr>`, `mailto:nadia@exemple.fr?subject=…` and `nadia@exemple.fr.` give the address.
    What is no address keeps its words.
    """
    if len(texte) > _COLLE_MAX:
        return texte
    texte = "".join(s for s in clean(texte) if unicodedata.category(s) != "Cf" and s not in _INVISIBLES)
    texte = texte.strip(",;. ")
    if texte.endswith(">") and "<" in texte:
        texte = texte[texte.rindex("<") + 1 :]
    texte = texte.strip(_AUTOUR)
    if mailto := _MAILTO.match(texte):
        texte = texte[mailto.end() :].partition("?")[0].strip(_AUTOUR)
    return texte


def exige_adresse(texte: str) -> str:
    """A mail address, as it is stored and compared. Raises `DonneeInvalide` for one no server would take."""
    adresse = clean_adresse(texte)
    local = adresse.rpartition("@")[0]
    if local and not local.isascii():
        raise DonneeInvalide(
            _(
                "Devant le signe @, une adresse électronique n’a ni accent ni lettre spéciale : "
                "« %(local)s » ne convient pas. Demandez à la personne comment elle l’écrit.",
                local=local[:40],
            )
        )
    try:
        return _read(adresse, deliverable=True).normalized.lower()
    except EmailNotValidError:
        phrase = _("Cette adresse électronique n’est pas valable. Exemple : prenom.nom@exemple.fr")
        raise DonneeInvalide(phrase) from None


def normalize_adresse(texte: str) -> str:
    """As `exige_adresse`, without refusing anything: what is no address equals none that is stored."""
    adresse = clean_adresse(texte)
    try:
        return _read(adresse).normalized.lower()
    except EmailNotValidError:
        return adresse.lower()


def encode_adresse(adresse: str) -> str:
    """As it stands in an envelope and a header: ASCII, its domain in IDNA. Raises `ValueError`."""
    return str(_read(adresse).ascii_email)


def _read(adresse: str, *, deliverable: bool = False) -> ValidatedEmail:
    """`=?` begins an encoded word: no header may hold it."""
    if "=?" in adresse or len(adresse) > ADRESSE_MAX:
        raise EmailNotValidError
    return validate_email(
        adresse, check_deliverability=False, allow_smtputf8=False, globally_deliverable=deliverable
    )
