"""Queries: the team of an acteur, assignments, saved filters, and the saisines of a spreadsheet."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Date, Row, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload

from mse.annuaire.models import Acteur, Appartenance, Territoire, Theme
from mse.annuaire.queries import is_urgent, select_sans_agent
from mse.comptes.models import Compte
from mse.core.database import is_state
from mse.core.registry import ROWS_MAX
from mse.core.sort_keys import sort_key
from mse.extensions import db
from mse.fiches.api import Publication, Statut
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import peut_traiter
from mse.fiches.queries.listes import jours_donnes
from mse.representation.api import Lecteur
from mse.representation.models import Promotion
from mse.travail.models import Attribution, FiltreGarde

FILTRES_LUS = 100  # of all teams of one person


def list_equipe(acteurs: Collection[int], *, le: date) -> Sequence[Compte]:
    """Return the activated agents of these acteurs on the day `le`, by name."""
    return db.session.scalars(select_equipe(acteurs, le=le).order_by(Compte.tri, Compte.id)).all()


def select_equipe(
    acteurs: Collection[int] | BindParameter[int], *, le: date | BindParameter[date]
) -> Select[*tuple[Any, ...]]:
    siennes = select(Appartenance.compte_id).where(
        Appartenance.acteur_id.in_(acteurs),
        Appartenance.debut <= le,
        or_(Appartenance.fin.is_(None), Appartenance.fin > le),
    )
    query: Select[*tuple[Any, ...]] = select(Compte)
    return query.where(Compte.id.in_(siennes), Compte.ferme_le.is_(None), Compte.active_le.is_not(None))


def list_selection(compte: Compte, ids: Collection[int]) -> list[Saisine]:
    """Return those of these saisines that this person handles, earliest due date first."""
    query = (
        select(Saisine)
        .where(Saisine.id.in_(ids))
        .options(joinedload(Saisine.fiche).joinedload(Fiche.promotion), joinedload(Saisine.acteur))
        .order_by(Saisine.reponse_due, Saisine.id)
    )
    return [saisine for saisine in db.session.scalars(query) if peut_traiter(compte, saisine)]


def map_porteurs(ids: Collection[int]) -> dict[int, Compte]:
    """Return the agent to whom each of these saisines is assigned, by id of the saisine."""
    query = select(Attribution).where(Attribution.saisine_id.in_(ids))
    attributions = db.session.scalars(query.options(joinedload(Attribution.compte)))
    return {une.saisine_id: une.compte for une in attributions}


def get_attribution(saisine_id: int) -> Attribution | None:
    return db.session.get(Attribution, saisine_id)


def list_filtres_gardes(acteurs: Collection[int]) -> Sequence[FiltreGarde]:
    """Return the filters that these acteurs have saved, by name."""
    query = select(FiltreGarde).where(FiltreGarde.acteur_id.in_(acteurs)).limit(FILTRES_LUS)
    gardes = db.session.scalars(query)
    return sorted(gardes, key=lambda garde: (sort_key(garde.nom), garde.id))


def list_exportees(acteur_id: int, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the saisines of an acteur on public fiches, newest first, for its spreadsheet."""
    query = (
        select(
            Saisine.fiche_id,
            Fiche.titre,
            Theme.libelle.label("theme"),
            Territoire.nom.label("territoire"),
            Promotion.titre.label("promotion"),
            Promotion.fin,
            Fiche.effectif_concerne,
            Saisine.statut,
            Saisine.deposee_le,
            Saisine.prise_en_charge_le,
            Saisine.reponse_due,
            Saisine.derniere_reponse_le,
            Compte.prenom,
            Compte.nom,
        )
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Theme, Theme.code == Fiche.theme_code)
        .join(Territoire, Territoire.code == Fiche.territoire_code)
        .join(Promotion, Promotion.id == Fiche.promotion_id)
        .outerjoin(Attribution, Attribution.saisine_id == Saisine.id)
        .outerjoin(Compte, Compte.id == Attribution.compte_id)
        .where(Saisine.acteur_id == acteur_id, Saisine.est_publique)
        .where(is_state(Fiche.publication, Publication.PUBLIEE))
        .order_by(Saisine.deposee_le.desc(), Saisine.fiche_id.desc())
        .limit(limit)
    )
    return db.session.execute(query).all()


def select_sans_compte() -> Select[*tuple[Any, ...]]:
    """Select the saisines that await an answer and whose acteur has no activated agent, as (saisine, fiche)
    for the registry."""
    seuls = select_sans_agent(le=bindparam("le", type_=Date))
    return select(Saisine.id, Saisine.fiche_id).where(
        is_state(Saisine.statut, Statut.EN_COURS), Saisine.est_publique, Saisine.acteur_id.in_(seuls)
    )


def list_sans_compte(lecteur: Lecteur) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the first saisines whose acteur has no activated agent, urgent thèmes first, then by due
    date."""
    query = (
        select_sans_compte()
        .add_columns(
            Fiche.titre,
            Fiche.theme_code,
            Saisine.acteur_id,
            Acteur.nom.label("acteur"),
            jours_donnes().label("jours_donnes"),
            Saisine.reponse_due,
        )
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .order_by(is_urgent(Fiche.theme_code).desc(), Saisine.reponse_due, Saisine.id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query, dict(lecteur.parameters)).all()
