"""Pure functions that rebuild the state of a fiche or an initiative on each day, from its dated lines."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from mse.core.clock import local_date
from mse.fiches.api import NatureEtape, Statut, Valeur, derive_statut
from mse.initiatives.api import OUVERTS
from mse.initiatives.api import Statut as StatutInitiative

N = NatureEtape
STATUTS = {
    N.REPONSE: Statut.REPONSE,
    N.REGLEMENT: Statut.REGLEE,
    N.ABANDON: Statut.ABANDONNEE,
    N.REOUVERTURE: Statut.EN_COURS,
}


class Fait(NamedTuple):
    """One line of the history of a fiche. `nature` is None for the opening of a saisine; `valeur` is that of
    a verdict."""

    le: datetime
    saisine_id: int | None  # None: the line concerns the whole fiche (`PLUS_ACTUELLE`)
    nature: NatureEtape | None = None
    valeur: Valeur | None = None


class Soir(NamedTuple):
    """The state of a fiche at the end of a day on which it changed."""

    jour: date
    statut: Statut
    est_bonne: bool  # réglée, and not contradicted by a delegate


def iterate_soirs(faits: Sequence[Fait]) -> Iterator[Soir]:
    """Yield the state of the fiche at the end of each day that has a fact. `faits`: in chronological order. A
    verdict concerns the last answer only."""
    statuts: dict[int, Statut] = {}
    contredites: set[int] = set()
    for jour, du_jour in groupby(faits, key=lambda fait: local_date(fait.le)):
        for fait in du_jour:
            if fait.saisine_id is None:
                continue
            if fait.nature != N.ABANDON:  # an abandon keeps the previous answer and its verdict
                contredites.discard(fait.saisine_id)
            if fait.valeur == Valeur.NON:
                contredites.add(fait.saisine_id)
            if fait.nature != N.AVIS:
                statuts[fait.saisine_id] = STATUTS[fait.nature] if fait.nature else Statut.EN_COURS
        statut = derive_statut(statuts.values())
        yield Soir(jour, statut, statut == Statut.REGLEE and not contredites)


def list_abandons(faits: Sequence[Fait]) -> defaultdict[int, list[tuple[date, date]]]:
    """Return, by saisine, the days on which it is abandoned after its delegates said «plus d'actualité».

    This signal concerns the whole fiche: it holds for the saisines open at that time, until each is reopened.
    """
    ouvertes: set[int] = set()
    signalees: set[int] = set()
    abandons: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for fait in faits:
        jour = local_date(fait.le)
        if fait.saisine_id is None:
            signalees |= ouvertes
        elif fait.nature is None:
            ouvertes.add(fait.saisine_id)
        elif fait.nature == N.ABANDON and fait.saisine_id in signalees:
            abandons[fait.saisine_id].append((jour, date.max))
        elif fait.nature == N.REOUVERTURE:
            signalees.discard(fait.saisine_id)
            if siens := abandons[fait.saisine_id]:
                siens[-1] = (siens[-1][0], min(siens[-1][1], jour - timedelta(days=1)))
    return abandons


def list_jours_actifs(
    lignes: Sequence[tuple[date, StatutInitiative | None]], fenetre: int, activite: timedelta
) -> Iterator[tuple[date, date]]:
    """Yield the days whose window of `fenetre` days contains an active initiative or its completion.

    `lignes`: (day, status from that day on; None for news only), oldest first. Active: open at some moment of
    the window, with a line within `activite` before the day.
    """
    statut: StatutInitiative | None = None
    suivants = [*(jour for jour, _statut in lignes[1:]), date.max]
    reste = timedelta(days=fenetre - 1)
    for (jour, nouveau), suivant in zip(lignes, suivants, strict=True):
        avant, statut = statut, nouveau or statut
        if nouveau == StatutInitiative.REALISEE:
            yield jour, jour + reste
        elif statut in OUVERTS:
            yield jour, min(suivant, jour + activite)
        if nouveau is not None and nouveau not in OUVERTS and avant in OUVERTS:
            yield jour, jour + min(reste, activite)
