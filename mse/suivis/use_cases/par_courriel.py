"""Follow by an e-mail address: request, confirmation by its owner, stop by the link of a mail."""

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select

from mse.core.clock import now
from mse.core.database import execute_bulk, one_at_a_time
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, requester_key
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.suivis.events import AbonneARelancer, AbonneEfface, SuiviArrete, SuiviConfirme, SuiviDemande
from mse.suivis.models import COLONNES, Abonne, Suivi
from mse.suivis.queries.abonnes import count_confirmes, get_abonne_par_courriel, list_a_relancer, list_perdus
from mse.suivis.queries.cibles import Cible
from mse.suivis.workflow import PLAFOND_PAR_COURRIEL, Objet

REPOS = timedelta(hours=1)  # minimum delay between two confirmation mails about one object to one address
# Requests per hour: from one network, for one address, in total.
PAR_DEMANDEUR, PAR_ADRESSE, PAR_HEURE = 20, 10, 500
# An address is kept for 24 months after the last button; a mail asks to stay 30 days before.
DUREE, PREAVIS = timedelta(days=730), timedelta(days=30)
PAR_LOT = 500  # addresses of one run of a worker task
OUBLI = timedelta(days=2)  # a request that is not confirmed by then is deleted


@use_case
def demander_suivi(cible: Cible, courriel: str, *, adresse: str | None, secret: str) -> None:
    """Request to follow an object. Every address gives the same outcome: nobody learns who follows what.

    `adresse`: IP address of the client; `secret`: key of the rate-limit hashes. Raise `TooManyAttempts`.
    """
    courriel = require_email(courriel)
    count_or_refuse(
        [
            Limit(hash_key(secret, "suivi-demandeur", requester_key(adresse)), PAR_DEMANDEUR, HOUR),
            Limit(hash_key(secret, "suivi-courriel", courriel), PAR_ADRESSE, HOUR),
            Limit(hash_key(secret, "suivi", ""), PAR_HEURE, HOUR),
        ]
    )
    one_at_a_time(f"abonne:{courriel}")
    abonne = get_abonne_par_courriel(courriel)
    if abonne is None:
        abonne = Abonne(courriel=courriel, cle=secrets.token_urlsafe(32))
        db.session.add(abonne)
        db.session.flush()
    suivi = db.session.scalar(select(Suivi).where(Suivi.abonne_id == abonne.id, *_about(cible)))
    if suivi is not None and (suivi.confirme_le is not None or suivi.depuis > now() - REPOS):
        return
    if suivi is None:
        suivi = Suivi(cle=secrets.token_urlsafe(32), abonne_id=abonne.id, objet=cible.objet)
        if cible.objet in COLONNES:
            setattr(suivi, COLONNES[cible.objet], cible.reference)
        db.session.add(suivi)
    suivi.depuis = now()
    db.session.flush()
    record(SuiviDemande(suivi_id=suivi.id, par_id=None))


def _about(cible: Cible) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Suivi.objet == cible.objet]
    if cible.objet in COLONNES:
        conditions.append(getattr(Suivi, COLONNES[cible.objet]) == cible.reference)
    return conditions


@use_case
def confirmer_suivi(suivi: Suivi) -> None:
    """Activate the follow, as the owner of the address. Raise `DonneeInvalide` if the address follows too
    many objects."""
    abonne = suivi.abonne
    if abonne is None or suivi.confirme_le is not None:
        return
    if count_confirmes(abonne.id) >= PLAFOND_PAR_COURRIEL:
        raise DonneeInvalide(
            _(
                "Cette adresse suit déjà %(nombre)s pages\u202f: c’est le plus possible. "
                "Arrêtez-en une d’abord.",
                nombre=PLAFOND_PAR_COURRIEL,
            )
        )
    suivi.confirme_le = now()
    _keep(abonne)
    if suivi.objet != Objet.BULLETINS and abonne.resume_le is None:
        abonne.resume_le = now()
    record(SuiviConfirme(suivi_id=suivi.id, par_id=None))


@use_case
def arreter_par_lien(suivi: Suivi) -> None:
    """Stop one follow, of an account or of an address, by the link of a mail. An address that follows nothing
    more is deleted."""
    record(SuiviArrete(suivi_id=suivi.id, par_id=None))
    abonne = suivi.abonne
    db.session.delete(suivi)
    db.session.flush()
    if abonne is not None and db.session.scalar(select(Suivi.id).where(Suivi.abonne_id == abonne.id)) is None:
        _erase(abonne)


@use_case
def arreter_tout(abonne: Abonne) -> None:
    """Delete the address and everything that it follows."""
    _erase(abonne)


def _erase(abonne: Abonne) -> None:
    record(AbonneEfface(abonne_id=abonne.id, courriel=abonne.courriel, par_id=None))
    db.session.execute(delete(Suivi).where(Suivi.abonne_id == abonne.id))
    db.session.delete(abonne)


@use_case
def rester(abonne: Abonne) -> None:
    """The owner of the address wants to stay, for two more years."""
    _keep(abonne)


def _keep(abonne: Abonne) -> None:
    abonne.renouvele_le, abonne.rappel_le = now(), None


@use_case
def demander_de_rester() -> None:
    """Ask the owners of old addresses whether they want to stay."""
    for abonne in list_a_relancer(now() - DUREE + PREAVIS, PAR_LOT):
        abonne.rappel_le = now()
        record(AbonneARelancer(abonne_id=abonne.id, par_id=None))


@use_case
def oublier_abonnes() -> int:
    """Delete the addresses that were asked to stay and have not answered in time, at most 500 a run; return
    their number."""
    perdus = list_perdus(now() - DUREE, now() - PREAVIS, PAR_LOT)
    for abonne in perdus:
        _erase(abonne)
    return len(perdus)


@use_case
def oublier_demandes() -> int:
    """Delete the requests that were not confirmed in time, and the addresses without any. Return the number
    of requests."""
    perdues = Suivi.abonne_id.is_not(None), Suivi.confirme_le.is_(None), Suivi.depuis < now() - OUBLI
    oubliees = execute_bulk(delete(Suivi).where(*perdues))
    sans_rien = ~select(Suivi.id).where(Suivi.abonne_id == Abonne.id).exists()
    execute_bulk(delete(Abonne).where(sans_rien))
    return oubliees
