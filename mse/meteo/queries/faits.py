"""Facts as presences: what counts in n and in k of each measure, on which days (docs/regles/meteo.md).

Facts are read from instants that are never edited, so that recounting a past day gives the same figures.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from mse.classe.queries.parole import select_jours_de_parole
from mse.comptes.models import Compte
from mse.core.clock import local_date, midnight
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.initiatives.models import LigneInitiative, Porteur
from mse.meteo.histoire import list_jours_actifs
from mse.meteo.mesures import Mesure
from mse.meteo.presences import UN_JOUR, Presence, intersect, merge
from mse.meteo.queries.periodes import Periode
from mse.meteo.queries.reponses_dues import list_reponses_dues
from mse.representation.models import DELAI_ELECTION, Mandat, Promotion
from mse.soutiens.queries import select_jours_de_soutien

# Days on which a promotion took part otherwise than by a fiche: (first day, last day) → SELECT of (promotion,
# day). Each capability that a promotion speaks through adds its own.
PAROLES: tuple[Callable[[date, date], Select[*tuple[Any, ...]]], ...] = (
    select_jours_de_parole,
    select_jours_de_soutien,
)


def list_presences(periode: Periode, mesures: Collection[Mesure] = tuple(Mesure)) -> Iterator[Presence]:
    promotions = _list_promotions(periode)
    if Mesure.REPRESENTATION in mesures:
        yield from _list_representation(periode, promotions)
    if Mesure.EXPRESSION in mesures:
        yield from _list_expression(periode, promotions)
    if Mesure.ECOUTE in mesures or Mesure.RESOLUTION in mesures:
        yield from (une for une in list_reponses_dues(periode) if une.mesure in mesures)
    if Mesure.INITIATIVE in mesures:
        yield from _list_initiative(periode, promotions)


Lignes = Sequence[Row[*tuple[Any, ...]]]


def _list_promotions(periode: Periode) -> Lignes:
    query = select(
        Promotion.id, Promotion.organisme_id, Promotion.territoire_code, Promotion.debut, Promotion.fin
    ).where(Promotion.debut <= periode.fin, Promotion.fin >= periode.debut)
    return db.session.execute(periode.limit(query, Promotion.territoire_code)).all()


def _list_jours_comptes(promotion: Any) -> list[tuple[date, date]]:
    """Return the days on which the promotion counts: from the end of the delay to elect until its end."""
    return [(promotion.debut + DELAI_ELECTION, promotion.fin)]


def _list_representation(periode: Periode, promotions: Lignes) -> Iterator[Presence]:
    mandats: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    query = (
        select(
            Mandat.promotion_id,
            Mandat.debut,
            func.coalesce(Mandat.fin, Promotion.fin).label("fin"),
            Compte.active_le,
        )
        .join(Compte, Compte.id == Mandat.compte_id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(Compte.active_le.is_not(None), Promotion.debut <= periode.fin, Promotion.fin >= periode.debut)
    )
    for mandat in db.session.execute(periode.limit(query, Promotion.territoire_code)):
        actif = max(mandat.debut, local_date(mandat.active_le))
        mandats[mandat.promotion_id].append((actif, mandat.fin))
    for une in promotions:
        yield Presence(
            Mesure.REPRESENTATION,
            une.id,
            periode.lignees[une.territoire_code],
            _list_jours_comptes(une),
            mandats[une.id],
        )


def _list_expression(periode: Periode, promotions: Lignes) -> Iterator[Presence]:
    depots: defaultdict[int, list[date]] = defaultdict(list)
    query = (
        select(Fiche.promotion_id, Fiche.deposee_le)
        .join(Promotion, Promotion.id == Fiche.promotion_id)  # the promotion may have moved since
        .where(
            Fiche.est_comptee,
            Fiche.deposee_le >= midnight(periode.depuis),
            Fiche.deposee_le < midnight(periode.fin + UN_JOUR),
        )
    )
    for depot in db.session.execute(periode.limit(query, Promotion.territoire_code)):
        depots[depot.promotion_id].append(local_date(depot.deposee_le))
    for ligne in db.session.execute(_lignes_portees(periode)):
        jour = local_date(ligne.le)
        if ligne.depuis <= jour and (ligne.jusqu_a is None or jour <= ligne.jusqu_a):
            depots[ligne.promotion_id].append(jour)
    for select_paroles in PAROLES:
        for promotion_id, le in db.session.execute(select_paroles(periode.depuis, periode.fin)):
            depots[promotion_id].append(le)
    for une in promotions:
        yield Presence(
            Mesure.EXPRESSION,
            une.id,
            periode.lignees[une.territoire_code],
            _list_jours_comptes(une),
            periode.fenetres(depots[une.id]),
        )


def _lignes_portees(periode: Periode) -> Any:
    """Select the lines, within the windows, of the initiatives whose porteur is a promotion."""
    return (
        select(Porteur.promotion_id, Porteur.depuis, Porteur.jusqu_a, LigneInitiative.le)
        .join(LigneInitiative, LigneInitiative.initiative_id == Porteur.initiative_id)
        .where(
            Porteur.promotion_id.is_not(None),
            LigneInitiative.le >= midnight(periode.depuis),
            LigneInitiative.le < midnight(periode.fin + UN_JOUR),
        )
    )


def _list_initiative(periode: Periode, promotions: Lignes) -> Iterator[Presence]:
    """Yield each organisme, in every territoire where it has a current promotion."""
    portages = _list_portages(periode)
    en_cours: defaultdict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
    for une in promotions:
        for territoire in periode.lignees[une.territoire_code]:
            en_cours[une.organisme_id, territoire].append((une.debut, une.fin))
    for (organisme, territoire), jours in en_cours.items():
        yield Presence(Mesure.INITIATIVE, organisme, (territoire,), jours, portages.get(organisme, []))


def _list_portages(periode: Periode) -> dict[int, list[tuple[date, date]]]:
    """Return, by organisme, the days whose window contains an initiative of which it is a porteur, active or
    completed."""
    activite = timedelta(days=get_demarche().meteo.activite_initiative)
    porteurs: defaultdict[int, list[Any]] = defaultdict(list)
    for porteur in db.session.execute(
        select(Porteur.initiative_id, Porteur.organisme_id, Porteur.depuis, Porteur.jusqu_a).where(
            Porteur.depuis <= periode.fin,
            or_(Porteur.jusqu_a.is_(None), Porteur.jusqu_a >= periode.depuis),
        )
    ):
        porteurs[porteur.initiative_id].append(porteur)
    lignes = db.session.execute(
        select(LigneInitiative.initiative_id, LigneInitiative.le, LigneInitiative.statut)
        .where(LigneInitiative.initiative_id.in_(porteurs))
        .order_by(LigneInitiative.initiative_id, LigneInitiative.id)
    )
    portages: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for initiative_id, siennes in groupby(lignes, key=lambda ligne: ligne.initiative_id):
        vivants = list(
            list_jours_actifs([(local_date(x.le), x.statut) for x in siennes], periode.fenetre, activite)
        )
        for porteur in porteurs[initiative_id]:
            portee = [
                (porteur.depuis, (porteur.jusqu_a or periode.fin) + timedelta(days=periode.fenetre - 1))
            ]
            portages[porteur.organisme_id] += intersect(merge(vivants), portee)
    return portages
