"""Add an étape to a history, and checks shared by the use cases of fiches."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from mse.annuaire.queries.acteurs import lock_acteurs
from mse.comptes.models import Compte
from mse.core.clock import is_recent
from mse.core.dates import instant
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.html import sanitize
from mse.core.text import _
from mse.extensions import db
from mse.fiches.libelles import ETAPES, INTERDIT
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.queries.pages import get_derniere_etape
from mse.fiches.workflow import NatureEtape, Valeur

P = ParamSpec("P")
Cible = TypeVar("Cible", bound=Fiche | Saisine)
UseCase = Callable[Concatenate[Cible, str, P], None]


def add_etape(
    fiche: Fiche,
    nature: NatureEtape,
    *,
    le: datetime,
    par: Compte | None,
    saisine: Saisine | None = None,
    acteur_id: int | None = None,
    texte: str | None = None,
    jours_ouvres: int | None = None,
    valeur: Valeur | None = None,
) -> Etape:
    """Add the étape and flush, so that events can carry its id. `acteur_id`: in whose name it is written."""
    etape = Etape(
        fiche_id=fiche.id,
        saisine_id=saisine.id if saisine else None,
        nature=nature,
        le=le,
        auteur_id=par.id if par else None,
        acteur_id=acteur_id,
        texte=texte,
        texte_html=sanitize(texte) if texte else None,
        jours_ouvres=jours_ouvres,
        valeur=valeur,
    )
    db.session.add(etape)
    db.session.flush()
    return etape


def exige_responsable_ouvert(saisine: Saisine) -> None:
    """Lock the acteur that owns the saisine. Raise `TransitionInterdite` if it is closed, because a closed
    acteur receives no more work."""
    if not lock_acteurs([saisine.acteur_id]):
        raise TransitionInterdite(
            _(
                "%(acteur)s est fermé : personne n’y répondrait. "
                "L’équipe d’animation peut donner à cette fiche un responsable de plus.",
                acteur=saisine.acteur.nom,
            )
        )


def est_renvoi(a: Saisine | Fiche, nature: NatureEtape, texte: str | None, *, par: Compte) -> bool:
    """True if the last étape has this kind, text and author and is recent: the form was sent twice."""
    etape = get_derniere_etape(a)
    if etape is None or not is_recent(etape.le):
        return False
    return (etape.nature, etape.texte, etape.auteur_id) == (nature, texte, par.id)


def autorise(
    droit: Callable[[Compte, Cible], bool], nature: NatureEtape
) -> Callable[[UseCase[Cible, P]], UseCase[Cible, P]]:
    """Decorate, below `@verrouille`, a use case `(cible, texte, *, par, …)` that adds an étape of this kind:
    require the permission, then do nothing if the form was sent twice."""

    def decorate(function: UseCase[Cible, P]) -> UseCase[Cible, P]:
        @wraps(function)
        def run(cible: Cible, texte: str, /, *args: P.args, **kwargs: P.kwargs) -> None:
            par = cast(Compte, kwargs["par"])
            exige_droit(droit(par, cible), INTERDIT)
            if not est_renvoi(cible, nature, texte, par=par):
                function(cible, texte, *args, **kwargs)

        return run

    return decorate


def dire_depassee(saisine: Saisine, par: Compte) -> str:
    """Return the message for the second of two people who act at once: it says what the first one did."""
    etape = get_derniere_etape(saisine)
    fait = f"{ETAPES[etape.nature]} ({instant(etape.le)})" if etape else _("la fiche a changé")
    if etape is not None and etape.auteur_id == par.id:
        change = _("Entre-temps, vous avez agi sur cette fiche dans une autre fenêtre : %(fait)s.", fait=fait)
    else:
        change = _("Entre-temps, quelqu’un d’autre a agi sur cette fiche : %(fait)s.", fait=fait)
    suite = _("Votre texte est gardé : relisez, puis envoyez si c’est toujours utile.")
    return f"{change} {suite}"
