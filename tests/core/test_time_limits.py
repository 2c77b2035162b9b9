"""The bar of a time limit: days used of the days given, then days of lateness."""

from datetime import date, timedelta

from flask import Flask

from mse.core.text import initials
from mse.core.time_limits import TimeLimit, measure_done, measure_waiting
from mse.core.working_days import add_working_days

DEBUT = date(2026, 9, 7)
FIN = add_working_days(DEBUT, 20)


def test_le_delai_avance_jour_ouvre_par_jour_ouvre_puis_compte_le_retard(app: Flask) -> None:
    assert measure_waiting(20, due=FIN, today=DEBUT) == TimeLimit(20, 0, 0)
    assert measure_waiting(20, due=FIN, today=DEBUT + timedelta(days=7)) == TimeLimit(20, 5, 0)
    assert measure_waiting(20, due=FIN, today=FIN) == TimeLimit(20, 20, 0)
    retard = measure_waiting(20, due=FIN, today=add_working_days(FIN, 5))
    assert (retard, retard.percent) == (TimeLimit(20, 25, 5), 80)


def test_une_echeance_reportee_rend_des_jours_mais_jamais_moins_que_zero(app: Flask) -> None:
    assert measure_waiting(20, due=add_working_days(DEBUT, 30), today=DEBUT) == TimeLimit(20, 0, 0)


def test_une_fois_repondu_le_delai_ne_bouge_plus(app: Flask) -> None:
    assert measure_done(20, begun=DEBUT, done=DEBUT) == TimeLimit(20, 0, 0)
    assert measure_done(20, begun=DEBUT, done=add_working_days(DEBUT, 22)) == TimeLimit(20, 22, 2)


def test_les_initiales_sont_celles_des_mots_a_majuscule() -> None:
    noms = ("Service Rémunération", "Mission Égalité", "Luberon Savoir-Faire", "du Paillon", "")
    assert [initials(nom) for nom in noms] == ["SR", "ME", "LS", "P", ""]
