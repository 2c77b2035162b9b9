"""Use cases of the owner of a saisine. Each change adds an étape and records an event.

A form sent twice by the same person acts once.
"""

from collections.abc import Callable
from functools import partial

from mse.comptes.models import Compte
from mse.core.clock import local_date, now
from mse.core.errors import TransitionInterdite
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _
from mse.core.use_cases import prepared, record, use_case
from mse.core.working_days import count_working_days
from mse.fiches.etapes import add_etape, autorise, dire_depassee, est_renvoi, exige_responsable_ouvert
from mse.fiches.events import (
    EtapeAjoutee,
    EvenementDeSaisine,
    FicheTraitee,
    SaisineAbandonnee,
    SaisinePriseEnCharge,
    SaisineReglee,
    SaisineRepondue,
    SaisineRouverte,
)
from mse.fiches.libelles import INTERDIT
from mse.fiches.locking import verrouille
from mse.fiches.models import Etape, Saisine
from mse.fiches.policies import peut_abandonner, peut_traiter
from mse.fiches.queries.pages import get_derniere_etape
from mse.fiches.validation import exige_motif, exige_reponse
from mse.fiches.workflow import DEMANDES, Decision, NatureEtape


@use_case
@verrouille
def prendre_en_charge(saisine: Saisine, *, par: Compte) -> None:
    exige_droit(peut_traiter(par, saisine), INTERDIT)
    if saisine.prise_en_charge_le and est_renvoi(saisine, NatureEtape.PRISE_EN_CHARGE, None, par=par):
        return
    saisine.prendre_en_charge(le=now())
    _noter(saisine, NatureEtape.PRISE_EN_CHARGE, SaisinePriseEnCharge, par=par)


@prepared(texte=exige_motif)
@use_case
@verrouille
@autorise(peut_traiter, NatureEtape.ETAPE)
def ajouter_etape(saisine: Saisine, texte: str, *, par: Compte) -> None:
    """Add a public step before the answer. Refused if the last étape already has the same text."""
    saisine.exige_ouverte()
    derniere = get_derniere_etape(saisine)
    if derniere is not None and (derniere.nature, derniere.texte) == (NatureEtape.ETAPE, texte):
        raise TransitionInterdite(_("Cette étape est déjà publiée."))
    _noter(saisine, NatureEtape.ETAPE, EtapeAjoutee, par=par, texte=texte)


@prepared(texte=exige_reponse)
@use_case
@verrouille
def repondre_saisine(saisine: Saisine, texte: str, *, par: Compte, version: int | None = None) -> None:
    """Give a detailed answer; it need not be a solution."""
    _traiter(saisine, texte, saisine.repondre, NatureEtape.REPONSE, SaisineRepondue, par=par, version=version)


@prepared(texte=exige_reponse)
@use_case
@verrouille
def regler_saisine(saisine: Saisine, texte: str, *, par: Compte, version: int | None = None) -> None:
    """Declare the problem solved; the text says what was done."""
    _traiter(saisine, texte, saisine.regler, NatureEtape.REGLEMENT, SaisineReglee, par=par, version=version)


@prepared(texte=exige_reponse)
@use_case
@verrouille
def abandonner_saisine(saisine: Saisine, texte: str, *, par: Compte, version: int | None = None) -> None:
    """Abandon the saisine as no longer topical. The text is a reason and does not count as an answer."""
    exige_droit(peut_abandonner(par, saisine), INTERDIT)
    if version != saisine.version and est_renvoi(saisine, NatureEtape.ABANDON, texte, par=par):
        return
    exige_version(saisine, version, partial(dire_depassee, saisine, par))
    par_responsable = peut_traiter(par, saisine)
    saisine.abandonner(le=now(), par_responsable=par_responsable)
    _noter(saisine, NatureEtape.ABANDON, SaisineAbandonnee, par=par, texte=texte, acteur=par_responsable)


@prepared(texte=exige_motif)
@use_case
@verrouille
def rouvrir_saisine(saisine: Saisine, texte: str, *, par: Compte, version: int | None = None) -> None:
    """Reopen as the owner. A pending or declined request to reopen is then accepted."""
    exige_droit(peut_traiter(par, saisine), INTERDIT)
    if version != saisine.version and est_renvoi(saisine, NatureEtape.REOUVERTURE, texte, par=par):
        return
    exige_version(saisine, version, partial(dire_depassee, saisine, par))
    exige_responsable_ouvert(saisine)
    demande = saisine.demande_courante()
    saisine.rouvrir(le=now())
    if demande is not None and (demande.etat, Decision.ACCEPTER) in DEMANDES:
        demande.decider(Decision.ACCEPTER)
    _noter(saisine, NatureEtape.REOUVERTURE, SaisineRouverte, par=par, texte=texte)


def _traiter(
    saisine: Saisine,
    texte: str,
    act: Callable[..., None],
    nature: NatureEtape,
    event: type[EvenementDeSaisine],
    *,
    par: Compte,
    version: int | None,
) -> None:
    exige_droit(peut_traiter(par, saisine), INTERDIT)
    if version != saisine.version and est_renvoi(saisine, nature, texte, par=par):
        return
    exige_version(saisine, version, partial(dire_depassee, saisine, par))
    deja_traitee = saisine.fiche.est_traitee
    act(le=now())
    jours = count_working_days(local_date(saisine.ouverte_le), local_date(now()))
    _noter(saisine, nature, event, par=par, texte=texte, jours_ouvres=jours)
    if not deja_traitee:
        record(FicheTraitee(fiche_id=saisine.fiche_id, par_id=par.id))


def _noter(
    saisine: Saisine,
    nature: NatureEtape,
    event: type[EvenementDeSaisine],
    *,
    par: Compte,
    texte: str | None = None,
    jours_ouvres: int | None = None,
    acteur: bool = True,
) -> Etape:
    etape = add_etape(
        saisine.fiche,
        nature,
        le=now(),
        par=par,
        saisine=saisine,
        acteur_id=saisine.acteur_id if acteur else None,
        texte=texte,
        jours_ouvres=jours_ouvres,
    )
    record(event(saisine_id=saisine.id, etape_id=etape.id, par_id=par.id))
    return etape
