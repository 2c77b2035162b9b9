"""Where everything stands in a promotion and in those that it continues: fiches, owners, due dates, answers
to judge, threads, drafts, initiatives."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from mse.annuaire.models import Acteur
from mse.avis.queries import list_durabilites, list_sans_avis
from mse.comptes.models import Compte
from mse.core.registry import ROWS_MAX
from mse.depot.queries import list_brouillons
from mse.echanges.models import Fil, Message
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Avis, Fiche, Saisine
from mse.initiatives.queries import list_portees
from mse.passation.models import MotDePassation
from mse.passation.queries.departs import list_delegues
from mse.passation.queries.mots import list_mots_laisses
from mse.representation.api import Lecteur
from mse.representation.models import Promotion
from mse.representation.policies import VISITEUR, list_lignee
from mse.soutiens.models import Soutien

FICHES_MAX = 200

Lignes = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything that the delegates of `promotion` take over. The lists hold rows; `saisines` those of each
    fiche by its id. `autres`: number of older fiches that are not listed."""

    promotion: Promotion
    lignee: Sequence[Promotion]
    delegues: Lignes
    mots: Sequence[MotDePassation]
    avis_attendus: Lignes
    durabilites: Lignes
    messages: Lignes
    brouillons: Lignes
    fiches: Lignes
    saisines: Mapping[int, Sequence[Any]]
    autres: int
    initiatives: Lignes
    soutenues: Lignes


def read_dossier(promotion: Promotion, compte: Compte, *, le: date) -> Dossier:
    """Read the file for a delegate of the promotion. A bounded number of statements."""
    lignee = list_lignee(promotion)
    ids = [une.id for une in lignee]
    roles = replace(VISITEUR, promotions=frozenset({promotion.id}), delegue_de=frozenset(ids))
    lecteur = Lecteur(compte=compte, roles=roles, le=le)
    fiches = _list_fiches(ids)
    return Dossier(
        promotion=promotion,
        lignee=lignee,
        delegues=list_delegues(ids),
        mots=list_mots_laisses(compte, ids),
        avis_attendus=list_sans_avis(lecteur),
        durabilites=list_durabilites(lecteur),
        messages=_list_messages(ids),
        brouillons=list_brouillons(lecteur),
        fiches=fiches,
        saisines=_map_saisines([fiche.id for fiche in fiches]),
        autres=_count_fiches(ids) - FICHES_MAX if len(fiches) == FICHES_MAX else 0,
        initiatives=list_portees(ids),
        soutenues=_list_soutenues(ids),
    )


def _list_fiches(promotions: Collection[int]) -> Lignes:
    """Return the filed fiches, newest first."""
    query = (
        select(
            *(Fiche.id, Fiche.titre, Fiche.publication, Fiche.statut, Fiche.deposee_le, Fiche.est_orientee),
            *(Fiche.prochaine_echeance, Fiche.effectif_concerne, Fiche.motif_moderation, Fiche.promotion_id),
        )
        .where(Fiche.promotion_id.in_(promotions), Fiche.publication != Publication.BROUILLON)
        .order_by(Fiche.deposee_le.desc(), Fiche.id.desc())
        .limit(FICHES_MAX)
    )
    return db.session.execute(query).all()


def _count_fiches(promotions: Collection[int]) -> int:
    query = select(func.count()).where(
        Fiche.promotion_id.in_(promotions), Fiche.publication != Publication.BROUILLON
    )
    return db.session.scalar(query) or 0


def _map_saisines(fiches: Collection[int]) -> Mapping[int, Sequence[Any]]:
    """Return the saisines of these fiches by fiche id, each with its owner and the verdict on its present
    answer."""
    query = (
        select(
            *(Saisine.fiche_id, Saisine.id, Saisine.statut, Saisine.reponse_due, Saisine.prise_en_charge_le),
            *(Saisine.derniere_reponse_le, Acteur.nom.label("acteur"), Avis.valeur.label("avis")),
        )
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .outerjoin(Avis, (Avis.saisine_id == Saisine.id) & (Avis.tour == Saisine.tour))
        .where(Saisine.fiche_id.in_(fiches))
        .order_by(Saisine.id)
    )
    par_fiche: defaultdict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(query) if fiches else ():
        par_fiche[row.fiche_id].append(row)
    return par_fiche


def _list_soutenues(promotions: Collection[int]) -> Lignes:
    """Return the public fiches of others that these promotions support, newest support first."""
    query = (
        select(Fiche.id, Fiche.titre, Fiche.statut, Soutien.personnes)
        .join(Soutien, Soutien.fiche_id == Fiche.id)
        .where(
            Soutien.promotion_id.in_(promotions),
            Soutien.retire_le.is_(None),
            Fiche.publication == Publication.PUBLIEE,
        )
        .order_by(Soutien.id.desc())
        .limit(ROWS_MAX)
    )
    return db.session.execute(query).all()


def _list_messages(promotions: Collection[int]) -> Lignes:
    """Return the threads whose last message is addressed to the delegates, oldest first."""
    query = (
        select(Fil.saisine_id, Saisine.fiche_id, Fiche.titre, Acteur.nom.label("acteur"), Message.le)
        .join(Message, Message.id == Fil.dernier_id)
        .join(Saisine, Saisine.id == Fil.saisine_id)
        .join(Fiche, Fiche.id == Saisine.fiche_id)
        .join(Acteur, Acteur.id == Saisine.acteur_id)
        .where(Fil.promotion_id.in_(promotions), Saisine.est_publique)
        .order_by(Fil.dernier_id)
        .limit(ROWS_MAX)
    )
    return db.session.execute(query).all()
