"""Answer templates of an acteur."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, load_only

from mse.comptes.models import Compte
from mse.core.sort_keys import sort_key
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.redaction.limites import MODELES_MAX
from mse.redaction.models import ModeleReponse
from mse.redaction.policies import peut_ecrire_modele
from mse.redaction.workflow import Geste


def list_modeles(acteur_id: int) -> list[ModeleReponse]:
    """All templates of the acteur: those in use first, then by name."""
    query = select(ModeleReponse).where(ModeleReponse.acteur_id == acteur_id)
    modeles = db.session.scalars(query.options(joinedload(ModeleReponse.theme)).limit(MODELES_MAX))
    return sorted(modeles, key=lambda m: (m.est_archive, sort_key(m.titre), m.id))


def count_modeles(acteur_id: int) -> int:
    query = select(func.count()).select_from(ModeleReponse).where(ModeleReponse.acteur_id == acteur_id)
    return db.session.scalar(query) or 0


def get_modele(compte: Compte | None, acteur_id: int, modele_id: int) -> ModeleReponse | None:
    """Return a template that `compte` may read."""
    query = select(ModeleReponse).where(ModeleReponse.id == modele_id, ModeleReponse.acteur_id == acteur_id)
    modele = db.session.scalar(query.options(joinedload(ModeleReponse.acteur)))
    return modele if modele is not None and peut_ecrire_modele(compte, modele) else None


def list_modeles_proposes(saisine: Saisine, geste: Geste, *, le: date) -> list[ModeleReponse]:
    """Return the templates offered on the day `le`: those of the thème of the fiche first, then those of
    every thème, by name."""
    return list_modeles_communs([saisine], geste, le=le)


def list_modeles_communs(saisines: Collection[Saisine], geste: Geste, *, le: date) -> list[ModeleReponse]:
    """The templates that each of these saisines is offered; none if they have several owners. A template of
    one thème is offered only to saisines that all have it."""
    acteurs = {saisine.acteur_id for saisine in saisines}
    if len(acteurs) != 1:
        return []
    themes = {saisine.fiche.theme_code for saisine in saisines}
    commun = ModeleReponse.theme_code.in_(themes if len(themes) == 1 else ())
    query = (
        select(ModeleReponse)
        .options(load_only(ModeleReponse.titre, ModeleReponse.theme_code))
        .where(
            ModeleReponse.acteur_id.in_(acteurs),
            ModeleReponse.geste == geste,
            ModeleReponse.archive_le.is_(None),
            or_(ModeleReponse.theme_code.is_(None), commun),
            or_(ModeleReponse.debut.is_(None), ModeleReponse.debut <= le),
            or_(ModeleReponse.fin.is_(None), ModeleReponse.fin >= le),
        )
        .limit(MODELES_MAX)
    )
    modeles = db.session.scalars(query)
    return sorted(modeles, key=lambda m: (m.theme_code is None, sort_key(m.titre), m.id))


def get_modele_de(compte: Compte | None, saisine: Saisine, modele_id: int | None) -> ModeleReponse | None:
    """Return a template of the owner of the saisine that `compte` may read."""
    return get_modele(compte, saisine.acteur_id, modele_id) if modele_id else None
