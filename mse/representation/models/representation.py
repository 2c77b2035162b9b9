"""The situation of a promotion with regard to its delegates, computed from dates and never stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# The 40th hour of training is in the second week; a course of a few hours a week reaches it in the third.
DELAI_ELECTION = timedelta(days=21)


class Situation(StrEnum):
    A_VENIR = "a_venir"  # the course has not begun
    A_ORGANISER = "a_organiser"  # begun less than 21 days ago, nobody elected yet
    ATTENDUE = "attendue"  # an election is expected since `depuis`
    CARENCE = "carence"  # recorded; a later election remains possible
    INVITEE = "invitee"  # seats are held, but no delegate has activated their account
    REPRESENTEE = "representee"  # a current delegate has activated their account
    TERMINEE = "terminee"


@dataclass(frozen=True, kw_only=True)
class Representation:
    situation: Situation
    depuis: date | None = None  # start of the wait for an election, or date of the carence
    titulaire: bool = False  # the seat is held
    suppleant: bool = False
    titulaire_venu: bool = False  # the holder has activated their account
    suppleant_venu: bool = False

    @property
    def attend_une_election(self) -> bool:
        """True if both seats are vacant and the course is running."""
        return self.situation in (Situation.A_ORGANISER, Situation.ATTENDUE, Situation.CARENCE)


def representation(
    *,
    debut: date,
    fin: date,
    titulaire: bool,
    suppleant: bool,
    titulaire_venu: bool,
    suppleant_venu: bool,
    dernier_mandat: date | None,
    derniere_carence: date | None,
    le: date,
) -> Representation:
    """Compute the situation on the day `le`. `titulaire`, `suppleant`: the seat is held; `…_venu`: its holder
    has activated their account; `dernier_mandat`: last day of the latest mandat; `derniere_carence`: its
    date."""
    if fin < le:
        return Representation(situation=Situation.TERMINEE)
    if debut > le:
        return Representation(situation=Situation.A_VENIR)
    if titulaire or suppleant:
        venu = titulaire_venu or suppleant_venu
        return Representation(
            situation=Situation.REPRESENTEE if venu else Situation.INVITEE,
            titulaire=titulaire,
            suppleant=suppleant,
            titulaire_venu=titulaire_venu,
            suppleant_venu=suppleant_venu,
        )
    if derniere_carence is not None and (dernier_mandat is None or derniere_carence > dernier_mandat):
        return Representation(situation=Situation.CARENCE, depuis=derniere_carence)
    if dernier_mandat is not None:
        return Representation(situation=Situation.ATTENDUE, depuis=dernier_mandat + timedelta(days=1))
    if debut + DELAI_ELECTION <= le:
        return Representation(situation=Situation.ATTENDUE, depuis=debut + DELAI_ELECTION)
    return Representation(situation=Situation.A_ORGANISER)
