"""Use case of the owner: postpone the due date of an answer."""

from functools import partial

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit, exige_version
from mse.core.text import ngettext
from mse.core.use_cases import prepared, record, use_case
from mse.demarche import get_demarche
from mse.fiches.api import (
    INTERDIT,
    NatureEtape,
    add_etape,
    dire_depassee,
    est_renvoi,
    exige_motif,
    verrouille,
)
from mse.fiches.events import SaisineProlongee
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter


@prepared(texte=exige_motif)
@use_case
@verrouille
def prolonger_saisine(
    saisine: Saisine, jours: int, texte: str, *, par: Compte, version: int | None = None
) -> None:
    """Postpone the due date by `jours` working days, with a public reason: see `Saisine.prolonger`."""
    exige_droit(peut_traiter(par, saisine), INTERDIT)
    if est_renvoi(saisine, NatureEtape.PROLONGATION, texte, par=par):
        return
    exige_version(saisine, version, partial(dire_depassee, saisine, par))
    maximum = get_demarche().delais.prolongation
    if not 1 <= jours <= maximum:
        raise DonneeInvalide(
            ngettext(
                "Le délai peut être prolongé de %(num)s jour ouvré au plus.",
                "Le délai peut être prolongé de %(num)s jours ouvrés au plus.",
                maximum,
            ),
            champ="jours",
        )
    saisine.prolonger(jours, le=now())
    etape = add_etape(
        saisine.fiche,
        NatureEtape.PROLONGATION,
        le=now(),
        par=par,
        saisine=saisine,
        acteur_id=saisine.acteur_id,
        texte=texte,
    )
    record(SaisineProlongee(saisine_id=saisine.id, etape_id=etape.id, par_id=par.id))
