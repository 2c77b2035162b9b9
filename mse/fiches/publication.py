"""Publish a fiche and open its saisines. Call these functions within a use case."""

from collections.abc import Sequence

from sqlalchemy import insert

from mse.annuaire.models import Acteur
from mse.annuaire.queries.acteurs import lock_acteurs
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db
from mse.fiches.etapes import add_etape
from mse.fiches.events import FichePubliee, SaisineOuverte
from mse.fiches.models import Fiche, FicheTerritoire, Saisine
from mse.fiches.workflow import NatureEtape


def publier(fiche: Fiche, *, par: Compte | None, nature: NatureEtape = NatureEtape.DEPOT) -> None:
    """Make the fiche public, within a use case: its saisines open and its time limits start.

    Acteurs that closed after they were chosen are skipped.
    """
    choisis = fiche.destinataires or []
    with db.session.no_autoflush:  # autoflush would write an incomplete fiche
        lignee = fiche.territoire.lignee
        ouverts = {acteur.id: acteur for acteur in lock_acteurs(choisis)}
    fiche.deposee_le = le = now()
    fiche.est_comptee = True
    saisines = _ouvrir(fiche, [ouverts[acteur_id] for acteur_id in choisis if acteur_id in ouverts])
    add_etape(fiche, nature, le=le, par=par)  # flushes everything together
    db.session.execute(
        insert(FicheTerritoire.__table__),  # type: ignore[arg-type]
        [
            {
                "fiche_id": fiche.id,
                "territoire_code": territoire.code,
                "theme_code": fiche.theme_code,
                "deposee_le": le,
            }
            for territoire in lignee
        ],
    )
    _annoncer(saisines, par=par)
    record(FichePubliee(fiche_id=fiche.id, par_id=par.id if par else None))


def saisir(fiche: Fiche, acteur_ids: Sequence[int], *, par: Compte | None) -> None:
    """Open one saisine for each acteur, within a use case. Raise `DonneeInvalide` if one is closed."""
    saisines = _ouvrir(fiche, exige_acteurs_ouverts(acteur_ids))
    db.session.flush()
    _annoncer(saisines, par=par)


def _ouvrir(fiche: Fiche, acteurs: Sequence[Acteur]) -> list[Saisine]:
    saisines = [Saisine.ouvrir(fiche, acteur, le=now()) for acteur in acteurs]
    db.session.add_all(saisines)
    fiche.actualiser()
    return saisines


def _annoncer(saisines: Sequence[Saisine], *, par: Compte | None) -> None:
    for saisine in saisines:
        record(SaisineOuverte(saisine_id=saisine.id, par_id=par.id if par else None))


def exige_acteurs_ouverts(ids: Sequence[int]) -> list[Acteur]:
    """Lock and return the acteurs, in the given order. Raise `DonneeInvalide` if one is closed."""
    ouverts = {acteur.id: acteur for acteur in lock_acteurs(ids)}
    if not set(ids) <= set(ouverts):
        raise DonneeInvalide(_("Un des destinataires n’existe plus. Choisissez de nouveau."))
    return [ouverts[acteur_id] for acteur_id in dict.fromkeys(ids)]
