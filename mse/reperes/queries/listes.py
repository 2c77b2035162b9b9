"""Public lists of repères: those in force, newest first, with keyset pagination."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, tuple_, union_all

from mse.annuaire.models import Acteur
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import first, is_state
from mse.core.pagination import Cursor, Page, cursor_parameters, cut_page
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.queries.autres import Bloc
from mse.fiches.queries.listes import start_of
from mse.reperes.models import Portee, Repere, RepereFiche
from mse.reperes.queries.lieux import list_lignee, list_racines
from mse.reperes.workflow import StatutRepere

PAR_PAGE = 12
PROPOSES = 3  # shown while a person writes
_P, _R = Portee.__table__.c, Repere.__table__.c
Lignes = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, kw_only=True)
class Filtres:
    """Filters of the list; None means all."""

    theme: str | None = None
    territoire: str | None = None


@dataclass(frozen=True, kw_only=True)
class DejaRegle:
    """What already holds for a thème in a territoire. `gabarit`: path of the Jinja template that shows it.
    `suite`: there are more. `le`: today."""

    theme: str
    territoire: str
    reperes: Lignes
    suite: bool
    le: date
    gabarit: str = "reperes/_deja_regle.html"


def list_reperes(filtres: Filtres, after: Cursor | None = None, *, size: int = PAR_PAGE) -> Page[Any]:
    """Return the repères in force that touch the territoire of the filter: they hold in it, in a part of it,
    or in a larger one."""
    return cut_page(_read(filtres.theme, _list_places(filtres), after, size), instant="publie_le", size=size)


def _list_places(filtres: Filtres) -> list[tuple[str, bool]]:
    """Return the (territoire, est_ici) of the index that the filters read."""
    lieux = [filtres.territoire] if filtres.territoire else list_racines()
    au_dessus = list_lignee(filtres.territoire)[1:] if filtres.territoire else []
    return [
        *((lieu, ici) for lieu in lieux for ici in (True, False)),
        *((lieu, True) for lieu in au_dessus),
    ]


def select_ids(filtres: Filtres, *, resumed: bool, size: int = PAR_PAGE) -> Any:
    """Return the SELECT of the ids of one page."""
    return _select(filtres.theme, _list_places(filtres), resumed=resumed, size=size)


def get_deja_regle(theme: str, territoire: str) -> DejaRegle | None:
    """Return the first repères that hold for this thème in this territoire; None if there are none."""
    lignes = _read(theme, [(lieu, True) for lieu in list_lignee(territoire)], None, PROPOSES)
    if not lignes:
        return None
    return DejaRegle(
        theme=theme,
        territoire=territoire,
        reperes=lignes[:PROPOSES],
        suite=len(lignes) > PROPOSES,
        le=today(),
    )


def list_voisins(themes: Iterable[str], territoires: Iterable[str], *, sauf: int) -> list[Any]:
    """Return the repères in force for one of these thèmes in one of these territoires, except `sauf`."""
    lieux = dict.fromkeys(lieu for code in territoires for lieu in list_lignee(code))
    lignes = {
        une.id: une
        for theme in themes
        for une in (_read(theme, [(lieu, True) for lieu in lieux], None, PROPOSES) if lieux else ())
    }
    return [une for une in lignes.values() if une.id != sauf][:PROPOSES]


def get_bloc(_compte: Compte | None, fiche: Fiche) -> Bloc | None:
    """Return the block of the published repères linked to a public fiche; no query if it has none."""
    if not fiche.nombre_reperes:
        return None
    query = _LIGNE.join(RepereFiche, RepereFiche.repere_id == _R.id).where(
        RepereFiche.fiche_id == fiche.id, is_state(_R.statut, StatutRepere.PUBLIE)
    )
    lignes = db.session.execute(query.order_by(_R.publie_le.desc(), _R.id.desc()).limit(PAR_PAGE)).all()
    return Bloc(place="cote", modele="reperes/_de_la_fiche.html", donnees={"reperes": lignes, "le": today()})


_LIGNE: Select[*tuple[Any, ...]] = select(
    _R.id,
    _R.titre,
    _R.publie_le,
    _R.valable_du,
    _R.a_revoir_le,
    _R.confirme_le,
    _R.base,
    _R.themes,
    _R.territoires,
    _R.texte_html,
    start_of(_R.texte_html).label("debut"),
    Acteur.__table__.c.nom.label("acteur"),
).outerjoin_from(Repere.__table__, Acteur.__table__, Acteur.__table__.c.id == _R.acteur_id)


def _read(theme: str | None, places: Iterable[tuple[str, bool]], after: Cursor | None, size: int) -> Lignes:
    """Return at most `size + 1` rows. Each place reads at most as many entries of the index, in its order."""
    found = _select(theme, places, resumed=after is not None, size=size).subquery()
    query = _LIGNE.join(found, found.c.repere_id == _R.id)
    query = query.order_by(_R.publie_le.desc(), _R.id.desc())
    return db.session.execute(query, cursor_parameters(after)).all()


def _select(theme: str | None, places: Iterable[tuple[str, bool]], *, resumed: bool, size: int) -> Any:
    """Return the SELECT of the ids of the newest repères of these places, at most `size + 1`."""
    cle = tuple_(_P.publie_le, _P.repere_id)
    parts = []
    for lieu, ici in places:
        part: Any = select(_P.repere_id, _P.publie_le).where(
            _P.territoire_code == lieu,
            _P.theme_code.is_(None) if theme is None else _P.theme_code == theme,
            _P.est_ici == ici,
        )
        if resumed:
            part = part.where(
                cle < tuple_(bindparam("apres_le", type_=_P.publie_le.type), bindparam("apres_id"))
            )
        part = first(part.order_by(_P.publie_le.desc(), _P.repere_id.desc()), size + 1)
        parts.append(select(part.subquery()))
    toutes = union_all(*parts).subquery()
    query: Any = select(toutes.c.repere_id, toutes.c.publie_le).distinct()
    return first(query.order_by(toutes.c.publie_le.desc(), toutes.c.repere_id.desc()), size + 1)
