"""The public rows behind k and n: the presences that were counted, then what the public reads of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from mse.annuaire.models import Acteur, Promotion
from mse.annuaire.queries import list_sous_arbre
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.workflow import Publication
from mse.meteo.mesures import Chiffre, Mesure
from mse.meteo.presences import contains
from mse.meteo.queries.faits import Periode, get_lignees, list_presences

PAR_PAGE = 50


@dataclass(frozen=True)
class Preuve:
    """What is missing first. `lignes`: each with `bonne`; a fiche withdrawn since has no line: `retirees`."""

    chiffre: Chiffre
    lignes: list[tuple[bool, Any]]
    retirees: int
    page: int
    pages: int


def read_preuve(mesure: Mesure, code: str, jour: date, fenetre: int, page: int) -> Preuve:
    unites = _unites(mesure, code, jour, fenetre)
    bonnes = dict(unites)
    pages = max(1, -(-len(unites) // PAR_PAGE))
    page = min(page, pages)
    ids = [unite for unite, _bonne in unites[(page - 1) * PAR_PAGE : page * PAR_PAGE]]
    lues = {ligne.id: ligne for ligne in _lire(mesure, ids)}
    return Preuve(
        Chiffre(sum(bonnes.values()), len(unites)),
        [(bonnes[unite], lues[unite]) for unite in ids if unite in lues],
        len(ids) - len(lues),
        page,
        pages,
    )


def _unites(mesure: Mesure, code: str, jour: date, fenetre: int) -> list[tuple[int, bool]]:
    """Who is in n that day and whether also in k; those who are not come first."""
    periode = Periode(jour, jour, fenetre, get_lignees(), sous_arbre=list_sous_arbre(code))
    comptees = (
        (une.unite, contains(une.k, jour))
        for une in list_presences(periode, [mesure])
        if code in une.territoires and contains(une.n, jour)
    )
    return sorted(comptees, key=lambda comptee: (comptee[1], -comptee[0]))


def _lire(mesure: Mesure, ids: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    if mesure in (Mesure.REPRESENTATION, Mesure.EXPRESSION):
        return db.session.execute(
            select(
                Promotion.id,
                Promotion.titre,
                Promotion.effectif,
                Promotion.debut,
                Promotion.fin,
                Acteur.id.label("organisme_id"),
                Acteur.nom.label("organisme"),
            )
            .join(Acteur, Acteur.id == Promotion.organisme_id)
            .where(Promotion.id.in_(ids))
        ).all()
    if mesure == Mesure.ECOUTE:
        return db.session.execute(
            select(
                Saisine.id,
                Saisine.reponse_due,
                Fiche.id.label("fiche_id"),
                Fiche.titre,
                Acteur.nom.label("acteur"),
            )
            .join(Fiche, Fiche.id == Saisine.fiche_id)
            .join(Acteur, Acteur.id == Saisine.acteur_id)
            .where(Saisine.id.in_(ids), Fiche.publication == Publication.PUBLIEE)
        ).all()
    if mesure == Mesure.RESOLUTION:
        return db.session.execute(
            select(Fiche.id, Fiche.id.label("fiche_id"), Fiche.titre, Fiche.statut).where(
                Fiche.id.in_(ids), Fiche.publication == Publication.PUBLIEE
            )
        ).all()
    return db.session.execute(select(Acteur.id, Acteur.nom).where(Acteur.id.in_(ids))).all()
