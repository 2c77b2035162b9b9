"""Use cases of the subscription to bulletins: request, confirmation by mail, unsubscription."""

import secrets
from datetime import timedelta

from sqlalchemy import delete

from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.email_addresses import require_email
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, requester_key
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.meteo.events import AbonnementConfirme, AbonnementDemande, AbonnementTermine
from mse.meteo.models import Abonne
from mse.meteo.queries.abonnes import get_abonne_par_courriel

REPOS = timedelta(hours=1)  # minimum delay between two confirmation mails to one address
PAR_DEMANDEUR, PAR_HEURE = 20, 500  # requests per hour: from one network, in total
OUBLI = timedelta(days=2)  # an address that is not confirmed by then is deleted


@use_case
def demander_abonnement(courriel: str, *, adresse: str | None, secret: str) -> None:
    """Request a subscription. Every address gives the same outcome: nobody learns who is subscribed.

    `adresse`: IP address of the client; `secret`: key of the rate-limit hashes. Raise `TooManyAttempts`.
    """
    courriel = require_email(courriel)
    count_or_refuse(
        [
            Limit(hash_key(secret, "abonnement-adresse", requester_key(adresse)), PAR_DEMANDEUR, HOUR),
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
    """Delete the subscriber and the address."""
    record(AbonnementTermine(abonne_id=abonne.id, courriel=abonne.courriel, par_id=None))
    db.session.delete(abonne)


@use_case
def oublier_demandes() -> None:
    """Worker task: delete the addresses that were not confirmed in time."""
    perdues = Abonne.confirme_le.is_(None), Abonne.demande_le < now() - OUBLI
    db.session.execute(delete(Abonne).where(*perdues).execution_options(synchronize_session=False))
