"""Hourly limits on the actions of one person that other people read or receive.

The limits are high enough for a person and stop programs. The counts come from the journal. A refusal rolls
back the whole use case; the form is shown again with the text.
"""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BigInteger, Integer, Select, bindparam, select

from mse.annuaire import events as annuaire
from mse.attestations import events as attestations
from mse.avis import events as avis
from mse.comptes import events as comptes
from mse.core.clock import now
from mse.core.database import lock_number, one_at_a_time, try_alone
from mse.core.errors import TropDeDemandes
from mse.core.events import Event
from mse.core.text import ngettext
from mse.depot import events as depot
from mse.doublons import events as doublons
from mse.echanges import events as echanges
from mse.extensions import db
from mse.fiches import events as fiches
from mse.initiatives import events as initiatives
from mse.journal.models import LigneJournal
from mse.masquage import events as masquage
from mse.meteo import events as meteo
from mse.passation import events as passation
from mse.redaction import events as redaction
from mse.relances import events as relances
from mse.representation import events as representation
from mse.signalements import events as signalements
from mse.soutiens import events as soutiens
from mse.suivis import events as suivis
from mse.travail import events as travail

HEURE = timedelta(hours=1)
SANS_CESSE, BEAUCOUP, ASSEZ, PEU = 400, 120, 60, 20  # actions per person and hour

# Per person and hour. Other events have limits elsewhere: an import by its file, a mail by `SignInLimits`,
# a saisine by its fiche, a change of state by the state.
PAR_HEURE: dict[type[Event], int] = {
    depot.BrouillonCommence: ASSEZ,
    depot.BrouillonEcrit: SANS_CESSE,  # a fiche has eight steps, each saved several times
    fiches.FicheDeposee: PEU,
    fiches.FichePrecisee: PEU,
    fiches.FicheSignaleePlusActuelle: PEU,
    attestations.AttestationEtablie: PEU,
    avis.AvisDonne: ASSEZ,
    avis.ReouvertureDemandee: PEU,
    avis.ReouvertureContestee: PEU,
    avis.SolutionDurable: ASSEZ,
    avis.ProblemeRevenu: ASSEZ,
    depot.PieceJointe: ASSEZ,
    fiches.EtapeAjoutee: ASSEZ,
    suivis.SuiviCommence: BEAUCOUP,
    soutiens.SoutienDonne: ASSEZ,
    soutiens.SoutienCorrige: ASSEZ,
    soutiens.SoutienRetire: ASSEZ,
    doublons.FicheReunie: ASSEZ,
    doublons.FicheSeparee: ASSEZ,
    fiches.SaisinePriseEnCharge: BEAUCOUP,
    fiches.SaisineProlongee: ASSEZ,
    fiches.SaisineRepondue: BEAUCOUP,
    relances.SaisineRelancee: SANS_CESSE,
    annuaire.AbsenceDeclaree: ASSEZ,
    fiches.SaisineReglee: BEAUCOUP,
    fiches.SaisineAbandonnee: BEAUCOUP,
    fiches.SaisineRouverte: BEAUCOUP,
    avis.ReouvertureRefusee: BEAUCOUP,
    avis.ReouvertureRejetee: BEAUCOUP,
    fiches.SaisineTransferee: ASSEZ,
    fiches.TransfertAnnule: ASSEZ,
    fiches.FicheElargie: ASSEZ,
    fiches.FicheOrientee: BEAUCOUP,
    fiches.FicheRendue: BEAUCOUP,
    fiches.FicheRetiree: BEAUCOUP,
    fiches.FicheRetablie: BEAUCOUP,
    fiches.EtapeMasquee: BEAUCOUP,
    echanges.MessageEnvoye: ASSEZ,
    echanges.MessageSignale: PEU,
    echanges.MessageLaisse: BEAUCOUP,
    echanges.MessageMasque: BEAUCOUP,
    echanges.NoteEcrite: BEAUCOUP,
    initiatives.InitiativeProposee: PEU,
    initiatives.InitiativeModifiee: ASSEZ,
    initiatives.InitiativeAvancee: PEU,
    initiatives.NouvelleDonnee: PEU,
    initiatives.PortageDemande: ASSEZ,
    initiatives.PortageAccepte: ASSEZ,
    initiatives.PortageDecline: ASSEZ,
    initiatives.DemandePortageRetiree: ASSEZ,
    initiatives.ParticipationCommencee: ASSEZ,
    initiatives.InitiativeLiee: ASSEZ,
    initiatives.InitiativeDeliee: ASSEZ,
    initiatives.DocumentAjoute: ASSEZ,
    initiatives.InitiativeRetiree: BEAUCOUP,
    initiatives.InitiativeRetablie: BEAUCOUP,
    initiatives.LigneMasquee: BEAUCOUP,
    masquage.PassageMasque: BEAUCOUP,
    signalements.PageSignalee: PEU,
    signalements.SignalementDecide: SANS_CESSE,
    passation.MotLaisse: ASSEZ,
    redaction.ModeleEcrit: ASSEZ,
    redaction.PieceReponseJointe: BEAUCOUP,
    redaction.PieceReponseMasquee: BEAUCOUP,
    travail.FiltreGardeEcrit: ASSEZ,
    travail.SaisineAttribuee: BEAUCOUP,
    travail.SaisineRendueALEquipe: BEAUCOUP,
    meteo.BulletinCompose: ASSEZ,
    annuaire.ThemeModifie: ASSEZ,
    annuaire.TerritoireRenomme: ASSEZ,
    annuaire.ActeurModifie: BEAUCOUP,
    representation.PromotionModifiee: BEAUCOUP,
    representation.ElectionEnregistree: ASSEZ,
    representation.CarenceConstatee: ASSEZ,
    comptes.InvitationRenvoyee: BEAUCOUP,
    comptes.CodeImprime: BEAUCOUP,
    comptes.AdresseCorrigee: ASSEZ,
    comptes.IdentiteChangee: PEU,
    comptes.EquipeRejointe: ASSEZ,
}


