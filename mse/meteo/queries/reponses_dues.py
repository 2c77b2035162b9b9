"""The measures écoute and résolution: the answers that were due (docs/regles/meteo.md).

Their n depends on due dates only: taking up, answering or settling changes k alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select, union

from mse.annuaire.models import Acteur
from mse.core.clock import midnight
from mse.extensions import db
from mse.fiches.api import NatureEtape
from mse.fiches.models import EcheanceRemplacee, Etape, Fiche, Saisine
from mse.meteo.echeances import (
    Echeance,
    iterate_jours_dus,
    list_echeances,
    list_jours_dus,
    list_jours_quittes,
)
from mse.meteo.histoire import STATUTS, Fait, iterate_soirs, list_abandons
from mse.meteo.mesures import Mesure
from mse.meteo.presences import ENSEMBLE, UN_JOUR, Jours, Presence
from mse.meteo.queries.cedees import find_cedant, list_cedees
from mse.meteo.queries.periodes import Periode


def list_reponses_dues(periode: Periode) -> Iterator[Presence]:
    """Yield each due date of a saisine for écoute, each fiche for résolution."""
    concernees = _select_fiches(periode)
    echeances = _list_remplacees(concernees)
    lignes = _list_lignes(concernees)
    cedees = list_cedees(midnight(periode.depuis))
    for fiche_id, siennes in groupby(_list_saisines(periode, concernees), key=lambda une: une.fiche_id):
        saisines = list(siennes)
        une = saisines[0]
        ouvertures = [Fait(saisine.ouverte_le, saisine.id) for saisine in saisines]
        faits = sorted(ouvertures + lignes[fiche_id], key=lambda fait: fait.le)
        abandons = list_abandons(faits)
        dues: list[tuple[list[Echeance], Jours]] = []
        for saisine in saisines:
            siennes_dues = list_echeances(
                saisine.ouverte_le, echeances[saisine.id], (saisine.reponse_due, saisine.tenue_le)
            )
            dues.append((siennes_dues, list_jours_quittes(siennes_dues, abandons[saisine.id])))
            for echeance, n in iterate_jours_dus(*dues[-1], periode.fenetre):
                nature = (find_cedant(cedees[saisine.id], echeance.due) or saisine).nature
                yield Presence(
                    Mesure.ECOUTE,
                    saisine.id,
                    periode.lignees[une.territoire_code],
                    n,
                    n if echeance.est_tenue else [],
                    (ENSEMBLE, f"theme:{une.theme_code}", f"nature:{nature}"),
                )
        yield Presence(
            Mesure.RESOLUTION,
            fiche_id,
            periode.lignees[une.territoire_code],
            list_jours_dus(dues, periode.fenetre),
            _reglee(faits),
            (ENSEMBLE, f"theme:{une.theme_code}"),
        )


def _select_fiches(periode: Periode) -> Any:
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
