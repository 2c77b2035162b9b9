"""How urgent an answer is: the only definition, for the fiche, the queues and the mails."""

from datetime import date
from enum import StrEnum

from mse.core.working_days import count_working_days
from mse.demarche import get_demarche


class Urgence(StrEnum):
    A_L_HEURE = "a_l_heure"
    BIENTOT = "bientot"
    EN_RETARD = "en_retard"
    TRES_EN_RETARD = "tres_en_retard"


def cle_de_tri(due: date, fin_de_la_promotion: date) -> date:
    """The sort key of queues: the earlier of the due date and the last day of the course."""
    return min(due, fin_de_la_promotion)


def classer(due: date, le: date) -> Urgence:
    """Return the level on the day `le` of an answer awaited for `due`. The numbers are in the démarche."""
    delais = get_demarche().delais
    if le <= due:
        proche = count_working_days(le, due) <= delais.bientot
        return Urgence.BIENTOT if proche else Urgence.A_L_HEURE
    tard = count_working_days(due, le) >= delais.tres_en_retard
    return Urgence.TRES_EN_RETARD if tard else Urgence.EN_RETARD


def est_sans_reponse(due: date, le: date) -> bool:
    """True if the public page says on the day `le` that nobody has answered."""
    return le > due and count_working_days(due, le) >= get_demarche().relances.public
