"""Pure functions that count, for each day, the units (promotions, saisines…) expected (n) and, among them,
those that satisfy the measure (k)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from mse.meteo.mesures import Chiffre, Mesure

Jours = Sequence[tuple[date, date]]  # intervals, both ends included; empty if the end precedes the start
ENSEMBLE = ""  # the group of all units
UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Presence:
    """The days on which one unit counts in n and in k. `unite`: id of the unit. `coupes`: the groups that
    count it, including `ENSEMBLE`."""

    mesure: Mesure
    unite: int
    territoires: Sequence[str]
    n: Jours
    k: Jours
    coupes: Sequence[str] = (ENSEMBLE,)


@dataclass(frozen=True, slots=True)
class Cle:
    """What a figure counts: a measure, a territoire and a group."""

    territoire: str
    coupe: str
    mesure: Mesure


def compter(
    presences: Iterable[Presence], debut: date, fin: date
) -> Iterator[tuple[Cle, list[tuple[date, Chiffre]]]]:
    """Yield each key with its daily figures (day, k of n) from `debut` to `fin`. Days with n = 0 are left
    out."""
    taille = (fin - debut).days + 1
    pas: defaultdict[Cle, tuple[list[int], list[int]]] = defaultdict(
        lambda: ([0] * (taille + 1), [0] * (taille + 1))
    )
    for une in presences:
        n = clip(une.n, debut, fin)
        if not n:
            continue
        k = intersect(clip(une.k, debut, fin), n)
        for territoire in une.territoires:
            for coupe in une.coupes:
                en_n, en_k = pas[Cle(territoire, coupe, une.mesure)]
                _add_steps(en_n, n, debut)
                _add_steps(en_k, k, debut)
    for cle, (en_n, en_k) in pas.items():
        jours = enumerate(zip(accumulate(en_k[:-1]), accumulate(en_n[:-1]), strict=True))
        yield cle, [(debut + timedelta(days=i), Chiffre(k, n)) for i, (k, n) in jours if n]


def clip(jours: Jours, debut: date, fin: date) -> list[tuple[date, date]]:
    """Return the intervals limited to `debut`..`fin`, merged and sorted."""
    return merge((max(de, debut), min(a, fin)) for de, a in jours)


def merge(jours: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return sorted, disjoint intervals."""
    faits: list[tuple[date, date]] = []
    for de, a in sorted((de, a) for de, a in jours if de <= a):
        if faits and de <= faits[-1][1] + UN_JOUR:
            faits[-1] = (faits[-1][0], max(faits[-1][1], a))
        else:
            faits.append((de, a))
    return faits


def intersect(gauche: Jours, droite: Jours) -> list[tuple[date, date]]:
    """Return the days in both lists, which must be merged."""
    communs = ((max(de, d), min(a, f)) for de, a in gauche for d, f in droite)
    return [(de, a) for de, a in communs if de <= a]


def subtract(jours: Jours, ecartes: Jours) -> list[tuple[date, date]]:
    """Return the days of `jours` that are not in `ecartes`, which must be merged."""
    restent = list(jours)
    for debut, fin in ecartes:
        avant = [(de, min(a, debut - UN_JOUR)) for de, a in restent]
        apres = [(max(de, fin + UN_JOUR), a) for de, a in restent] if fin < date.max else []
        restent = [(de, a) for de, a in (*avant, *apres) if de <= a]
    return sorted(restent)


def contains(jours: Jours, jour: date) -> bool:
    return any(de <= jour <= a for de, a in jours)


def _add_steps(pas: list[int], jours: Jours, debut: date) -> None:
    """Count the days of the intervals, as differences: +1 on the first day, -1 after the last one."""
    for de, a in jours:
        pas[(de - debut).days] += 1
        pas[(a - debut).days + 1] -= 1
