"""The measures écoute and résolution: the answers that were due (docs/regles/meteo.md).

Their n depends on due dates only: taking up, answering or settling changes k alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select, union

from mse.annuaire.models import Acteur, Nature
from mse.core.clock import midnight
from mse.extensions import db
from mse.fiches.api import NatureEtape
from mse.fiches.models import EcheanceRemplacee, Etape, Fiche, Saisine, Transfert
from mse.meteo.echeances import (
    Echeance,
    iterate_jours_dus,
    list_echeances,
    list_jours_dus,
    list_jours_quittes,
)
from mse.meteo.histoire import STATUTS, Fait, iterate_soirs, list_abandons
from mse.meteo.mesures import Mesure
from mse.meteo.presences import ENSEMBLE, UN_JOUR, Jours, Presence, contains
from mse.meteo.queries.cedees import Cession, find_cedant, list_cedees
from mse.meteo.queries.periodes import Periode


@dataclass(frozen=True, slots=True)
class ReponseDue:
    """An answer that was due, with its owner on the due date. `jours`: the days whose window has it as the
    latest due date of the saisine. `recue_le`: when the owner got the saisine, or it was reopened.
    `faits`: the history of the fiche, oldest first."""

    saisine_id: int
    fiche_id: int
    acteur_id: int
    nature: Nature
    theme_code: str
    territoire_code: str
    echeance: Echeance
    jours: Jours
    recue_le: datetime
    faits: Sequence[Fait]

    def compte_le(self, jour: date) -> bool:
        """True if this due date counts in the window that ends on that day."""
        return contains(self.jours, jour)


@dataclass(frozen=True, slots=True)
class FicheAttendue:
    """A fiche with its due answers, for the measure résolution. `jours`: see `list_jours_dus`."""

    id: int
    theme_code: str
    territoire_code: str
    jours: Jours
    faits: Sequence[Fait]
    dues: Sequence[ReponseDue]


def list_reponses_dues(periode: Periode) -> Iterator[Presence]:
    """Yield each due date of a saisine for écoute, each fiche for résolution."""
    for fiche in list_attendues(periode):
        lignee, theme = periode.lignees[fiche.territoire_code], f"theme:{fiche.theme_code}"
        for une in fiche.dues:
            tenue = une.jours if une.echeance.est_tenue else []
            coupes = (ENSEMBLE, theme, f"nature:{une.nature}")
            yield Presence(Mesure.ECOUTE, une.saisine_id, lignee, une.jours, tenue, coupes)
        yield Presence(
            Mesure.RESOLUTION, fiche.id, lignee, fiche.jours, _reglee(fiche.faits), (ENSEMBLE, theme)
        )


def list_attendues(periode: Periode, *, acteur_id: int | None = None) -> Iterator[FicheAttendue]:
    """Yield the fiches with an answer due in the windows. `acteur_id`: those alone that this acteur owns or
    has transferred; their other saisines are included."""
    concernees: Any = _select_fiches(periode, acteur_id)
    if acteur_id is not None:  # few ids: as a list they are read by indexes, not by a scan of all étapes
        concernees = db.session.scalars(concernees).all()
    echeances = _list_remplacees(concernees)
    lignes = _list_lignes(concernees)
    cedees = list_cedees(Transfert.saisine_id.in_(select(Saisine.id).where(Saisine.fiche_id.in_(concernees))))
    for fiche_id, siennes in groupby(_list_saisines(periode, concernees), key=lambda une: une.fiche_id):
        saisines = list(siennes)
        ouvertures = [Fait(saisine.ouverte_le, saisine.id) for saisine in saisines]
        faits = sorted(ouvertures + lignes[fiche_id], key=lambda fait: fait.le)
        abandons = list_abandons(faits)
        toutes: list[tuple[list[Echeance], Jours]] = []
        dues: list[ReponseDue] = []
        for saisine in saisines:
            siennes_dues = list_echeances(
                saisine.ouverte_le, echeances[saisine.id], (saisine.reponse_due, saisine.tenue_le)
            )
            toutes.append((siennes_dues, list_jours_quittes(siennes_dues, abandons[saisine.id])))
            for echeance, jours in iterate_jours_dus(*toutes[-1], periode.fenetre):
                dues.append(_make_due(saisine, echeance, jours, cedees[saisine.id], faits))
        une = saisines[0]
        yield FicheAttendue(
            fiche_id,
            une.theme_code,
            une.territoire_code,
            list_jours_dus(toutes, periode.fenetre),
            faits,
            dues,
        )


def _make_due(
    saisine: Any, echeance: Echeance, jours: Jours, cedees: Sequence[Cession], faits: Sequence[Fait]
) -> ReponseDue:
    cedant = find_cedant(cedees, echeance.due)
    le = midnight(echeance.due + UN_JOUR)
    recues = [saisine.ouverte_le, *(cession.le for cession in cedees)]
    recues += [
        fait.le for fait in faits if fait.saisine_id == saisine.id and fait.nature == NatureEtape.REOUVERTURE
    ]
    return ReponseDue(
        saisine.id,
        saisine.fiche_id,
        cedant.de_id if cedant else saisine.acteur_id,
        cedant.nature if cedant else saisine.nature,
        saisine.theme_code,
        saisine.territoire_code,
        echeance,
        jours,
        max(recue for recue in recues if recue < le),
        faits,
    )


def _select_fiches(periode: Periode, acteur_id: int | None) -> Any:
    """Select the ids of the fiches with an answer due in the windows."""
    actuelles = select(Saisine.fiche_id).where(Saisine.reponse_due.between(periode.depuis, periode.fin))
    remplacees = (
        select(Saisine.fiche_id)
        .join(EcheanceRemplacee, EcheanceRemplacee.saisine_id == Saisine.id)
        .where(
            EcheanceRemplacee.echeance.between(periode.depuis, periode.fin),
            EcheanceRemplacee.remplacee_le >= midnight(periode.depuis),
        )
    )
    if acteur_id is not None:
        cedees = select(Transfert.saisine_id).where(
            Transfert.de_id == acteur_id, Transfert.le >= midnight(periode.depuis)
        )
        sienne = or_(Saisine.acteur_id == acteur_id, Saisine.id.in_(cedees))
        actuelles, remplacees = actuelles.where(sienne), remplacees.where(sienne)
    return union(actuelles, remplacees)


def _list_saisines(periode: Periode, concernees: Any) -> Any:
    query = (
        select(
            Saisine.id,
            Saisine.fiche_id,
            Saisine.ouverte_le,
            Saisine.reponse_due,
            Saisine.tenue_le,
            Fiche.territoire_code,
            Fiche.theme_code,
            Saisine.acteur_id,
            Acteur.nature,
        )
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(Saisine.fiche_id.in_(concernees))
        .order_by(Saisine.fiche_id, Saisine.id)
    )
    return db.session.execute(periode.limit(query, Fiche.territoire_code))


def _list_remplacees(concernees: Any) -> defaultdict[int, list[Any]]:
    remplacees = defaultdict[int, list[Any]](list)
    query = (
        select(
            EcheanceRemplacee.saisine_id,
            EcheanceRemplacee.echeance,
            EcheanceRemplacee.tenue_le,
            EcheanceRemplacee.remplacee_le,
        )
        .join(Saisine, Saisine.id == EcheanceRemplacee.saisine_id)
        .where(Saisine.fiche_id.in_(concernees))
        .order_by(EcheanceRemplacee.id)
    )
    for une in db.session.execute(query):
        remplacees[une.saisine_id].append(une)
    return remplacees


def _list_lignes(concernees: Any) -> defaultdict[int, list[Fait]]:
    lignes = defaultdict[int, list[Fait]](list)
    query = (
        select(Etape.fiche_id, Etape.le, Etape.saisine_id, Etape.nature, Etape.valeur)
        .where(Etape.fiche_id.in_(concernees))
        .where(Etape.nature.in_((*STATUTS, NatureEtape.AVIS, NatureEtape.PLUS_ACTUELLE)))
        .order_by(Etape.fiche_id, Etape.id)
    )
    for une in db.session.execute(query):
        lignes[une.fiche_id].append(Fait(une.le, une.saisine_id, une.nature, une.valeur))
    return lignes


def _reglee(faits: Sequence[Fait]) -> Jours:
    """Return the days on which the fiche is réglée and not contradicted by a delegate."""
    soirs = list(iterate_soirs(faits))
    suivants = [*(soir.jour for soir in soirs[1:]), date.max]
    return [(s.jour, suivant - UN_JOUR) for s, suivant in zip(soirs, suivants, strict=True) if s.est_bonne]
