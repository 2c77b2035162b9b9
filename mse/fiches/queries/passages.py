"""Transfers of a fiche between owners."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur
from mse.core.database import is_state
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine, Transfert
from mse.fiches.workflow import NatureEtape, Publication

_TRANSMISES = 10  # the latest ones suffice: each fiche shows its own history

_de, _vers = aliased(Acteur), aliased(Acteur)


@dataclass(frozen=True)
class Passages:
    """Names for a history: `noms` of present and past owners by acteur id, `transferts` by étape id."""

    noms: dict[int, str]
    transferts: dict[int, Row[*tuple[Any, ...]]] = field(default_factory=dict)


def get_passages(fiche: Fiche, etapes: Sequence[Row[*tuple[Any, ...]]]) -> Passages:
    """Query the database only if the history has a transfer; most have none."""
    passages = Passages({saisine.acteur_id: saisine.acteur.nom for saisine in fiche.saisines})
    if not any(etape.nature == NatureEtape.TRANSFERT for etape in etapes):
        return passages
    query = (
        select(
            Transfert.etape_id,
            Transfert.de_id,
            _de.nom.label("de"),
            Transfert.vers_id,
            _vers.nom.label("vers"),
        )
        .join(Saisine, Saisine.id == Transfert.saisine_id)
        .join(_de, _de.id == Transfert.de_id)
        .join(_vers, _vers.id == Transfert.vers_id)
        .where(Saisine.fiche_id == fiche.id)
    )
    for row in db.session.execute(query):
        passages.noms.update({row.de_id: row.de, row.vers_id: row.vers})
        passages.transferts[row.etape_id] = row
    return passages


def list_transmises(acteur: Acteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Public fiches that the acteur transferred: (id, titre, responsable, le), latest first."""
    le = func.max(Transfert.le)
    return db.session.execute(
        select(Fiche.id, Fiche.titre, Acteur.nom.label("responsable"), le.label("le"))
        .select_from(Transfert)
        .join(Saisine, Saisine.id == Transfert.saisine_id)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(
            Transfert.de_id == acteur.id,
            Saisine.acteur_id != acteur.id,
            is_state(Fiche.publication, Publication.PUBLIEE),
        )
        .group_by(Saisine.id, Fiche.id, Fiche.titre, Acteur.nom)
        .order_by(le.desc(), Saisine.id.desc())
        .limit(_TRANSMISES)
    ).all()