class TropDEcritures(TropDeDemandes):
    def __init__(self, attente: int) -> None:
        self.attente = attente
        super().__init__(
            ngettext(
                "Vous avez beaucoup écrit depuis une heure. Rien n’a été enregistré cette fois : "
                "recommencez dans une minute.",
                "Vous avez beaucoup écrit depuis une heure. Rien n’a été enregistré cette fois : "
                "recommencez dans %(num)s minutes.",
                max(1, math.ceil(attente / 60)),
            )
        )


def exige_sous_limites(actions: Iterable[tuple[int, type[Event], str]], *, fois: int) -> None:
    """Raise `TropDEcritures` if the actions exceed the hourly limits. `actions`: (id of the account, event
    type, name in the journal). `fois` multiplies every limit, because a benchmark writes as fast as it
    can."""
    for (compte_id, kind, action), nombre in Counter(actions).items():
        reste = PAR_HEURE[kind] * fois - nombre + 1
        seul, a_moitie_plein = _count_recent(compte_id, action, reste // 2)
        if seul and a_moitie_plein is None:
            continue
        one_at_a_time(_name_lock(compte_id))
        _seul, plein = _count_recent(compte_id, action, reste)
        if plein is not None:
            raise TropDEcritures(math.ceil((plein + HEURE - now()).total_seconds()))


def _name_lock(compte_id: int) -> str:
    return f"ecritures:{compte_id}"


def _count_recent(compte_id: int, action: str, nombre: int) -> tuple[bool, datetime | None]:
    """Return (has_lock, instant). `has_lock`: True if this transaction holds the lock of the account.
    `instant`: None if the account has fewer than `nombre` actions of this kind within the hour; else the
    instant of the action that must become an hour old before another one is allowed."""
    fin = now()
    values = {
        "compte_id": compte_id,
        "action": action,
        "debut": fin - HEURE,
        "fin": fin,
        "rang": max(0, nombre - 1),
        "verrou": lock_number(_name_lock(compte_id)),
    }
    seul, le = db.session.execute(_statement(db.engine.dialect.name), values).one()
    return seul, le


@cache
def _statement(dialect: str) -> Select[bool, datetime | None]:
    """Build the SELECT of `_count_recent`, which takes the lock and counts in one statement, to save a round
    trip.

    It may miss the lines of a transaction that commits while it starts. Therefore, from half of the limit on,
    the lines are counted again under the lock.
    """
    oldest = (
        select(LigneJournal.le)
        .where(LigneJournal.compte_id == bindparam("compte_id"), LigneJournal.action == bindparam("action"))
        .where(LigneJournal.le > bindparam("debut"), LigneJournal.le <= bindparam("fin"))
        .order_by(LigneJournal.le.desc())
        .offset(bindparam("rang", type_=Integer))
        .limit(1)
    )
    return select(try_alone(bindparam("verrou", type_=BigInteger), dialect), oldest.scalar_subquery())
