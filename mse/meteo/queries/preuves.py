"""The public evidence behind a figure k out of n: the units counted, then the rows to display them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, exists, select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import list_sous_arbre
from mse.core.clock import midnight
from mse.core.rate_limit import rate_limited
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche, Saisine, Transfert
from mse.meteo.mesures import Chiffre, Mesure
from mse.meteo.presences import contains
from mse.meteo.queries.cedees import find_cedant, list_cedees
from mse.meteo.queries.faits import list_presences
from mse.meteo.queries.periodes import Periode, get_lignees
from mse.representation.models import Election, NatureElection, Promotion

PAR_PAGE = 50
PAR_ADRESSE, PREUVES_PAR_MINUTE = 30, 120  # maximum per minute: for one IP address, in total


@dataclass(frozen=True)
class Preuve:
    """One page of the units behind a figure k out of n. Units that do not satisfy the measure come first.

    `lignes`: pairs (True if the unit counts in k, row to display). `retirees`: number of fiches withdrawn
    since that day, which are not displayed. `echeances`, for the measure écoute: id of the saisine → (due
    date, name of the owner on that date).
    """

    chiffre: Chiffre
    lignes: list[tuple[bool, Any]]
    echeances: dict[int, tuple[date, str]]
    retirees: int
    page: int
    pages: int


def read_preuve(mesure: Mesure, code: str, jour: date, fenetre: int, page: int) -> Preuve:
    unites = _list_unites(mesure, code, jour, fenetre)
    bonnes = {unite: bonne for unite, bonne, _depuis in unites}
    pages = max(1, -(-len(unites) // PAR_PAGE))
    page = min(page, pages)
    montrees = unites[(page - 1) * PAR_PAGE : page * PAR_PAGE]
    ids = [unite for unite, _bonne, _depuis in montrees]
    lues = {ligne.id: ligne for ligne in _list_lignes(mesure, ids, jour)}
    dues = {unite: depuis for unite, _bonne, depuis in montrees if unite in lues}
    return Preuve(
        Chiffre(sum(bonnes.values()), len(unites)),
        [(bonnes[unite], lues[unite]) for unite in ids if unite in lues],
        _dire_echeances(dues, lues) if mesure == Mesure.ECOUTE and dues else {},
        len(ids) - len(lues),
        page,
        pages,
    )


@rate_limited(PAR_ADRESSE, PREUVES_PAR_MINUTE)
def _list_unites(mesure: Mesure, code: str, jour: date, fenetre: int) -> list[tuple[int, bool, date]]:
    """Return (id, in k, first day in n) of the units in n on `jour`; those that do not count in k come
    first."""
    periode = Periode(jour, jour, fenetre, get_lignees(), sous_arbre=list_sous_arbre(code))
    comptees = (
        (une.unite, contains(une.k, jour), une.n[0][0])
        for une in list_presences(periode, [mesure])
        if code in une.territoires and contains(une.n, jour)
    )
    return sorted(comptees, key=lambda comptee: (comptee[1], -comptee[0]))


def _dire_echeances(dues: dict[int, date], lues: dict[int, Any]) -> dict[int, tuple[date, str]]:
    """Return, by saisine id, the due date and the owner on that day: the saisine may have been transferred
    since."""
    cedees = list_cedees(Transfert.le >= midnight(min(dues.values())))
    cedants = {unite: find_cedant(cedees[unite], due) for unite, due in dues.items()}
    return {
        unite: (due, cedant.nom if (cedant := cedants[unite]) else lues[unite].acteur)
        for unite, due in dues.items()
    }


def _list_lignes(mesure: Mesure, ids: Sequence[int], jour: date) -> Sequence[Row[*tuple[Any, ...]]]:
    if mesure in (Mesure.REPRESENTATION, Mesure.EXPRESSION):
        carence = exists().where(
            Election.promotion_id == Promotion.id,
            Election.nature == NatureElection.CARENCE,
            Election.le <= jour,
        )
        return db.session.execute(
            select(
                Promotion.id,
                Promotion.titre,
                Promotion.effectif,
                Promotion.debut,
                Promotion.fin,
                Acteur.id.label("organisme_id"),
                Acteur.nom.label("organisme"),
                carence.label("a_une_carence"),
            )
            .join(Acteur, Acteur.id == Promotion.organisme_id)
            .where(Promotion.id.in_(ids))
        ).all()
    if mesure == Mesure.ECOUTE:
        return db.session.execute(
            select(
                Saisine.id,
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
