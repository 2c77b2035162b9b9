"""Queries on initiatives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Label,
    Row,
    Select,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload, selectinload

from mse.annuaire.models import Acteur, Nature, Territoire, Theme
from mse.annuaire.queries import list_sous_arbre
from mse.comptes.models import Compte
from mse.comptes.queries import joignable
from mse.core.clock import today
from mse.core.database import read_id
from mse.core.pagination import Cursor, Page, keyset_page
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche
from mse.initiatives.models import (
    Document,
    Initiative,
    InitiativeFiche,
    LigneInitiative,
    Participant,
    Porteur,
)
from mse.initiatives.policies import peut_lire
from mse.initiatives.workflow import Statut
from mse.representation.api import Lecteur
from mse.representation.models import Promotion
from mse.representation.policies import roles_de

PROPOSEES = 20  # maximum number of fiches proposed for a link
LIGNES = 20  # number of history lines on a page
EXTRAIT = 180  # maximum number of characters of a text on a card
Lignes = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Filtres:
    theme: str | None = None
    territoire: str | None = None
    statut: Statut | None = None


def get_initiative(_compte: Compte | None, initiative_id: int, **_url: object) -> Initiative | None:
    return db.session.scalars(
        select(Initiative)
        .where(Initiative.id == initiative_id)
        .options(
            joinedload(Initiative.theme),
            joinedload(Initiative.territoire),
            selectinload(Initiative.porteurs).options(
                joinedload(Porteur.organisme), joinedload(Porteur.promotion).joinedload(Promotion.organisme)
            ),
        )
    ).first()


def get_ligne(_compte: Compte | None, initiative_id: int, ligne_id: int) -> LigneInitiative | None:
    ligne = db.session.get(LigneInitiative, ligne_id)
    return ligne if ligne is not None and ligne.initiative_id == initiative_id else None


def get_porteur_de(_compte: Compte | None, initiative_id: int, porteur_id: int) -> Porteur | None:
    porteur = db.session.get(Porteur, porteur_id)
    return porteur if porteur is not None and porteur.initiative_id == initiative_id else None


def list_lignes(
    initiative_id: int, *, avant: int | None = None
) -> tuple[Sequence[LigneInitiative], int | None]:
    """Return one page of history before the line `avant`, newest first, and the pagination cursor of older
    lines (None if there are none)."""
    query = select(LigneInitiative).where(LigneInitiative.initiative_id == initiative_id)
    if avant is not None:
        query = query.where(LigneInitiative.id < avant)
    lignes = db.session.scalars(query.order_by(LigneInitiative.id.desc()).limit(LIGNES + 1)).all()
    return lignes[:LIGNES], lignes[LIGNES - 1].id if len(lignes) > LIGNES else None


def select_cartes(filtres: Filtres) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Initiative.id,
            Initiative.titre,
            Initiative.statut,
            Initiative.activite_le,
            Initiative.nombre_participants,
            func.substr(Initiative.description, 1, EXTRAIT).label("extrait"),
            func.substr(Initiative.besoins, 1, EXTRAIT).label("besoins"),
            Theme.libelle.label("theme"),
            Territoire.nom.label("territoire"),
        )
        .join(Theme, Theme.code == Initiative.theme_code)
        .join(Territoire, Territoire.code == Initiative.territoire_code)
        .where(Initiative.retiree_le.is_(None))
    )
    if filtres.theme is not None:
        query = query.where(Initiative.theme_code == filtres.theme)
    if filtres.territoire is not None:
        query = query.where(Initiative.territoire_code.in_(list_sous_arbre(filtres.territoire)))
    return query


def list_initiatives(
    filtres: Filtres, after: Cursor | None, size: int = 25, *colonnes: Label[Any]
) -> Page[Any]:
    query = select_cartes(filtres).add_columns(*colonnes)
    if filtres.statut is not None:
        query = query.where(Initiative.statut == filtres.statut)
    return keyset_page(
        query,
        instant=Initiative.activite_le,
        id=Initiative.id,
        after=after,
        size=size,
        fetch=lambda une: db.session.execute(une).all(),
    )


_RECENTES = (Initiative.activite_le.desc(), Initiative.id.desc())
_DERNIERES = select_cartes(Filtres()).order_by(*_RECENTES).limit(bindparam("nombre"))


def list_dernieres(nombre: int) -> Lignes:
    """Return the most recently active initiatives, for the home page."""
    return db.session.execute(_DERNIERES, {"nombre": nombre}).all()


def select_miennes() -> Select[*tuple[Any, ...]]:
    """Select the initiatives of which the person is a porteur or a participant, as (item, object) for the
    registry: both are the initiative."""
    query: Select[*tuple[Any, ...]] = select(Initiative.id, Initiative.id.label("initiative_id"))
    return query.where(Initiative.retiree_le.is_(None), Initiative.id.in_(_miennes()))


def list_miennes(lecteur: Lecteur) -> Lignes:
    """Return the first of these initiatives, most recently active first."""
    query = select_cartes(Filtres()).where(Initiative.id.in_(_miennes()))
    return db.session.execute(query.order_by(*_RECENTES).limit(20), dict(lecteur.parameters)).all()


def _miennes() -> CompoundSelect[*tuple[Any, ...]]:
    equipes = (
        colonne.in_(bindparam(nom, expanding=True, type_=Integer))
        for colonne, nom in ((Porteur.promotion_id, "delegue_de"), (Porteur.acteur_id, "acteurs"))
    )
    portees = select(Porteur.initiative_id).where(Porteur.jusqu_a.is_(None), or_(*equipes))
    moi = bindparam("compte", type_=Integer)
    return union_all(portees, select(Participant.initiative_id).where(Participant.compte_id == moi))


def list_portees(promotions: Collection[int]) -> Lignes:
    """Return the public initiatives that one of these promotions carries, most recently active first."""
    portees = select(Porteur.initiative_id).where(
        Porteur.jusqu_a.is_(None), Porteur.promotion_id.in_(promotions)
    )
    query = select_cartes(Filtres()).where(Initiative.id.in_(portees))
    return db.session.execute(query.order_by(*_RECENTES).limit(20)).all()


def list_fiches_liees(initiative_id: int) -> Lignes:
    return db.session.execute(
        select(Fiche.id, Fiche.titre, Fiche.statut)
        .join(InitiativeFiche, InitiativeFiche.fiche_id == Fiche.id)
        .where(InitiativeFiche.initiative_id == initiative_id, Fiche.publication == Publication.PUBLIEE)
        .order_by(Fiche.id)
    ).all()


def list_fiches_a_lier(initiative_id: int) -> Lignes:
    """Return public, not yet linked fiches of the promotions among the porteurs, last filed first."""
    promotions = select(Porteur.promotion_id).where(
        Porteur.initiative_id == initiative_id, Porteur.jusqu_a.is_(None)
    )
    liees = select(InitiativeFiche.fiche_id).where(InitiativeFiche.initiative_id == initiative_id)
    return db.session.execute(
        select(Fiche.id, Fiche.titre)
        .where(Fiche.promotion_id.in_(promotions), Fiche.publication == Publication.PUBLIEE)
        .where(Fiche.id.not_in(liees))
        .order_by(Fiche.deposee_le.desc(), Fiche.id.desc())
        .limit(PROPOSEES)
    ).all()


def list_initiatives_de(fiche_id: int) -> Lignes:
    """Return the public initiatives linked to a fiche, for its page."""
    return db.session.execute(
        select(Initiative.id, Initiative.titre, Initiative.statut)
        .join(InitiativeFiche, InitiativeFiche.initiative_id == Initiative.id)
        .where(InitiativeFiche.fiche_id == fiche_id, Initiative.retiree_le.is_(None))
        .order_by(Initiative.id)
    ).all()


def list_documents(initiative_id: int) -> Sequence[Document]:
    """Return the documents, oldest first."""
    return db.session.scalars(
        select(Document).where(Document.initiative_id == initiative_id).order_by(Document.id)
    ).all()


def get_document(compte: Compte | None, initiative_id: int, document_id: int) -> Document | None:
    """Return the document if it belongs to this initiative and the person may read the initiative."""
    document = db.session.get(Document, document_id)
    if document is None or document.initiative_id != initiative_id:
        return None
    initiative = get_initiative(compte, initiative_id)
    return document if initiative is not None and peut_lire(compte, initiative) else None


def list_participants(initiative_id: int) -> Lignes:
    return db.session.execute(
        select(Compte.id, Compte.prenom)
        .join(Participant, Participant.compte_id == Compte.id)
        .where(Participant.initiative_id == initiative_id)
        .order_by(Participant.depuis)
        .limit(200)
    ).all()


def participe(compte: Compte | None, initiative_id: int) -> bool:
    return compte is not None and db.session.get(Participant, (initiative_id, compte.id)) is not None


def list_porteurs_possibles(compte: Compte) -> list[tuple[str, str]]:
    """Return the promotions and organismes that the person may make a porteur (`peut_engager`), as
    («promotion:12», name). Animateurs may choose any organisme."""
    roles = roles_de(compte)
    promotions = db.session.scalars(
        select(Promotion)
        .where(or_(Promotion.id.in_(roles.promotions), Promotion.organisme_id.in_(roles.agent_de)))
        .where(Promotion.fin >= today())
        .options(joinedload(Promotion.organisme))
        .order_by(Promotion.tri, Promotion.id)
        .limit(100)
    )
    organismes = select(Acteur.id, Acteur.nom).where(
        Acteur.nature == Nature.ORGANISME, Acteur.ferme_le.is_(None)
    )
    if not roles.est_animateur:
        organismes = organismes.where(Acteur.id.in_(roles.agent_de))
    return [(f"promotion:{p.id}", p.designation) for p in promotions] + [
        (f"acteur:{une.id}", une.nom)
        for une in db.session.execute(organismes.order_by(Acteur.tri, Acteur.id).limit(1000))
    ]


def get_porteur(cle: str) -> Promotion | Acteur | None:
    """Find a promotion or an acteur by its form value, «promotion:12» or «acteur:3»."""
    genre, _deux_points, numero = cle.rpartition(":")
    try:
        row_id = read_id(numero)
    except ValueError:
        return None
    return db.session.get(Promotion, row_id) if genre == "promotion" else db.session.get(Acteur, row_id)


def list_adresses_participants(initiative_id: int) -> list[str]:
    """Return the addresses of the participants whose account is open and whose address is verified."""
    return [
        courriel
        for courriel in db.session.scalars(
            select(Compte.courriel)
            .join(Participant, Participant.compte_id == Compte.id)
            .where(Participant.initiative_id == initiative_id, *joignable())
        )
        if courriel
    ]
