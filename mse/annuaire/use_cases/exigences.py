"""What the directory requires, in words. Every refusal says what is wrong."""

import re
from difflib import get_close_matches

from mse.annuaire.models import Acteur, Commune, Territoire, Theme
from mse.annuaire.policies import peut_gerer_promotions, tient_annuaire
from mse.annuaire.queries import get_acteurs_par_siret, list_communes
from mse.annuaire.use_cases.localiser import city_key
from mse.annuaire.use_cases.siret import check_siret
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.textes import _, clean, visible_length
from mse.extensions import db

DELAI_MAX = 250  # working days: a year

_NUMERO = re.compile(r"\b\d[\dAB]\d{0,3}\b")  # 84, 84003, 84400, 2A004


def exige_tenue(par: Compte | None, organisme: Acteur | None = None) -> None:
    """A command, or who keeps the directory; the promotions of an organisme are kept by its agents too."""
    if par is None or tient_annuaire(par) or (organisme and peut_gerer_promotions(par, organisme)):
        return
    raise Interdit(_("L’annuaire est tenu par l’équipe d’animation."))


def exige_ouvert(acteur: Acteur) -> None:
    if acteur.ferme_le is not None:
        raise DonneeInvalide(_("%(acteur)s est fermé.", acteur=acteur.nom))


def exige_texte(texte: str, quoi: str, maximum: int) -> str:
    """On one line."""
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


def exige_commune(texte: str) -> Commune:
    """By its INSEE code, or by its name, with the département where two bear it: «Mirabeau (84)»."""
    texte = clean(texte)[:200]
    commune = db.session.get(Commune, texte)
    if commune is not None:
        return commune
    numeros, nom = _NUMERO.findall(texte), city_key(_NUMERO.sub(" ", texte).replace("(", " "))
    communes = list_communes()
    trouvees = [
        c for c in communes if nom and city_key(c.nom) == nom and all(_lies_in(c, n) for n in numeros)
    ]
    if len(trouvees) == 1:
        return trouvees[0]
    if trouvees:
        raise DonneeInvalide(
            _(
                "Plusieurs communes s’appellent ainsi : écrivez %(choix)s.",
                choix=_(" ou ").join(c.nom_precis for c in trouvees[:5]),
            )
        )
    cles = {city_key(c.nom): c for c in communes}
    proches = [cles[cle].nom_precis for cle in get_close_matches(nom, cles, n=3, cutoff=0.7)] if nom else []
    if proches:
        raise DonneeInvalide(
            _(
                "La commune « %(texte)s » n’existe pas ici. Vouliez-vous dire %(choix)s ?",
                texte=texte,
                choix=_(" ou ").join(proches),
            )
        )
    raise DonneeInvalide(
        _("La commune « %(texte)s » n’existe pas ici : donnez son nom ou son code INSEE.", texte=texte)
    )


def _lies_in(commune: Commune, numero: str) -> bool:
    """`numero`: a département, an INSEE code or a postcode."""
    return commune.code.startswith(numero) or numero in commune.codes_postaux.split()


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


def exige_delai(jours: int | None) -> int | None:
    """In working days; None: the démarche's."""
    if jours is not None and not 1 <= jours <= DELAI_MAX:
        raise DonneeInvalide(_("Un délai est d’au moins 1 jour ouvré et d’au plus %(max)s.", max=DELAI_MAX))
    return jours


def exige_autre(compte: Compte, par: Compte | None) -> None:
    """Nobody gives himself a role: somebody else is asked."""
    if par is not None and par.id == compte.id:
        raise Interdit(_("Personne ne se donne un rôle à soi-même : demandez à quelqu’un d’autre."))
