"""The facts as presences: what counts in n and in k of each measure, on which days (domaine.md, Météo).

A fact is read as of each day, from instants that nobody edits: counted again later, a past day is the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, or_, select

from mse.annuaire.models import DELAI_ELECTION, Acteur, Mandat, Promotion, Territoire
from mse.comptes.models import Compte
from mse.core.clock import local_date, midnight
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.models import EcheanceRemplacee, Etape, Fiche, Saisine
from mse.fiches.workflow import NatureEtape, Statut
from mse.initiatives.models import LigneInitiative, Porteur
from mse.meteo.histoire import STATUTS, Fait, changements, relire, vivre
from mse.meteo.mesures import Mesure
from mse.meteo.presences import ENSEMBLE, Presence, intersect, merge
from mse.meteo.queries.cedees import find_cedant, list_cedees

UN_JOUR = timedelta(days=1)
N = NatureEtape


@dataclass(frozen=True)
class Periode:
    """The days to know, each with its window.

    `lignees`: a code → it and those above. `sous_arbre`: only what lies there.
    """

    debut: date
    fin: date
    fenetre: int
    lignees: dict[str, tuple[str, ...]]
    sous_arbre: Collection[str] | None = None

    @property
    def depuis(self) -> date:
        """The first day of the first window."""
        return self.debut - timedelta(days=self.fenetre - 1)

    def fenetres(self, jours: Iterable[date]) -> list[tuple[date, date]]:
        """The days whose window holds one of `jours`."""
        return merge((jour, jour + timedelta(days=self.fenetre - 1)) for jour in jours)

    def limit(self, query: Any, territoire: Any) -> Any:
        return query if self.sous_arbre is None else query.where(territoire.in_(self.sous_arbre))


def get_lignees() -> dict[str, tuple[str, ...]]:
    """Of every territoire: its code, its parent's, and so on up."""
    parents = dict(db.session.execute(select(Territoire.code, Territoire.parent_code)).all())

    def walk(code: str | None) -> Iterator[str]:
        while code is not None:
            yield code
            code = parents[code]

    return {code: tuple(walk(code)) for code in parents}


def list_presences(periode: Periode, mesures: Collection[Mesure] = tuple(Mesure)) -> Iterator[Presence]:
    promotions = _list_promotions(periode)
    if Mesure.REPRESENTATION in mesures:
        yield from _representation(periode, promotions)
    if Mesure.EXPRESSION in mesures:
        yield from _expression(periode, promotions)
    if Mesure.ECOUTE in mesures:
        yield from _ecoute(periode)
    if Mesure.RESOLUTION in mesures:
        yield from _resolution(periode)
    if Mesure.INITIATIVE in mesures:
        yield from _initiative(periode, promotions)


Lignes = Sequence[Row[*tuple[Any, ...]]]


def _list_promotions(periode: Periode) -> Lignes:
    query = select(
        Promotion.id, Promotion.organisme_id, Promotion.territoire_code, Promotion.debut, Promotion.fin
    ).where(Promotion.debut <= periode.fin, Promotion.fin >= periode.debut)
    return db.session.execute(periode.limit(query, Promotion.territoire_code)).all()


def _en_cours(promotion: Any) -> list[tuple[date, date]]:
    """Since it has had time to elect, until its end."""
    return [(promotion.debut + DELAI_ELECTION, promotion.fin)]


def _representation(periode: Periode, promotions: Lignes) -> Iterator[Presence]:
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
            _en_cours(une),
            mandats[une.id],
        )


