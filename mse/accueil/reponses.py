"""Answers: the latest ones for the home page, and those of one person."""

from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.database import first, is_state
from mse.core.pagination import Cursor, Page, keyset_page
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Avis, Etape, Fiche, Saisine
from mse.fiches.queries.listes import select_published, start_of

NOMBRE = 4
PAR_PAGE = 25  # answers of one person
_F, _E, _A = Fiche.__table__.c, Etape.__table__.c, Acteur.__table__.c


def _select_dernieres() -> Select[*tuple[Any, ...]]:
    """The fiches with the most recent answers. The text of an answer is missing if it is hidden."""
    answers = select(func.max(_E.id)).where(_E.fiche_id == _F.id, _E.jours_ouvres.is_not(None))
    last = answers.correlate(Fiche.__table__).scalar_subquery()
    query = (
        select_published()
        .add_columns(start_of(_E.texte_html).label("reponse"), _E.jours_ouvres, _A.nom.label("auteur"))
        .outerjoin(Etape.__table__, (_E.id == last) & _E.masquee_le.is_(None))
        .outerjoin(Acteur.__table__, _A.id == _E.acteur_id)
        .where(_F.derniere_reponse_le.is_not(None))
    )
    return first(query.order_by(_F.derniere_reponse_le.desc(), _F.id.desc()), NOMBRE)


_DERNIERES = _select_dernieres()


def list_dernieres_reponses() -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(_DERNIERES).all())


def list_repondues(par: Compte, after: Cursor | None = None) -> Page[Row[*tuple[Any, ...]]]:
    """Return the answers that this person has published on public fiches, newest first. Each has the verdict
    of the delegates if it is the present answer of its saisine."""
    autre = aliased(Etape)
    derniere = (
        select(func.max(autre.id))
        .where(autre.saisine_id == Etape.saisine_id, autre.jours_ouvres.is_not(None))
        .correlate(Etape)
        .scalar_subquery()
    )
    presente = and_(Avis.saisine_id == Saisine.id, Avis.tour == Saisine.tour, Etape.id == derniere)
    query = (
        select(
            Etape.id,
            Etape.le,
            Etape.nature,
            Etape.jours_ouvres,
            start_of(Etape.texte_html).label("reponse"),
            Etape.masquee_motif,
            Fiche.id.label("fiche_id"),
            Fiche.titre,
            Saisine.id.label("saisine_id"),
            Acteur.nom.label("acteur"),
            Avis.valeur.label("avis"),
        )
        .join(Fiche, Fiche.id == Etape.fiche_id)
        .join(Saisine, Saisine.id == Etape.saisine_id)
        .join(Acteur, Acteur.id == Etape.acteur_id)
        .outerjoin(Avis, presente)
        .where(Etape.auteur_id == par.id, Etape.jours_ouvres.is_not(None))
        .where(is_state(Fiche.publication, Publication.PUBLIEE))
    )
    return keyset_page(
        query,
        instant=Etape.le,
        id=Etape.id,
        after=after,
        fetch=lambda page: db.session.execute(page).all(),
        size=PAR_PAGE,
    )
