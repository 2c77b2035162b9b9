"""The lines of an initiative's history, and the lock under which they are written."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mse.comptes.models import Compte
from mse.core.clock import is_recent, now
from mse.core.html import sanitize
from mse.extensions import db
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.workflow import Nature, Statut


def est_renvoi(
    initiative: Initiative, nature: Nature, texte: str, *, par: Compte, statut: Statut | None = None
) -> bool:
    """True if the last line is recent, identical and by the same person (double click). Lock first."""
    query = select(LigneInitiative).where(LigneInitiative.initiative_id == initiative.id)
    ligne = db.session.scalars(query.order_by(LigneInitiative.id.desc()).limit(1)).first()
    if ligne is None or not is_recent(ligne.le):
        return False
    dit = (ligne.nature, ligne.texte or "", ligne.statut, ligne.auteur_id)
    return dit == (nature, texte, statut, par.id)


def verrouiller(initiative: Initiative) -> None:
    """Lock and reload the initiative: concurrent changes of porteurs and participants follow each other."""
    db.session.scalars(
        select(Initiative)
        .where(Initiative.id == initiative.id)
        .options(selectinload(Initiative.porteurs))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def add_ligne(
    initiative: Initiative, nature: Nature, *, par: Compte, statut: Statut | None = None, texte: str = ""
) -> LigneInitiative:
    ligne = LigneInitiative(
        initiative_id=initiative.id,
        nature=nature,
        statut=statut,
        le=now(),
        auteur_id=par.id,
        texte=texte or None,
        texte_html=sanitize(texte) if texte else None,
    )
    db.session.add(ligne)
    db.session.flush()
    return ligne
