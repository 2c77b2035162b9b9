"""Pure functions: the days on which an answer counts as due, from the due dates and their changes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from mse.core.clock import local_date
from mse.meteo.presences import UN_JOUR, Jours, contains, merge, subtract


class Echeance(NamedTuple):
    """A due date, in force at the end of each day from `debut` to `fin`, until it was replaced at
    `remplacee_le`. `tenue_le`: the first detailed answer to it, late or not."""

    due: date
    debut: date
    fin: date
    tenue_le: datetime | None
    remplacee_le: datetime | None = None

    @property
    def est_tenue(self) -> bool:
        """True if a detailed answer was given by `due`."""
        return self.tenue_le is not None and local_date(self.tenue_le) <= self.due


def list_echeances(
    ouverte_le: datetime, remplacees: Sequence[Any], actuelle: tuple[date, datetime | None]
) -> list[Echeance]:
    """Return the due dates of a saisine in order. `remplacees`: rows (`echeance`, `tenue_le`,
    `remplacee_le`), oldest first; `actuelle`: the current due date and its `tenue_le`."""
    dues, debut = [], local_date(ouverte_le)
    for une in remplacees:
        fin = local_date(une.remplacee_le)
        dues.append(Echeance(une.echeance, debut, fin - UN_JOUR, une.tenue_le, une.remplacee_le))
        debut = fin
    return [*dues, Echeance(actuelle[0], debut, date.max, actuelle[1])]


def list_jours_quittes(dues: Sequence[Echeance], abandons: Jours) -> list[tuple[date, date]]:
    """Return the days on which the saisine is not counted: the intervals of `abandons`, except those that
    begin on or after the due date then in force."""
    return [
        (debut, fin)
        for debut, fin in abandons
        if debut <= fin and any(une.debut <= debut <= une.fin and debut < une.due for une in dues)
    ]


def iterate_jours_dus(
    dues: Sequence[Echeance], quittee: Jours, fenetre: int
) -> Iterator[tuple[Echeance, Jours]]:
    """Yield each due date still in force on its own day, with the days whose window has it as the latest one.

    `fenetre`: length of the window in days. `quittee`: the days on which the saisine is not counted, see
    `list_jours_quittes`.
    """
    venues = [une for une in dues if une.debut <= une.due <= une.fin and not contains(quittee, une.due)]
    suivantes = [*(une.due for une in venues), date.max][1:]
    for une, suivante in zip(venues, suivantes, strict=True):
        fin = min(une.due + timedelta(days=fenetre - 1), suivante - UN_JOUR)
        yield une, subtract([(une.due, fin)], quittee)


def list_jours_dus(saisines: Sequence[tuple[Sequence[Echeance], Jours]], fenetre: int) -> Jours:
    """Return the days whose window contains the latest due date in force on that day.

    `saisines`: for each one, its due dates and the days on which it is not counted.
    """
    en_vigueur = [
        (une.due, jours)
        for dues, quittee in saisines
        for une in dues
        for jours in subtract([(une.debut, une.fin)], quittee)
    ]
    debuts = {debut for _due, (debut, _fin) in en_vigueur}
    debuts |= {fin + UN_JOUR for _due, (_debut, fin) in en_vigueur if fin < date.max}
    ordre = sorted(debuts)
    n = []
    for debut, suivant in zip(ordre, [*ordre[1:], date.max], strict=True):
        derniere = max((due for due, jours in en_vigueur if contains([jours], debut)), default=None)
        if derniere is not None:
            fin = min(suivant - UN_JOUR, derniere + timedelta(days=fenetre - 1))
            n.append((max(debut, derniere), fin))
    return merge(n)
