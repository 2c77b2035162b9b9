"""Fiches and initiatives read again, day by day, from their dated lines. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from mse.core.clock import local_date
from mse.fiches.workflow import NatureEtape, Statut, Valeur, derive_statut
from mse.initiatives.workflow import OUVERTS
from mse.initiatives.workflow import Statut as StatutInitiative

N = NatureEtape
STATUTS = {
    N.REPONSE: Statut.REPONSE,
    N.REGLEMENT: Statut.REGLEE,
    N.ABANDON: Statut.ABANDONNEE,
    N.REOUVERTURE: Statut.EN_COURS,
}


class Fait(NamedTuple):
    """One line of a saisine's history. `nature` None: its opening. `valeur`: of a verdict."""

    le: datetime
    saisine_id: int
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
            if fait.nature != N.ABANDON:  # it leaves the answer before it, and its verdict, as they were
                contredites.discard(fait.saisine_id)
            if fait.valeur == Valeur.NON:
                contredites.add(fait.saisine_id)
            if fait.nature != N.AVIS:
                statuts[fait.saisine_id] = STATUTS[fait.nature] if fait.nature else Statut.EN_COURS
        statut = derive_statut(statuts.values())
        yield Soir(jour, statut, statut == Statut.REGLEE and not contredites)


def changements(soirs: Sequence[Soir]) -> Iterator[Soir]:
    """Those that ended with another status than the one before."""
    avant: Statut | None = None
    for soir in soirs:
        if soir.statut != avant:
            yield soir
        avant = soir.statut


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
