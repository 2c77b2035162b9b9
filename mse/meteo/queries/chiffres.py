"""Queries on the stored figures: they read a bounded number of rows, whatever the number of facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Row, bindparam, func, select

from mse.annuaire.models import Territoire
from mse.core.cache import THIRTY_SECONDS, cached_for
from mse.core.clock import now, today
from mse.core.rate_limit import rate_limited
from mse.demarche import get_demarche
from mse.extensions import db
from mse.meteo.etats import Etat, dire_etat
from mse.meteo.mesures import Chiffre, Mesure, Releve
from mse.meteo.models import ChiffreMeteo, JourMeteo, RepriseMeteo
from mse.meteo.presences import ENSEMBLE, compter
from mse.meteo.queries.faits import list_presences
from mse.meteo.queries.periodes import Periode, get_lignees

Lieu = tuple[str, date]
# Maximum number of `_count` calls per minute: for one IP address, in total. A page may need two.
PAR_ADRESSE, COMPTES_PAR_MINUTE = 20, 60


_JOUR = (
    select(JourMeteo.jour, JourMeteo.calcule_le)
    .where(JourMeteo.jour <= bindparam("le"))
    .order_by(JourMeteo.jour.desc())
    .limit(1)
)


def get_jour(le: date) -> Row[date, datetime] | None:
    """Return the last day up to `le` with stored figures, and when they were computed; else None."""
    return db.session.execute(_JOUR, {"le": le}).first()


@cached_for(THIRTY_SECONDS)
def get_dernier_jour() -> Row[date, datetime] | None:
    """Return `get_jour` for today, cached for 30 seconds; figures are computed every ten minutes."""
    return get_jour(today())


def get_premier_jour() -> date | None:
    """Return the first day with stored figures."""
    return db.session.scalar(select(func.min(JourMeteo.jour)))


def list_jours_recomptes(debut: date, fin: date, *, depuis: datetime) -> set[date]:
    """Return the days whose figures come from facts read after `depuis`. Instants in the future are ignored:
    the clock was wrong."""
    plus_tard = JourMeteo.calcule_le > depuis, JourMeteo.calcule_le <= now()
    return set(
        db.session.scalars(select(JourMeteo.jour).where(JourMeteo.jour.between(debut, fin), *plus_tard))
    )


def get_reprises() -> dict[int, date]:
    """Return the requests to recompute: id → first day."""
    return dict(db.session.execute(select(RepriseMeteo.id, RepriseMeteo.depuis)).all())


def list_enfants(code: str) -> list[Territoire]:
    return list(
        db.session.scalars(select(Territoire).where(Territoire.parent_code == code).order_by(Territoire.code))
    )


def read_releves(codes: Collection[str], jours: Collection[date]) -> dict[Lieu, Releve]:
    """Return the weather of each territoire on each day; fog if no figures are stored."""
    chiffres: defaultdict[Lieu, dict[Mesure, Chiffre]] = defaultdict(dict)
    lignes = db.session.execute(
        select(
            ChiffreMeteo.territoire_code,
            ChiffreMeteo.jour,
            ChiffreMeteo.mesure,
            ChiffreMeteo.k,
            ChiffreMeteo.n,
        ).where(
            ChiffreMeteo.territoire_code.in_(codes),
            ChiffreMeteo.coupe == ENSEMBLE,
            ChiffreMeteo.jour.in_(jours),
        )
    )
    for code, jour, mesure, k, n in lignes:
        chiffres[code, jour][mesure] = Chiffre(k, n)
    reglages = get_demarche().meteo
    return {(code, jour): Releve(chiffres[code, jour], reglages) for code in codes for jour in jours}


def read_etats(lieux: Sequence[tuple[str, str]], jour: date, fenetre: int) -> list[Etat]:
    """Return the weather of `lieux` (code, name), counted from the facts if this window has no stored
    figures."""
    codes, avant = [code for code, _nom in lieux], jour - timedelta(days=fenetre)
    if fenetre == get_demarche().meteo.fenetre:
        releves = read_releves(codes, [jour, avant])
    else:
        releves = {
            (code, quand): releve
            for quand in (jour, avant)
            for code, releve in count_releves(codes, quand, fenetre).items()
        }
    return [dire_etat(code, nom, releves[code, jour], releves[code, avant]) for code, nom in lieux]


def read_coupes(code: str, jour: date) -> dict[str, dict[Mesure, Chiffre]]:
    """Return the figures of each part: by thème, by nature of acteur."""
    coupes: defaultdict[str, dict[Mesure, Chiffre]] = defaultdict(dict)
    for une in db.session.scalars(
        select(ChiffreMeteo).where(
            ChiffreMeteo.territoire_code == code, ChiffreMeteo.coupe != ENSEMBLE, ChiffreMeteo.jour == jour
        )
    ):
        coupes[une.coupe][une.mesure] = une.chiffre
    return dict(coupes)


def count_releves(codes: Iterable[str], jour: date, fenetre: int) -> dict[str, Releve]:
    """Return the weather of each territoire, counted from the facts, for a window without stored figures.
    Raise `TropDeDemandes`."""
    chiffres = _count(jour, fenetre)
    return {code: Releve(chiffres.get(code, {}), get_demarche().meteo) for code in codes}


@cached_for(THIRTY_SECONDS)
@rate_limited(PAR_ADRESSE, COMPTES_PAR_MINUTE)
def _count(jour: date, fenetre: int) -> dict[str, dict[Mesure, Chiffre]]:
    """Return the figures of each measure by territoire, counted from the facts. Every territoire is counted,
    because all facts must be read in any case."""
    chiffres = defaultdict[str, dict[Mesure, Chiffre]](dict)
    periode = Periode(jour, jour, fenetre, get_lignees())
    for cle, valeurs in compter(list_presences(periode), jour, jour):
        if cle.coupe == ENSEMBLE and valeurs:
            chiffres[cle.territoire][cle.mesure] = valeurs[0][1]
    return dict(chiffres)


def list_fins_de_mois(jour: date, mois: int) -> list[date]:
    """Return the last days of the `mois` months before that of `jour`, then `jour` itself; oldest first."""
    jours, premier = [jour], jour.replace(day=1)
    for _ in range(mois):
        dernier = premier - timedelta(days=1)
        jours.append(dernier)
        premier = dernier.replace(day=1)
    return jours[::-1]
