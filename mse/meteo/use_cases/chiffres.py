"""Use cases that store the figures: the worker for recent days, a command for any period."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert

from mse.annuaire.queries import list_noms_de_territoires
from mse.core.clock import now, today
from mse.core.database import one_at_a_time, reading
from mse.core.use_cases import release, use_case
from mse.demarche import get_demarche
from mse.extensions import db
from mse.meteo.models import ChiffreMeteo, JourMeteo, RepriseMeteo
from mse.meteo.presences import ENSEMBLE, UN_JOUR, compter
from mse.meteo.queries.chiffres import get_jour, get_premier_jour, get_reprises, list_jours_recomptes
from mse.meteo.queries.faits import list_presences
from mse.meteo.queries.periodes import Periode, get_lignees

TRANCHE = 31  # days written in one transaction, which bounds how long other writers wait

Avance = Callable[[int, int], None]  # progress callback: (days done, total)


def actualiser() -> None:
    """Worker task: recompute today, the days since the last computed one, and days whose facts changed."""
    with reading():
        reprises = get_reprises()
        dernier = get_jour(today())
        debut = dernier.jour if dernier else today()
        if reprises:
            debut = min(debut, max(min(reprises.values()), get_premier_jour() or today()))
    recalculer(debut, today())
    oublier_reprises(reprises)


@use_case
def oublier_reprises(comptees: Collection[int]) -> None:
    """Delete these requests to recompute, by id: on PostgreSQL, a request with a smaller id may be committed
    later, so deleting all up to the highest id would lose it."""
    if comptees:
        une = delete(RepriseMeteo).where(RepriseMeteo.id == bindparam("comptee"))
        db.session.connection().execute(une, [{"comptee": numero} for numero in comptees])


def recalculer(debut: date, fin: date, *, avance: Avance = lambda _faits, _total: None) -> int:
    """Recompute the figures of each day from `debut` to `fin`. Return the number of rows written.

    The facts are read in one transaction, the figures written a month at a time: a reader sees a day entirely
    old or entirely new. No lock is held while counting. Days counted from later facts in the meantime are
    kept.
    """
    release()
    lu_le = now()
    with reading():
        ecrits, total = 0, (fin - debut).days + 1
        lignes = _count(debut, fin)
    release()
    jour = debut
    while jour <= fin:
        dernier = min(jour + timedelta(days=TRANCHE - 1), fin)
        ecrits += _ecrire(jour, dernier, [une for une in lignes if jour <= une["jour"] <= dernier], lu_le)
        avance((dernier - debut).days + 1, total)
        jour = dernier + UN_JOUR
    return ecrits


def _count(debut: date, fin: date) -> list[dict[str, Any]]:
    """Return the rows to store. Figures by thème or nature are stored only for territoires larger than a zone
    d’emploi, because in smaller ones the counts are too small to be meaningful."""
    grands = {t.code for t in list_noms_de_territoires() if not t.niveau.est_petit}
    periode = Periode(debut, fin, get_demarche().meteo.fenetre, get_lignees())
    return [
        {
            "territoire_code": cle.territoire,
            "coupe": cle.coupe,
            "mesure": cle.mesure,
            "jour": jour,
            "k": chiffre.k,
            "n": chiffre.n,
        }
        for cle, chiffres in compter(list_presences(periode), debut, fin)
        if cle.coupe == ENSEMBLE or cle.territoire in grands
        for jour, chiffre in chiffres
    ]


@use_case
def _ecrire(debut: date, fin: date, lignes: list[dict[str, Any]], lu_le: datetime) -> int:
    """Replace the figures of these days, except those that another process counted from later facts."""
    one_at_a_time("meteo_chiffres")
    recents = list_jours_recomptes(debut, fin, depuis=lu_le)
    lignes = [une for une in lignes if une["jour"] not in recents]
    tous = (debut + timedelta(days=i) for i in range((fin - debut).days + 1))
    jours = [{"jour": jour, "calcule_le": lu_le} for jour in tous if jour not in recents]
    for table in (ChiffreMeteo, JourMeteo):
        db.session.execute(delete(table).where(table.jour.between(debut, fin), table.jour.not_in(recents)))
    for table, rangees in ((ChiffreMeteo, lignes), (JourMeteo, jours)):
        if rangees:
            db.session.execute(insert(table), rangees)
    return len(lignes)