def _expression(periode: Periode, promotions: Lignes) -> Iterator[Presence]:
    depots: defaultdict[int, list[date]] = defaultdict(list)
    query = (
        select(Fiche.promotion_id, Fiche.deposee_le)
        .join(Promotion, Promotion.id == Fiche.promotion_id)  # which may have moved since
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
    for une in promotions:
        yield Presence(
            Mesure.EXPRESSION,
            une.id,
            periode.lignees[une.territoire_code],
            _en_cours(une),
            periode.fenetres(depots[une.id]),
        )


def _lignes_portees(periode: Periode) -> Any:
    """What was told in the windows of the initiatives that promotions carry."""
    return (
        select(Porteur.promotion_id, Porteur.depuis, Porteur.jusqu_a, LigneInitiative.le)
        .join(LigneInitiative, LigneInitiative.initiative_id == Porteur.initiative_id)
        .where(
            Porteur.promotion_id.is_not(None),
            LigneInitiative.le >= midnight(periode.depuis),
            LigneInitiative.le < midnight(periode.fin + UN_JOUR),
        )
    )


def _ecoute(periode: Periode) -> Iterator[Presence]:
    """A saisine counts by the last of its due dates that was in force on its day, for who had it then."""
    colonnes = (Saisine.id, Fiche.territoire_code, Fiche.theme_code, Acteur.nature)
    actuelles = (
        select(*colonnes, Saisine.reponse_due.label("echeance"), Saisine.tenue_le)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(Saisine.reponse_due.between(periode.depuis, periode.fin))
    )
    remplacees = (
        select(*colonnes, EcheanceRemplacee.echeance, EcheanceRemplacee.tenue_le)
        .join(Saisine, Saisine.id == EcheanceRemplacee.saisine_id)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(
            EcheanceRemplacee.echeance.between(periode.depuis, periode.fin),
            EcheanceRemplacee.remplacee_le >= midnight(periode.depuis),
        )
        .add_columns(EcheanceRemplacee.remplacee_le)
    )
    dues = defaultdict[int, list[Any]](list)
    for une in db.session.execute(periode.limit(actuelles, Fiche.territoire_code)):
        dues[une.id].append(une)
    for une in db.session.execute(periode.limit(remplacees, Fiche.territoire_code)):
        if local_date(une.remplacee_le) > une.echeance:
            dues[une.id].append(une)
    cedees = list_cedees(midnight(periode.depuis))
    for siennes in dues.values():
        siennes.sort(key=lambda une: une.echeance)
        suivantes = [*(une.echeance for une in siennes[1:]), date.max]
        for une, suivante in zip(siennes, suivantes, strict=True):
            fin = min(une.echeance + timedelta(days=periode.fenetre - 1), suivante - UN_JOUR)
            n = [(une.echeance, fin)]
            nature = (find_cedant(cedees[une.id], une.echeance) or une).nature
            coupes = (ENSEMBLE, f"theme:{une.theme_code}", f"nature:{nature}")
            lignee = periode.lignees[une.territoire_code]
            yield Presence(Mesure.ECOUTE, une.id, lignee, n, n if _tenue(une) else [], coupes)


def _tenue(une: Any) -> bool:
    return une.tenue_le is not None and local_date(une.tenue_le) <= une.echeance


def _resolution(periode: Periode) -> Iterator[Presence]:
    """Each fiche whose own status became `reponse` or `reglee` in the window."""
    traitees = (
        select(Etape.fiche_id)
        .where(
            Etape.nature.in_((N.REPONSE, N.REGLEMENT, N.ABANDON)),
            Etape.le >= midnight(periode.depuis),
            Etape.le < midnight(periode.fin + UN_JOUR),
        )
        .distinct()
    )
    fiches = select(Fiche.id, Fiche.territoire_code, Fiche.theme_code).where(
        Fiche.id.in_(traitees), Fiche.est_comptee
    )
    faits = (
        select(Etape.fiche_id, Etape.saisine_id, Etape.nature, Etape.valeur, Etape.le)
        .where(Etape.fiche_id.in_(traitees), Etape.saisine_id.is_not(None))
        .where(Etape.nature.in_((*STATUTS, N.AVIS)))
        .order_by(Etape.fiche_id, Etape.id)
    )
    saisines = select(Saisine.fiche_id, Saisine.id, Saisine.ouverte_le).where(Saisine.fiche_id.in_(traitees))
    lignes = {une.id: une for une in db.session.execute(periode.limit(fiches, Fiche.territoire_code))}
    ouvertures: defaultdict[int, list[Fait]] = defaultdict(list)
    for saisine in db.session.execute(saisines):
        ouvertures[saisine.fiche_id].append(Fait(saisine.ouverte_le, saisine.id))
    for fiche_id, histoire in groupby(db.session.execute(faits), key=lambda fait: fait.fiche_id):
        une = lignes.get(fiche_id)
        if une is None:
            continue
        evenements = ouvertures[fiche_id] + [Fait(f.le, f.saisine_id, f.nature, f.valeur) for f in histoire]
        soirs = list(relire(sorted(evenements, key=lambda fait: fait.le)))
        suivants = [*(soir.jour for soir in soirs[1:]), date.max]
        yield Presence(
            Mesure.RESOLUTION,
            fiche_id,
            periode.lignees[une.territoire_code],
            periode.fenetres(soir.jour for soir in changements(soirs) if soir.statut in _ATTEINTS),
            [(s.jour, suivant - UN_JOUR) for s, suivant in zip(soirs, suivants, strict=True) if s.est_bonne],
            (ENSEMBLE, f"theme:{une.theme_code}"),
        )


_ATTEINTS = (Statut.REPONSE, Statut.REGLEE)


def _initiative(periode: Periode, promotions: Lignes) -> Iterator[Presence]:
    """Each organisme, in every territoire where one of its promotions is in course."""
    portages = _list_portages(periode)
    en_cours: defaultdict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
    for une in promotions:
        for territoire in periode.lignees[une.territoire_code]:
            en_cours[une.organisme_id, territoire].append((une.debut, une.fin))
    for (organisme, territoire), jours in en_cours.items():
        yield Presence(Mesure.INITIATIVE, organisme, (territoire,), jours, portages.get(organisme, []))


def _list_portages(periode: Periode) -> dict[int, list[tuple[date, date]]]:
    """Of each organisme, the days whose window has it carrying an initiative alive, or done."""
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
        vivants = list(vivre([(local_date(x.le), x.statut) for x in siennes], periode.fenetre, activite))
        for porteur in porteurs[initiative_id]:
            portee = [
                (porteur.depuis, (porteur.jusqu_a or periode.fin) + timedelta(days=periode.fenetre - 1))
            ]
            portages[porteur.organisme_id] += intersect(merge(vivants), portee)
    return portages
