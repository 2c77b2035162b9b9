"""Placeholders of answer templates: a fixed list of words between braces, filled from a saisine.

An answer is public, so the first name of a delegate is refused, and a small promotion keeps its public name.
"""

import re
from collections.abc import Callable

from mse.core.dates import date_longue
from mse.core.errors import DonneeInvalide
from mse.core.text import _, fold, lazy
from mse.fiches.models import Saisine

_PLACEHOLDER = re.compile(r"\{([^{}\n]{0,80})\}")
_A_COMPLETER = re.compile(r"\[[^\[\]\n]{1,80}\](?!\()")
_PRENOM = {"prenom", "nom", "delegue", "deleguee"}


def _deposee_le(saisine: Saisine) -> str:
    return date_longue(saisine.deposee_le)


def _echeance(saisine: Saisine) -> str:
    return date_longue(saisine.reponse_due)


def _signature(saisine: Saisine) -> str:
    return _("L’équipe, %(acteur)s", acteur=saisine.acteur.nom)


# word between braces: (what it becomes, the function that fills it)
PLACEHOLDERS: dict[str, tuple[object, Callable[[Saisine], str]]] = {
    "titre": (lazy("le titre de la fiche"), lambda saisine: saisine.fiche.titre or ""),
    "promotion": (
        lazy("la promotion, comme sur la page publique"),
        lambda saisine: saisine.fiche.promotion.designation,
    ),
    "date de dépôt": (lazy("le jour où la fiche a été déposée"), _deposee_le),
    "échéance": (lazy("le jour avant lequel la réponse est attendue"), _echeance),
    "acteur": (lazy("le nom de votre service ou organisme"), lambda saisine: saisine.acteur.nom),
    "signature": (lazy("«\u202fL’équipe\u202f», puis ce nom"), _signature),
}
_BY_KEY = {fold(nom): remplir for nom, (_sens, remplir) in PLACEHOLDERS.items()}


def check_placeholders(texte: str) -> str:
    """Raise `DonneeInvalide` if the text has an unknown placeholder; the sentence names it."""
    for nom in _PLACEHOLDER.findall(texte):
        cle = _key(nom)
        if cle in _BY_KEY:
            continue
        if cle in _PRENOM:
            raise DonneeInvalide(
                _(
                    "Retirez {%(nom)s}\u202f: la réponse est publique, elle ne nomme pas les délégué·es.",
                    nom=nom.strip(),
                )
            )
        raise DonneeInvalide(
            _(
                "Le site ne sait pas remplacer {%(nom)s}. Choisissez parmi\u202f: %(mots)s.",
                nom=nom.strip(),
                mots=", ".join(f"{{{connu}}}" for connu in PLACEHOLDERS),
            )
        )
    return texte


def list_a_completer(texte: str) -> list[str]:
    """Return what is left to fill in, between square brackets, each once. Links of Markdown do not count."""
    return list(dict.fromkeys(_A_COMPLETER.findall(texte)))


def remplir(texte: str, saisine: Saisine) -> str:
    """Replace the placeholders by what they mean for this saisine."""

    def _remplacer(trouve: re.Match[str]) -> str:
        valeur = _BY_KEY.get(_key(trouve[1]))
        return valeur(saisine) if valeur else trouve[0]

    return _PLACEHOLDER.sub(_remplacer, texte)


def _key(nom: str) -> str:
    return " ".join(fold(nom).split())
