"""What a row of the directory must say. Every refusal says what is wrong."""

from email_validator import EmailNotValidError

from mse.annuaire.models import Acteur, Commune, Territoire, Theme
from mse.annuaire.queries import get_acteurs_par_siret
from mse.annuaire.use_cases.siret import check_siret
from mse.comptes.queries import normalize_courriel
from mse.core.errors import DonneeInvalide
from mse.core.textes import _, clean, visible_length
from mse.extensions import db

DELAI_MAX = 250  # working days: a year


def exige_texte(texte: str, quoi: str, maximum: int) -> str:
    """On one line. `quoi` begins the sentence of the refusal."""
    texte = " ".join(clean(texte).split())
    if not visible_length(texte):
        raise DonneeInvalide(_("%(quoi)s est vide.", quoi=quoi))
    if len(texte) > maximum:
        raise DonneeInvalide(
            _(
                "%(quoi)s fait %(n)s caractères ; le maximum est %(max)s.",
                quoi=quoi,
                n=len(texte),
                max=maximum,
            )
        )
    return texte


def exige_courriel(courriel: str) -> str:
    try:
        return normalize_courriel(courriel, strict=True)
    except EmailNotValidError:
        raise DonneeInvalide(
            _("L’adresse de courriel « %(courriel)s » n’est pas valable.", courriel=courriel[:254])
        ) from None


def exige_siret_libre(siret: str, *, de: Acteur | None = None) -> str:
    """Valid, and of nobody else than `de`."""
    numero = check_siret(siret)
    autre = get_acteurs_par_siret([numero]).get(numero)
    if autre is not None and autre is not de:
        raise DonneeInvalide(
            _("Le SIRET %(siret)s est déjà celui de %(acteur)s.", siret=numero, acteur=autre.nom)
        )
    return numero


def exige_theme(code: str) -> Theme:
    theme = db.session.get(Theme, clean(code))
    if theme is None:
        raise DonneeInvalide(_("Le thème « %(code)s » n’existe pas.", code=code))
    if theme.retire_le is not None:
        raise DonneeInvalide(_("Le thème « %(theme)s » n’est plus proposé.", theme=theme.libelle))
    return theme


def exige_territoire(code: str) -> Territoire:
    territoire = db.session.get(Territoire, clean(code))
    if territoire is None:
        raise DonneeInvalide(_("Le territoire « %(code)s » n’existe pas.", code=code))
    return territoire


def exige_commune(code: str) -> Commune:
    commune = db.session.get(Commune, clean(code))
    if commune is None:
        raise DonneeInvalide(_("La commune « %(code)s » n’existe pas : donnez son code INSEE.", code=code))
    return commune


def exige_delai(jours: int | None) -> int | None:
    """In working days; None: the démarche's."""
    if jours is not None and not 1 <= jours <= DELAI_MAX:
        raise DonneeInvalide(_("Un délai est d’au moins 1 jour ouvré et d’au plus %(max)s.", max=DELAI_MAX))
    return jours
