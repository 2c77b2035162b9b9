"""Fiches and initiatives read again, day by day, from their dated lines. Pure."""

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
    """One line of a fiche's history. `nature` None: the opening of a saisine. `valeur`: of a verdict."""

    le: datetime
    saisine_id: int | None  # None: `PLUS_ACTUELLE` is said of the whole fiche
    nature: NatureEtape | None = None
    valeur: Valeur | None = None


class Soir(NamedTuple):
    """The end of a day on which something happened to the fiche."""

    jour: date
    statut: Statut
    est_bonne: bool  # réglée, and no delegate says the contrary


def relire(faits: Sequence[Fait]) -> Iterator[Soir]:
    """`faits` in the order in which they happened. A verdict is about the last answer only."""
    statuts: dict[int, Statut] = {}
    contredites: set[int] = set()
    for jour, du_jour in groupby(faits, key=lambda fait: local_date(fait.le)):
        for fait in du_jour:
            if fait.saisine_id is None:
                continue
            if fait.nature != N.ABANDON:  # it leaves the answer before it, and its verdict, as they were
                contredites.discard(fait.saisine_id)
            if fait.valeur == Valeur.NON:
                contredites.add(fait.saisine_id)
            if fait.nature != N.AVIS:
                statuts[fait.saisine_id] = STATUTS[fait.nature] if fait.nature else Statut.EN_COURS
        statut = derive_statut(statuts.values())
        yield Soir(jour, statut, statut == Statut.REGLEE and not contredites)


def list_abandons(faits: Sequence[Fait]) -> defaultdict[int, list[tuple[date, date]]]:
    """Of each saisine, the days on which it is abandoned because the delegates had said so.

    They say it of the whole fiche: it holds for the saisines then open, until each is reopened.
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


def vivre(
    lignes: Sequence[tuple[date, StatutInitiative | None]], fenetre: int, activite: timedelta
) -> Iterator[tuple[date, date]]:
    """The days whose window of `fenetre` days has the initiative alive or sees it done.

    `lignes`: a day, and the status from then on (None: news only), oldest first. Alive: open at some moment
    of the window, with a line in the `activite` before the day.
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
