"""What higher capabilities add to pages of fiches, and the answers of the other owners."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.policies import peut_traiter
from mse.fiches.workflow import EN_DETAIL, NatureEtape

MONTREES = 10  # answers of the other owners
# Help to write the text of an owner: the capability above registers its own in `mse/app.py`.
AIDES: list[Callable[[Compte, Saisine, str], Any]] = []
# Colleagues who are writing, by saisine id: registered in the same way.
ECRIVANTS: list[Callable[[Compte, Sequence[int]], Mapping[int, Sequence[Any]]]] = []
# Buttons to follow the objects of a page, given as (kind, id or code): registered in the same way.
SUIVRE: list[Callable[[Compte | None, Sequence[tuple[str, int | str]]], Sequence[Any]]] = []
# Who of the owner's team has each of these saisines: registered in the same way.
PORTEURS: list[Callable[[Collection[int]], Mapping[int, Compte]]] = []
# Blocks that higher capabilities add beside a public fiche: registered in the same way.
BLOCS: list[Callable[[Compte | None, Fiche], "Bloc | None"]] = []

_E = Etape.__table__.c


@dataclass(frozen=True)
class Bloc:
    """A block of the page of a fiche. `modele`: its template, which reads `donnees` as `bloc.donnees`.
    `place`: «cote», beside the fiche, or «suite», after its answers."""

    modele: str
    donnees: Any
    place: str = "cote"


def list_blocs(compte: Compte | None, fiche: Fiche) -> list[Bloc]:
    """Return the blocks of a public fiche; no other fiche has any."""
    return [bloc for query in BLOCS if fiche.est_publique and (bloc := query(compte, fiche)) is not None]


def map_ecrivants(par: Compte | None, fiche: Fiche) -> dict[int, Sequence[Any]]:
    """Return who else is writing for the owners that `par` works for; no query for anybody else."""
    siennes = [saisine.id for saisine in fiche.saisines if par is not None and peut_traiter(par, saisine)]
    if par is None or not siennes:
        return {}
    return {cle: collegues for query in ECRIVANTS for cle, collegues in query(par, siennes).items()}


def get_aide(par: Compte, saisine: Saisine, geste: str) -> Any:
    """Return the help that a higher capability offers for this kind of text, or None."""
    return next((aide for query in AIDES if (aide := query(par, saisine, geste))), None)


def list_boutons(compte: Compte | None, **objets: int | str | None) -> list[Any]:
    """Return the buttons to follow these objects of a page; those that are None have none."""
    presents = [(nom, reference) for nom, reference in objets.items() if reference is not None]
    return [bouton for query in SUIVRE for bouton in query(compte, presents)]


def map_porteurs(saisines: Iterable[Saisine], par: Compte | None) -> dict[int, Compte | None]:
    """Return the person assigned to each open saisine that `par` handles; None if nobody is assigned."""
    ids = [une.id for une in saisines if not une.est_close and peut_traiter(par, une)]
    trouves = {id: compte for query in PORTEURS for id, compte in query(ids).items()} if ids else {}
    return {id: trouves.get(id) for id in ids}


def list_autres_reponses(saisine: Saisine) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the public answers of the other owners of the fiche, latest first, with the owner's name."""
    if len(saisine.fiche.saisines) < 2:
        return []
    query = (
        select(_E.id, _E.nature, _E.le, _E.texte_html, _E.nombre_pieces, Acteur.nom.label("acteur"))
        .join(Acteur, Acteur.id == _E.acteur_id)
        .where(
            _E.fiche_id == saisine.fiche_id,
            _E.saisine_id != saisine.id,
            _E.nature.in_((*EN_DETAIL, NatureEtape.ABANDON)),
            _E.masquee_le.is_(None),
        )
        .order_by(_E.id.desc())
    )
    return db.session.execute(query.limit(MONTREES)).all()
