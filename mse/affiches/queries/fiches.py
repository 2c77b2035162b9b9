"""A public fiche with its whole history, as paper shows it. The reader makes no difference."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.api import EN_DETAIL, NatureEtape
from mse.fiches.models import Avis, Fiche, Saisine
from mse.fiches.queries.pages import Lecture, get_lecture, list_etapes
from mse.fiches.queries.passages import Passages, get_passages


@dataclass(frozen=True, kw_only=True)
class Reponse:
    """The present answer of an owner. `avis`: the verdict of the delegates on it, if they gave one."""

    acteur: str
    etape: Any
    avis: Any


@dataclass(frozen=True, kw_only=True)
class Papier:
    """What is printed. `fils`: the lines of the history by saisine id, those of the fiche itself under
    None."""

    lecture: Lecture
    reponses: Sequence[Reponse]
    fils: Mapping[int | None, Sequence[Any]]
    passages: Passages

    @property
    def fiche(self) -> Fiche:
        return self.lecture.fiche


def get_publique(_compte: Compte | None, fiche_id: int, **_url: object) -> Lecture | None:
    """Return a published fiche, or a withdrawn one, because its addresses answer 410."""
    return get_lecture(None, fiche_id)


def read_papier(lecture: Lecture) -> Papier:
    fiche = lecture.fiche
    etapes = list_etapes(fiche)
    fils: defaultdict[int | None, list[Any]] = defaultdict(list)
    for etape in etapes:
        if etape.nature != NatureEtape.DEPOT:
            fils[etape.saisine_id].append(etape)
    avis = _map_avis(fiche)
    reponses = [
        Reponse(acteur=saisine.acteur.nom, etape=etape, avis=avis.get(saisine.id))
        for saisine in fiche.saisines
        if (etape := _find_reponse(fils[saisine.id])) is not None
    ]
    return Papier(lecture=lecture, reponses=reponses, fils=fils, passages=get_passages(fiche, etapes))


def _find_reponse(lignes: Sequence[Any]) -> Any:
    """Return the last detailed answer; None if there is none, or an animateur has hidden it."""
    derniere = next((une for une in reversed(lignes) if une.nature in EN_DETAIL), None)
    return derniere if derniere is not None and not derniere.masquee_motif else None


def _map_avis(fiche: Fiche) -> Mapping[int, Any]:
    """Return the verdict on the present answer of each saisine, by saisine id."""
    query = (
        select(Saisine.id, Avis.valeur)
        .join(Avis, (Avis.saisine_id == Saisine.id) & (Avis.tour == Saisine.tour))
        .where(Saisine.fiche_id == fiche.id)
    )
    return {row.id: row.valeur for row in db.session.execute(query)}
