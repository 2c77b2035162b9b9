"""Clean, validate and encode mail addresses."""

import re
import unicodedata

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean

EMAIL_MAX = 254  # RFC 5321: a path of 256 characters without its angle brackets
_COLLE_MAX = 1000  # characters of pasted text, which may hold a name and mailto parameters
_INVISIBLES = {"\u034f", "\u180b", "\ufe0e", "\ufe0f"}  # invisible, but not of Unicode category Cf
_AUTOUR = '<>()[]"“”«»,;:. \u00a0\u202f'
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)


def clean_email(texte: str) -> str:
    """Return the address in pasted text, without what mail programs add around it and without invisible
    characters.

    `Nadia <nadia@exemple.fr>`, `mailto:nadia@exemple.fr?subject=…` and `nadia@exemple.fr.` give the address.
    Text that is not an address keeps its words; text of more than 1,000 characters is returned unchanged.
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


def require_email(texte: str) -> str:
    """Return the address as it is stored and compared, in lower case.
    Raises `DonneeInvalide` if no mail server would accept its syntax."""
    adresse = clean_email(texte)
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
    """Like `require_email`, but never raises:
    invalid text is returned in lower case and equals no stored address."""
    adresse = clean_email(texte)
    try:
        return _read(adresse).normalized.lower()
    except EmailNotValidError:
        return adresse.lower()


def encode_adresse(adresse: str) -> str:
    """Return the address for an SMTP envelope or a header: ASCII, the domain in IDNA. Raises `ValueError`."""
    return str(_read(adresse).ascii_email)


def _read(adresse: str, *, deliverable: bool = False) -> ValidatedEmail:
    """Validate the address. `=?` is refused: it begins an encoded word in a mail header (RFC 2047)."""
    if "=?" in adresse or len(adresse) > EMAIL_MAX:
        raise EmailNotValidError
    return validate_email(
        adresse, check_deliverability=False, allow_smtputf8=False, globally_deliverable=deliverable
    )
