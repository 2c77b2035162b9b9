"""Accounts that were invited and never opened, grouped by acteur or by promotion."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, literal, select, tuple_

from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.queries.personnes import not_ended
from mse.comptes.models import Compte, Jeton, NatureJeton
from mse.comptes.queries import attendu, list_refus
from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.extensions import db
from mse.representation.models import Mandat, Promotion

GROUPES = 20  # groups on a page
PERSONNES_MAX = 50  # of one group: the next ones follow once these have come
UNE_SEMAINE = timedelta(days=7)  # between two invitations to one person


class Cible(StrEnum):
    """Whose accounts are grouped or invited again."""

    ACTEUR = "acteur"
    PROMOTION = "promotion"
    COMPTE = "compte"


@dataclass(frozen=True, kw_only=True)
class Invite:
    """A person who never came. `dernier_le`: last invitation mailed, known for two weeks."""

    id: int
    nom: str
    inscrit_le: datetime
    dernier_le: datetime | None
    a_une_adresse: bool
    est_refuse: bool  # the address receives nothing

    @property
    def est_recent(self) -> bool:
        """True if an invitation left less than a week ago."""
        return self.dernier_le is not None and now() - self.dernier_le < UNE_SEMAINE

    @property
    def est_relancable(self) -> bool:
        """True if a new invitation may leave now."""
        return self.a_une_adresse and not self.est_refuse and not self.est_recent


@dataclass
class Groupe:
    """An acteur or a promotion with its people who never came. `organisme`: that of the promotion."""

    id: int
    nom: str
    organisme: str | None
    invites: list[Invite] = field(default_factory=list)

    @property
    def relancables(self) -> int:
        return sum(invite.est_relancable for invite in self.invites)


def list_groupes(par: Cible, *, le: date, apres: int | None) -> tuple[list[Groupe], int | None]:
    """Return one page of groups by name, and the cursor of the next page: the id of the last group. Raise
    `DonneeInvalide` if the cursor is unknown."""
    query, tri, identifiant = _GROUPES[par]
    if apres is not None:
        dernier = db.session.scalar(select(tri).where(identifiant == apres))
        if dernier is None:
            raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable."))
        query = query.where(tuple_(tri, identifiant) > tuple_(literal(dernier), literal(apres)))
    siens = identifiant.in_(_invites(par, le).with_only_columns(_COLONNES[par]))
    rows = db.session.execute(query.where(siens).order_by(tri, identifiant).limit(GROUPES + 1)).all()
    groupes = {row.id: Groupe(row.id, row.nom, row.organisme) for row in rows[:GROUPES]}
    for cle, invite in _read(par, groupes, le):
        if len(groupes[cle].invites) < PERSONNES_MAX:
            groupes[cle].invites.append(invite)
    return list(groupes.values()), rows[GROUPES - 1].id if len(rows) > GROUPES else None


def list_a_relancer(cible: Cible, cible_id: int, *, le: date) -> Sequence[Compte]:
    """Return the people of an acteur or a promotion, or the person, who never came and may be invited again
    now, by id."""
    if cible == Cible.COMPTE:
        query = select(Compte).where(Compte.id == cible_id, *_JAMAIS_VENU)
        comptes = db.session.scalars(query).all()
    else:
        ids = [invite.id for _cle, invite in _read(cible, [cible_id], le)][:PERSONNES_MAX]
        comptes = db.session.scalars(select(Compte).where(Compte.id.in_(ids)).order_by(Compte.id)).all()
    relancables = {invite.id for invite in _describe(comptes) if invite.est_relancable}
    return [compte for compte in comptes if compte.id in relancables]


_JAMAIS_VENU = (*attendu(), Compte.ferme_le.is_(None))  # the condition of an index
_COLONNES: dict[Cible, Any] = {Cible.ACTEUR: Appartenance.acteur_id, Cible.PROMOTION: Mandat.promotion_id}
_GROUPES: dict[Cible, tuple[Any, Any, Any]] = {
    Cible.ACTEUR: (
        select(Acteur.id, Acteur.nom, literal(None).label("organisme")),
        Acteur.tri,
        Acteur.id,
    ),
    Cible.PROMOTION: (
        select(Promotion.id, Promotion.titre.label("nom"), Acteur.nom.label("organisme")).join(
            Acteur, Acteur.id == Promotion.organisme_id
        ),
        Promotion.tri,
        Promotion.id,
    ),
}


def _invites(par: Cible, le: date) -> Any:
    """Select the people who never came and still have the role: (group, compte)."""
    query: Any = select(_COLONNES[par].label("cle"), Compte).where(*_JAMAIS_VENU)
    if par == Cible.ACTEUR:
        return query.join(Appartenance, Appartenance.compte_id == Compte.id).where(not_ended(le))
    return (
        query.join(Mandat, Mandat.compte_id == Compte.id)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .where(func.coalesce(Mandat.fin, Promotion.fin) >= le)
    )


def _read(par: Cible, groupes: Collection[int], le: date) -> list[tuple[int, Invite]]:
    query = _invites(par, le).where(_COLONNES[par].in_(groupes)).order_by(Compte.id)
    rows: Sequence[Any] = db.session.execute(query.limit(GROUPES * PERSONNES_MAX)).all()
    invites = {invite.id: invite for invite in _describe([compte for _cle, compte in rows])}
    return [(cle, invites[compte.id]) for cle, compte in rows]


def _describe(comptes: Sequence[Compte]) -> list[Invite]:
    ids = [compte.id for compte in comptes]
    envois = (
        select(Jeton.compte_id, func.max(Jeton.emis_le))
        .where(Jeton.compte_id.in_(ids), Jeton.nature == NatureJeton.INVITATION)
        .group_by(Jeton.compte_id)
    )
    derniers: defaultdict[int, datetime | None] = defaultdict(lambda: None)
    derniers.update(dict(db.session.execute(envois).all()))
    refus = list_refus(compte.adresse for compte in comptes)
    return [
        Invite(
            id=compte.id,
            nom=f"{compte.prenom} {compte.nom}",
            inscrit_le=compte.cree_le,
            dernier_le=derniers[compte.id],
            a_une_adresse=compte.adresse is not None,
            est_refuse=compte.adresse in refus,
        )
        for compte in comptes
    ]
