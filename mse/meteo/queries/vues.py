"""The data of the page of a territoire. They depend on the figures only, so each process caches them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mse.annuaire.queries import list_noms_de_themes
from mse.core.cache import THIRTY_SECONDS, cached_for, memoized
from mse.core.text import _
from mse.demarche import get_demarche
from mse.extensions import db
from mse.meteo.carte import Carte, dessiner
from mse.meteo.etats import Etat
from mse.meteo.libelles import MESURES, QUESTIONS, dire_manque, dire_progres
from mse.meteo.mesures import Chiffre, Mesure, Releve
from mse.meteo.queries.chiffres import list_fins_de_mois, read_coupes, read_etats, read_releves
from mse.meteo.queries.lieux import Lieu, Noms

MOIS = 12  # months of history
VIEWS = 256


@dataclass(frozen=True)
class LigneMesure:
    mesure: Mesure
    nom: str
    question: str
    chiffre: Chiffre
    compte: bool
    progres: str
    manque: str


@dataclass(frozen=True, eq=False)
class Vue:
    """The data of the page of a territoire. Compared by identity, so that its rendered HTML can be cached by
    it."""

    etat: Etat
    enfants: tuple[Etat, ...]
    autour: tuple[Etat, ...]  # the other parts of its parent that have an index
    carte: Carte
    mesures: tuple[LigneMesure, ...]
    points: Sequence[tuple[date, Releve]]  # by month; empty if no figures are stored for this window
    coupes: Sequence[tuple[str, Mapping[Mesure, Chiffre]]]
    jour: date
    fenetre: int
    calcule_le: datetime | None

    @property
    def a_une_courbe(self) -> bool:
        return any(releve.indice is not None for _fin, releve in self.points)

    @property
    def noms(self) -> dict[Mesure, str]:
        return {ligne.mesure: ligne.nom for ligne in self.mesures}


def read_vue(lieu: Lieu, jour: date, fenetre: int, calcule_le: datetime | None) -> Vue:
    """Return the data of the page of `lieu`. `calcule_le`: when the stored figures of the day were computed;
    None to count them for this page, without cache."""
    if calcule_le is None:
        return _read(lieu, (), jour, fenetre, None)
    return _read_cached(db.engine, lieu, _list_themes(), jour, fenetre, calcule_le)


@cached_for(THIRTY_SECONDS)
def _list_themes() -> Noms:
    return tuple((code, libelle) for code, libelle in list_noms_de_themes())


@memoized(VIEWS)
def _read_cached(
    _engine: Any, lieu: Lieu, themes: Noms, jour: date, fenetre: int, calcule_le: datetime
) -> Vue:
    return _read(lieu, themes, jour, fenetre, calcule_le)


def _read(lieu: Lieu, themes: Noms, jour: date, fenetre: int, calcule_le: datetime | None) -> Vue:
    etat, *autres = read_etats((*lieu.noms, *lieu.voisins), jour, fenetre)
    enfants, autour = autres[: len(lieu.enfants)], autres[len(lieu.enfants) :]
    gardee = fenetre == get_demarche().meteo.fenetre
    fins = list_fins_de_mois(jour, MOIS)
    histoire = read_releves([etat.code], fins) if gardee else {}
    return Vue(
        etat=etat,
        enfants=tuple(enfants),
        autour=tuple(voisin for voisin in autour if voisin.indice is not None),
        carte=dessiner(lieu.enfants),
        mesures=tuple(_make_ligne(mesure, etat.releve) for mesure in Mesure),
        points=[(fin, histoire[etat.code, fin]) for fin in fins] if gardee else [],
        coupes=_list_coupes(etat.code, themes, jour) if gardee else [],
        jour=jour,
        fenetre=fenetre,
        calcule_le=calcule_le,
    )


def _make_ligne(mesure: Mesure, releve: Releve) -> LigneMesure:
    chiffre = releve[mesure]
    return LigneMesure(
        mesure,
        str(MESURES[mesure]),
        str(QUESTIONS[mesure]),
        chiffre,
        releve.compte(mesure),
        dire_progres(mesure, chiffre),
        dire_manque(mesure, chiffre, releve.reglages.minimum),
    )


def _list_coupes(code: str, themes: Noms, jour: date) -> list[tuple[str, Mapping[Mesure, Chiffre]]]:
    """Return the measures écoute and résolution by nature of acteur, then by thème."""
    lues = read_coupes(code, jour)
    groupes = [
        (_("Les services"), "nature:service"),
        (_("Les organismes"), "nature:organisme"),
        *((libelle, f"theme:{theme}") for theme, libelle in themes),
    ]
    return [(mots, lues[coupe]) for mots, coupe in groupes if coupe in lues]
