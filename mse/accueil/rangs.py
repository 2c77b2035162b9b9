"""Group the rows of an owner's queue by the action expected, and add the time limit of each row."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from mse.core.time_limits import TimeLimit, measure_waiting
from mse.demarche import get_demarche
from mse.fiches.models.pause import retirer_reste


class Groupe(StrEnum):
    """The groups, in the order of the page."""

    EN_RETARD = "en-retard"
    A_PRENDRE = "a-prendre-en-charge"
    A_DECIDER = "a-decider"
    A_REPONDRE = "a-repondre"


class Rang(NamedTuple):
    """One row of the queue and its time limit. `genre`: key of the sentence that describes the limit, in the
    template. `due`: last day of the limit `delai`."""

    ligne: Any
    genre: str
    delai: TimeLimit
    due: date


def group_rangs(lignes: Iterable[Any], *, le: date) -> dict[Groupe, list[Rang]]:
    """Return the groups that are not empty. Inside a group the rows keep their order."""
    decision = get_demarche().delais.decision_reouverture
    measure = cache(lambda total, due: measure_waiting(total, due=due, today=le))
    groupes: dict[Groupe, list[Rang]] = {groupe: [] for groupe in Groupe}
    for ligne in lignes:
        groupe, genre, due = _classify(ligne, le)
        if ligne.est_en_cours:
            delai = measure(ligne.jours_donnes, _due_sans_pause(ligne, le))
        else:
            delai = measure(decision, due)
        groupes[groupe].append(Rang(ligne, genre, delai, due))
    return {groupe: rangs for groupe, rangs in groupes.items() if rangs}


def _classify(ligne: Any, le: date) -> tuple[Groupe, str, date]:
    """Return the group, the key of the sentence and the due date."""
    if not ligne.est_en_cours:
        return Groupe.A_DECIDER, "decision" if ligne.due >= le else "decision_tardive", ligne.due
    if ligne.reponse_due < le:
        return Groupe.EN_RETARD, "retard", ligne.reponse_due
    if ligne.prise_en_charge_le is None:
        genre = "prise" if ligne.prise_en_charge_due >= le else "prise_tardive"
        return Groupe.A_PRENDRE, genre, ligne.prise_en_charge_due
    if _est_suspendue(ligne, le):
        return Groupe.A_REPONDRE, "pause", ligne.suspendue_jusqu_au
    return Groupe.A_REPONDRE, "reponse", ligne.reponse_due


def _est_suspendue(ligne: Any, le: date) -> bool:
    return ligne.suspendue_jusqu_au is not None and le <= ligne.suspendue_jusqu_au


def _due_sans_pause(ligne: Any, le: date) -> date:
    """Return the due date that the progress bar is measured with. During a pause it is the date that an end
    of the pause today would give, so that the bar does not move."""
    if not _est_suspendue(ligne, le):
        due: date = ligne.reponse_due
        return due
    return retirer_reste(ligne.reponse_due, ligne.suspendue_jusqu_au, le)


def find_next(lignes: Sequence[Any], saisine_id: int) -> int | None:
    """Return the saisine that follows `saisine_id` in `lignes`."""
    ids = [ligne.id for ligne in lignes]
    place = ids.index(saisine_id) + 1
    return ids[place] if place < len(ids) else None


def measure_reponse(ligne: Any, due: date | None, *, le: date) -> TimeLimit | None:
    """Return the time limit of an answer that is due on `due`, None if none is awaited."""
    if due is None:
        return None
    return measure_waiting(ligne.jours_donnes, due=due, today=le)
