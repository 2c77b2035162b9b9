"""Write the history of changes: one line a change, in the same transaction."""

from sqlalchemy import select

from mse.annuaire.models import (
    Acteur,
    Changement,
    Competence,
    NatureChangement,
    RoleAuteur,
    Territoire,
    Theme,
)
from mse.annuaire.models.changements import TEXTE_MAX
from mse.annuaire.policies import postes_de
from mse.comptes.models import Compte
from mse.core.clock import is_recent, now
from mse.core.text import _
from mse.extensions import db


def noter(
    quoi: Acteur | Theme | Territoire,
    nature: NatureChangement,
    *,
    par: Compte | None,
    champ: str | None = None,
    avant: str | None = None,
    apres: str | None = None,
    compte: Compte | None = None,
) -> Changement:
    """Add a line, within a use case. `champ`: a key of `libelles.CHAMPS`. `compte`: whose role changes."""
    changement = Changement(
        le=now(),
        nature=nature,
        acteur_id=quoi.id if isinstance(quoi, Acteur) else None,
        theme_code=quoi.code if isinstance(quoi, Theme) else None,
        territoire_code=quoi.code if isinstance(quoi, Territoire) else None,
        champ=champ,
        avant=avant[:TEXTE_MAX] if avant else None,
        apres=apres[:TEXTE_MAX] if apres else None,
        compte_id=compte.id if compte else None,
        par_id=par.id if par else None,
        par_role=_get_role_auteur(par),
    )
    db.session.add(changement)
    db.session.flush()
    return changement


def est_renvoi(
    quoi: Acteur | Theme,
    *natures: NatureChangement,
    par: Compte | None,
    compte: Compte | None = None,
    apres: str | None = None,
) -> bool:
    """True if the same person made the same change a moment ago (a double click)."""
    query = select(Changement.le).where(
        Changement.acteur_id == quoi.id if isinstance(quoi, Acteur) else Changement.theme_code == quoi.code,
        Changement.nature.in_(natures),
        Changement.par_id == (par.id if par else None),
        Changement.compte_id == (compte.id if compte else None),
        Changement.apres == (apres[:TEXTE_MAX] if apres else None),
    )
    le = db.session.scalar(query.order_by(Changement.id.desc()).limit(1))
    return le is not None and is_recent(le)


def dire_competence(competence: Competence) -> str:
    """Return the compétence in words. The history keeps them even if the labels change later."""
    theme = competence.theme.libelle if competence.theme else _("Tous les thèmes")
    lieu = competence.territoire.nom if competence.territoire else _("tout le territoire")
    return f"{theme}, {lieu}"


def _get_role_auteur(par: Compte | None) -> RoleAuteur:
    if par is None:
        return RoleAuteur.LISTE
    postes = postes_de(par)
    if postes.est_animateur:
        return RoleAuteur.ANIMATION
    return RoleAuteur.ADMINISTRATION if postes.est_administrateur else RoleAuteur.REFERENT
