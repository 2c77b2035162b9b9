"""Use cases of delegates who add to a filed fiche. A form sent twice by the same person adds it once."""

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.core.use_cases import prepared, record, use_case
from mse.depot.etats import exige_signalable
from mse.depot.queries import get_derniere_precision
from mse.fiches.api import (
    NatureEtape,
    add_etape,
    autorise,
    exige_parole,
    verrouille,
)
from mse.fiches.events import EvenementDeFiche, FichePrecisee, FicheSignaleePlusActuelle
from mse.fiches.models import Fiche
from mse.fiches.policies import peut_preciser


@prepared(texte=exige_parole)
@use_case
@verrouille
@autorise(peut_preciser, NatureEtape.PRECISION)
def preciser_fiche(fiche: Fiche, texte: str, *, par: Compte) -> None:
    """Add a dated line. Contact details are refused, because it is public without moderation."""
    if get_derniere_precision(fiche) == texte:
        raise TransitionInterdite(_("Cette précision est déjà publiée."))
    _noter(fiche, NatureEtape.PRECISION, FichePrecisee, texte, par=par)


@prepared(texte=exige_parole)
@use_case
@verrouille
@autorise(peut_preciser, NatureEtape.PLUS_ACTUELLE)
def signaler_plus_actuelle(fiche: Fiche, texte: str, *, par: Compte) -> None:
    """Report that the fiche is no longer topical. The owners are informed; the status does not change.

    It can be repeated only after an owner or an animateur has added an étape.
    """
    exige_signalable(fiche)
    _noter(fiche, NatureEtape.PLUS_ACTUELLE, FicheSignaleePlusActuelle, texte, par=par)


def _noter(
    fiche: Fiche, nature: NatureEtape, event: type[EvenementDeFiche], texte: str, *, par: Compte
) -> None:
    etape = add_etape(fiche, nature, le=now(), par=par, texte=texte)
    record(event(fiche_id=fiche.id, etape_id=etape.id, par_id=par.id))
