"""Where a promotion stands with its delegates. Nothing is stored: dates say it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# The 40th hour of training is in the second week; a course of a few hours a week reaches it in the third.
DELAI_ELECTION = timedelta(days=21)


class Situation(StrEnum):
    A_VENIR = "a_venir"  # the course has not begun
    A_ORGANISER = "a_organiser"  # begun less than 21 days ago, nobody elected yet
    ATTENDUE = "attendue"  # an election is expected since `depuis`
    CARENCE = "carence"  # recorded; a later election stays possible
    INVITEE = "invitee"  # seats are held, nobody has opened the account yet: nothing is elected
    REPRESENTEE = "representee"  # a current delegate has opened the account
    TERMINEE = "terminee"


@dataclass(frozen=True, kw_only=True)
class Representation:
    situation: Situation
    depuis: date | None = None  # of an expected election, or of the carence
    titulaire: bool = False  # the seat is held
    suppleant: bool = False
    titulaire_venu: bool = False  # and its holder has opened the account
    suppleant_venu: bool = False

    @property
    def attend_une_election(self) -> bool:
        """Both seats are vacant and the course is on."""
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
    """`dernier_mandat`: the last day of the last mandat."""
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
