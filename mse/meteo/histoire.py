"""A fiche read again, day by day, from the dated lines of its saisines. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from mse.core.clock import local_date
from mse.fiches.workflow import NatureEtape, Statut, Valeur, derive_statut

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
