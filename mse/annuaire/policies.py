"""Permissions on the directory. Each is one function; its docstring is the rule. Roles are computed from
appartenances and from the columns `est_animateur` and `est_administrateur`."""

from dataclasses import dataclass
from datetime import date

from mse.annuaire.models import Absence, Acteur, Appartenance, Competence, Territoire, Theme
from mse.comptes.models import Compte
from mse.core.clock import today


@dataclass(frozen=True, kw_only=True)
class Postes:
    """Roles of a person on a day: ids of the acteurs for which the person works, and flags."""

    agent_de: frozenset[int] = frozenset()
    referent_de: frozenset[int] = frozenset()
    est_animateur: bool = False
    est_administrateur: bool = False


def postes_de(compte: Compte | None, le: date | None = None) -> Postes:
    """Return the roles of `compte` on the day `le`, by default today. A closed compte has none."""
    if compte is None or not compte.est_ouvert:
        return Postes()
    le = le or today()
    appartenances: list[Appartenance] = compte.appartenances  # type: ignore[attr-defined]  # a backref
    en_poste = [a for a in appartenances if a.est_en_cours(le)]
    return Postes(
        agent_de=frozenset(a.acteur_id for a in en_poste),
        referent_de=frozenset(a.acteur_id for a in en_poste if a.est_referent),
        est_animateur=compte.est_animateur,
        est_administrateur=compte.est_administrateur,
    )


def est_animateur(compte: Compte | None) -> bool:
    """True if the compte is an animateur."""
    return postes_de(compte).est_animateur


def tient_annuaire(compte: Compte | None) -> bool:
    """Animateurs and administrateurs manage acteurs, thèmes, territoires and comptes."""
    postes = postes_de(compte)
    return postes.est_animateur or postes.est_administrateur


def peut_gerer(compte: Compte | None, acteur: Acteur) -> bool:
    """The acteur's référents, animateurs and administrateurs manage its profile and its agents."""
    return acteur.id in postes_de(compte).referent_de or tient_annuaire(compte)


def peut_gerer_agent(compte: Compte | None, appartenance: Appartenance) -> bool:
    """Everybody who may manage the acteur for which this person works (`peut_gerer`)."""
    return peut_gerer(compte, appartenance.acteur)


def peut_declarer_absence(compte: Compte | None, appartenance: Appartenance) -> bool:
    """The agent while working for the acteur, and everybody who may manage it."""
    soi = compte is not None and appartenance.compte_id == compte.id
    en_poste = appartenance.acteur_id in postes_de(compte).agent_de
    return (soi and en_poste) or peut_gerer_agent(compte, appartenance)


def peut_annuler_absence(compte: Compte | None, absence: Absence) -> bool:
    """Everybody who may declare it (`peut_declarer_absence`)."""
    return peut_declarer_absence(compte, absence.appartenance)


def peut_tenir(compte: Compte | None, quoi: Acteur | Competence | Theme | Territoire) -> bool:
    """Only animateurs and administrateurs manage acteurs, compétences, thèmes and territoires."""
    return tient_annuaire(compte)


def est_administrateur(compte: Compte | None) -> bool:
    """True if the compte is an administrateur."""
    return postes_de(compte).est_administrateur


def acteurs_de(compte: Compte | None) -> list[Acteur]:
    """Return the acteurs that `compte` works for today."""
    agent_de = postes_de(compte).agent_de
    appartenances: list[Appartenance] = compte.appartenances if compte else []  # type: ignore[attr-defined]
    return list({a.acteur_id: a.acteur for a in appartenances if a.acteur_id in agent_de}.values())


def map_postes(compte: Compte, le: date) -> dict[int, int]:
    """Return the current appartenances of `compte` on the day `le`: id of the acteur → id of the
    appartenance."""
    appartenances: list[Appartenance] = compte.appartenances  # type: ignore[attr-defined]
    return {poste.acteur_id: poste.id for poste in appartenances if poste.est_en_cours(le)}
