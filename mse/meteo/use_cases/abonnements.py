"""Receiving the bulletins by mail: asked for, confirmed by who reads the mailbox, left by one button."""

import secrets
from datetime import timedelta

from sqlalchemy import delete

from mse.core.adresses import exige_adresse
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, network
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.meteo.events import AbonnementConfirme, AbonnementDemande, AbonnementTermine
from mse.meteo.models import Abonne
from mse.meteo.queries.abonnes import get_abonne_par_courriel

REPOS = timedelta(hours=1)  # between two mails to one address that did not ask for any
PAR_DEMANDEUR, PAR_HEURE = 20, 500  # requests from one place, in all
OUBLI = timedelta(days=2)  # after which an address that was not confirmed is forgotten


@use_case
def demander_abonnement(courriel: str, *, adresse: str | None, secret: str) -> None:
    """The same for every address, subscribed or not: nobody learns who receives the bulletins. `adresse`: the
    asker's; `secret` keys the counts. Raises `TropDEssais`."""
    courriel = exige_adresse(courriel)
    count_or_refuse(
        [
            Limit(hash_key(secret, "abonnement-adresse", network(adresse)), PAR_DEMANDEUR, HOUR),
            Limit(hash_key(secret, "abonnement", ""), PAR_HEURE, HOUR),
        ]
    )
    one_at_a_time(f"abonne:{courriel}")
    abonne = get_abonne_par_courriel(courriel)
    if abonne is not None and (abonne.confirme_le is not None or abonne.demande_le > now() - REPOS):
        return
    if abonne is None:
        abonne = Abonne(courriel=courriel, cle=secrets.token_urlsafe(32))
        db.session.add(abonne)
    abonne.demande_le = now()
    db.session.flush()
    record(AbonnementDemande(abonne_id=abonne.id, par_id=None))


@use_case
def confirmer_abonnement(abonne: Abonne) -> None:
    if abonne.confirme_le is None:
        abonne.confirme_le = now()
        record(AbonnementConfirme(abonne_id=abonne.id, par_id=None))


@use_case
def terminer_abonnement(abonne: Abonne) -> None:
    """Nothing is kept of him."""
    record(AbonnementTermine(abonne_id=abonne.id, courriel=abonne.courriel, par_id=None))
    db.session.delete(abonne)


@use_case
def oublier_demandes() -> None:
    """For the worker: addresses that nobody confirmed."""
    perdues = Abonne.confirme_le.is_(None), Abonne.demande_le < now() - OUBLI
    db.session.execute(delete(Abonne).where(*perdues).execution_options(synchronize_session=False))
