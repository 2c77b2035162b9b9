"""Hourly limits of one person's writing, for everything that others read or receive.

They are generous for a human and small for a program. The counts come from the journal. A refusal rolls back
the whole use case; the form is shown again with the text.
"""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from mse.annuaire import events as annuaire
from mse.comptes import events as comptes
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import TropDeDemandes
from mse.core.events import Event
from mse.core.text import ngettext
from mse.extensions import db
from mse.fiches import events as fiches
from mse.initiatives import events as initiatives
from mse.journal.models import LigneJournal
from mse.meteo import events as meteo
from mse.representation import events as representation

HEURE = timedelta(hours=1)
SANS_CESSE, BEAUCOUP, ASSEZ, PEU = 400, 120, 60, 20

# Per person and hour. Other events have limits elsewhere: an import by its file, a mail by `SignInLimits`,
# a saisine by its fiche, a change of state by the state.
PAR_HEURE: dict[type[Event], int] = {
    fiches.BrouillonCommence: ASSEZ,
    fiches.BrouillonEcrit: SANS_CESSE,  # a fiche has eight steps, each saved several times
    fiches.FicheDeposee: PEU,
    fiches.FichePrecisee: PEU,
    fiches.FicheSignaleePlusActuelle: PEU,
    fiches.AvisDonne: ASSEZ,
    fiches.ReouvertureDemandee: PEU,
    fiches.ReouvertureContestee: PEU,
    fiches.PieceJointe: ASSEZ,
    fiches.EtapeAjoutee: ASSEZ,
    fiches.SaisinePriseEnCharge: BEAUCOUP,
    fiches.SaisineRepondue: BEAUCOUP,
    fiches.SaisineReglee: BEAUCOUP,
    fiches.SaisineAbandonnee: BEAUCOUP,
    fiches.SaisineRouverte: BEAUCOUP,
    fiches.ReouvertureRefusee: BEAUCOUP,
    fiches.ReouvertureRejetee: BEAUCOUP,
    fiches.SaisineTransferee: ASSEZ,
    fiches.FicheElargie: ASSEZ,
    fiches.FicheOrientee: BEAUCOUP,
    fiches.FicheRendue: BEAUCOUP,
    fiches.FicheRetiree: BEAUCOUP,
    fiches.FicheRetablie: BEAUCOUP,
    fiches.EtapeMasquee: BEAUCOUP,
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


def exiger_mesure(actions: Iterable[tuple[int, type[Event], str]], *, fois: int) -> None:
    """Raise `TropDEcritures` if the actions exceed the hourly limits. `actions`: id of the account, event
    type, name in the journal. `fois` multiplies every limit (a bench writes as fast as it can)."""
    for (compte_id, kind, action), nombre in Counter(actions).items():
        reste = PAR_HEURE[kind] * fois - nombre + 1
        if _get_oldest_that_fills(compte_id, action, reste // 2) is None:
            continue  # far from the limit: simultaneous requests need no lock
        one_at_a_time(f"ecritures:{compte_id}")
        plein = _get_oldest_that_fills(compte_id, action, reste)
        if plein is not None:
            raise TropDEcritures(math.ceil((plein + HEURE - now()).total_seconds()))


def _get_oldest_that_fills(compte_id: int, action: str, nombre: int) -> datetime | None:
    """Return the instant of the line whose expiry makes room again;
    None if fewer than `nombre` were written within the hour."""
    return db.session.scalar(
        select(LigneJournal.le)
        .where(LigneJournal.compte_id == compte_id, LigneJournal.action == action)
        .where(LigneJournal.le > now() - HEURE, LigneJournal.le <= now())
        .order_by(LigneJournal.le.desc())
        .offset(max(0, nombre - 1))
        .limit(1)
    )
