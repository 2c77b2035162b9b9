"""Queries on comptes and their roles, for animateurs and administrateurs."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, tuple_

from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.queries.noms import list_named
from mse.annuaire.queries.personnes import not_ended
from mse.comptes.models import AdresseRefusee, Compte, MotifRefus
from mse.core.errors import DonneeInvalide
from mse.core.pagination import PAGE_SIZE
from mse.core.text import _
from mse.extensions import db
from mse.representation.models import Mandat, Promotion


class EtatCompte(StrEnum):
    INVITE = "invite"
    ACTIF = "actif"
    FERME = "ferme"


@dataclass(frozen=True, kw_only=True)
class LigneCompte:
    """One row of the list, without e-mail address. `…_de`: names of acteurs, or of organismes for
    `delegue_de`."""

    id: int
    nom: str
    etat: EtatCompte
    est_equipe: bool
    est_animateur: bool
    est_administrateur: bool
    referent_de: list[str]
    agent_de: list[str]
    delegue_de: list[str]
    refuse_le: datetime | None  # when an e-mail to this address was last rejected
    refuse_motif: MotifRefus | None

    @property
    def est_ferme(self) -> bool:
        return self.etat == EtatCompte.FERME

    @property
    def roles(self) -> list[str]:
        """Return the roles in words."""
        return [
            *([_("administration")] if self.est_administrateur else []),
            *([_("équipe d’animation")] if self.est_animateur else []),
            *(_("référent·e de %(nom)s", nom=nom) for nom in self.referent_de),
            *(_("agent·e de %(nom)s", nom=nom) for nom in self.agent_de),
            *(_("délégué·e chez %(nom)s", nom=nom) for nom in self.delegue_de),
        ]


@dataclass(frozen=True)
class PageComptes:
    rows: list[LigneCompte]
    next: int | None  # cursor: the id of the last compte shown


_ETATS: dict[EtatCompte, tuple[ColumnElement[bool], ...]] = {
    EtatCompte.INVITE: (Compte.ferme_le.is_(None), Compte.active_le.is_(None)),
    EtatCompte.ACTIF: (Compte.ferme_le.is_(None), Compte.active_le.is_not(None)),
    EtatCompte.FERME: (Compte.ferme_le.is_not(None),),
}


def get_compte(_compte: Compte | None, compte_id: int) -> Compte | None:
    return db.session.get(Compte, compte_id)


def count_administrateurs() -> int:
    """Count the open administrator comptes and lock them until the end of the transaction."""
    query = select(Compte.id).where(Compte.est_administrateur, Compte.ferme_le.is_(None))
    return len(db.session.scalars(query.order_by(Compte.id).with_for_update()).all())


def list_comptes(nom: str, etat: EtatCompte | None, after: int | None, *, le: date) -> PageComptes:
    """Return one page of comptes, by family name, then first name. Raise `DonneeInvalide` if the compte
    `after` does not exist."""
    query = select(
        Compte.id,
        (Compte.prenom + " " + Compte.nom).label("nom"),
        Compte.active_le,
        Compte.ferme_le,
        Compte.est_animateur,
        Compte.est_administrateur,
        AdresseRefusee.le.label("refuse_le"),
        AdresseRefusee.motif.label("refuse_motif"),
    )
    query = query.outerjoin(
        AdresseRefusee, AdresseRefusee.courriel == func.coalesce(Compte.courriel, Compte.courriel_invite)
    ).order_by(Compte.tri, Compte.id)
    if etat is not None:
        query = query.where(*_ETATS[etat])
    if after is not None:
        query = query.where(_comes_after(after))
    rows = list_named(query, nom, PAGE_SIZE + 1)
    ids = [row.id for row in rows[:PAGE_SIZE]]
    referents, agents = (_list_noms_d_acteurs(ids, le, referents=oui) for oui in (True, False))
    delegues = _list_noms_d_organismes(ids, le)
    lignes = [
        LigneCompte(
            id=row.id,
            nom=row.nom,
            etat=_compute_etat(row),
            est_equipe=row.est_animateur or row.est_administrateur,
            est_animateur=row.est_animateur,
            est_administrateur=row.est_administrateur,
            referent_de=referents[row.id],
            agent_de=agents[row.id],
            delegue_de=delegues[row.id],
            refuse_le=row.refuse_le,
            refuse_motif=row.refuse_motif,
        )
        for row in rows[:PAGE_SIZE]
    ]
    return PageComptes(lignes, ids[-1] if len(rows) > PAGE_SIZE else None)


def _compute_etat(row: Any) -> EtatCompte:
    if row.ferme_le is not None:
        return EtatCompte.FERME
    return EtatCompte.ACTIF if row.active_le is not None else EtatCompte.INVITE


def _comes_after(compte_id: int) -> ColumnElement[bool]:
    dernier = db.session.scalar(select(Compte.tri).where(Compte.id == compte_id))
    if dernier is None:
        raise DonneeInvalide(_("L’adresse de cette page de la liste n’est pas valable."))
    return tuple_(Compte.tri, Compte.id) > tuple_(literal(dernier), literal(compte_id))


def _list_noms_d_acteurs(ids: Collection[int], le: date, *, referents: bool) -> defaultdict[int, list[str]]:
    return _group_by_compte(
        select(Appartenance.compte_id, Acteur.nom)
        .join(Acteur, Acteur.id == Appartenance.acteur_id)
        .where(
            Appartenance.compte_id.in_(ids),
            Appartenance.est_referent.is_(referents),
            Appartenance.debut <= le,
            not_ended(le),
        )
        .order_by(Acteur.tri, Acteur.id)
    )


def _list_noms_d_organismes(ids: Collection[int], le: date) -> defaultdict[int, list[str]]:
    """Return names of organismes, not of promotions: the title of a small promotion could identify its
    members."""
    return _group_by_compte(
        select(Mandat.compte_id, Acteur.nom)
        .join(Promotion, Promotion.id == Mandat.promotion_id)
        .join(Acteur, Acteur.id == Promotion.organisme_id)
        .where(Mandat.compte_id.in_(ids), Mandat.debut <= le, func.coalesce(Mandat.fin, Promotion.fin) >= le)
        .order_by(Acteur.tri, Acteur.id)
    )


def _group_by_compte(query: Any) -> defaultdict[int, list[str]]:
    groupes: defaultdict[int, list[str]] = defaultdict(list)
    for compte_id, nom in db.session.execute(query):
        if nom not in groupes[compte_id]:
            groupes[compte_id].append(nom)
    return groupes
