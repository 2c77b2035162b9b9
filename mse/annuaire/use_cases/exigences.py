"""What the directory requires, in words. Every refusal says what is wrong."""

import re
from difflib import get_close_matches

from mse.annuaire.models import Acteur, Commune
from mse.annuaire.policies import est_administrateur, est_agent, est_animateur
from mse.annuaire.queries import list_communes
from mse.annuaire.use_cases.localiser import city_key
from mse.comptes.models import Compte
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.textes import _, clean, visible_length
from mse.extensions import db

_NUMERO = re.compile(r"\b\d[\dAB]\d{0,3}\b")  # 84, 84003, 84400, 2A004


def exige_droit(par: Compte | None, acteur: Acteur | None = None) -> None:
    """A command, the team, an administrator; for the promotions of an organisme, its agents."""
    if (
        par is None
        or est_animateur(par)
        or est_administrateur(par)
        or (acteur is not None and est_agent(par, acteur))
    ):
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
