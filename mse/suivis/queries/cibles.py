"""Objects that can be followed, and the button on their pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from mse.annuaire.models import Acteur, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.database import read_id
from mse.core.text import lazy
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.queries.groupes import select_reunies
from mse.suivis.models import COLONNES, Suivi
from mse.suivis.workflow import Objet

Reference = int | str
METEO = "meteo"  # the reference of the bulletins in a URL
BULLETINS = lazy("Les bulletins de la météo")


@dataclass(frozen=True)
class Cible:
    """A public object. `ouverte`: something new can still happen to it."""

    objet: Objet
    reference: Reference
    nom: str
    ouverte: bool = True


@dataclass(frozen=True)
class Bouton:
    """The button beside an object, to follow it or to stop. `suivi_id`: the follow of the reader, None if
    there is none."""

    objet: Objet
    reference: Reference
    suivi_id: int | None


def get_cible(_compte: Compte | None, objet_id: str, reference_id: str) -> Cible | None:
    """Return the object of a URL if it is public, else None. The reader makes no difference."""
    try:
        objet = Objet(objet_id)
        if objet == Objet.BULLETINS:
            return Cible(objet, METEO, str(BULLETINS)) if reference_id == METEO else None
        if objet in (Objet.FICHE, Objet.ACTEUR):
            return _read_by_id(objet, read_id(reference_id))
    except ValueError:
        return None
    if objet == Objet.THEME:
        theme = db.session.get(Theme, reference_id)
        return Cible(objet, theme.code, theme.libelle) if theme else None
    territoire = db.session.get(Territoire, reference_id)
    return Cible(objet, territoire.code, territoire.nom) if territoire else None


def _read_by_id(objet: Objet, ident: int) -> Cible | None:
    if objet == Objet.ACTEUR:
        acteur = db.session.get(Acteur, ident)
        return Cible(objet, ident, acteur.nom, ouverte=not acteur.est_ferme) if acteur else None
    fiche = db.session.get(Fiche, ident)
    if fiche is not None and fiche.est_publique and fiche.reunie_a_id is not None:
        fiche = db.session.get_one(Fiche, fiche.reunie_a_id)  # the page of both
    return Cible(objet, fiche.id, fiche.titre) if fiche is not None and fiche.est_publique else None


def list_boutons(compte: Compte | None, cibles: Sequence[tuple[str, Reference]]) -> list[Bouton]:
    """Return one button for each (kind, id or code), in one query at most."""
    objets = [(Objet(objet), reference) for objet, reference in cibles]
    suivis = {}
    if compte is not None and objets:
        ou = [getattr(Suivi, COLONNES[objet]) == reference for objet, reference in objets]
        ou += [Suivi.fiche_id.in_(select_reunies(int(ref))) for objet, ref in objets if objet == Objet.FICHE]
        query = select(Suivi.id, Suivi.objet, *(getattr(Suivi, nom) for nom in COLONNES.values()))
        for row in db.session.execute(query.where(Suivi.compte_id == compte.id, or_(*ou))):
            suivis[row.objet, getattr(row, COLONNES[row.objet])] = row.id
            if row.objet == Objet.FICHE:  # a merged fiche that was followed before: the page is the same
                suivis.update({(objet, ref): row.id for objet, ref in objets if objet == Objet.FICHE})
    return [Bouton(objet, reference, suivis.get((objet, reference))) for objet, reference in objets]
