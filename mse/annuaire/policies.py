"""Roles follow from appartenances, mandats and flags; a right is one function, its docstring the rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mse.annuaire.models import Acteur, Appartenance, Mandat, Promotion
from mse.comptes.models import Compte
from mse.core.clock import today


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What a person is today. Sets of ids of acteurs and promotions."""

    agent_de: frozenset[int] = frozenset()
    referent_de: frozenset[int] = frozenset()
    promotions: frozenset[int] = frozenset()  # holds a current mandat there
    delegue_de: frozenset[int] = frozenset()  # the same and the promotions these continue
    ancien_delegue_de: frozenset[int] = frozenset()
    est_animateur: bool = False
    est_administrateur: bool = False


VISITEUR = Roles()


def roles_de(compte: Compte | None, le: date | None = None) -> Roles:
    """The roles of `compte` on a day, today unless said. A closed compte has none."""
    if compte is None or not compte.est_ouvert:
        return VISITEUR
    le = le or today()
    appartenances: list[Appartenance] = compte.appartenances  # type: ignore[attr-defined]  # a backref
    mandats: list[Mandat] = compte.mandats  # type: ignore[attr-defined]
    en_poste = [a for a in appartenances if a.est_en_cours(le)]
    promotions = [m.promotion for m in mandats if m.est_en_cours(le)]
    delegue_de = frozenset(p.id for promotion in promotions for p in _lignee(promotion))
    return Roles(
        agent_de=frozenset(a.acteur_id for a in en_poste),
        referent_de=frozenset(a.acteur_id for a in en_poste if a.est_referent),
        promotions=frozenset(p.id for p in promotions),
        delegue_de=delegue_de,
        ancien_delegue_de=frozenset(m.promotion_id for m in mandats if m.debut <= le) - delegue_de,
        est_animateur=compte.est_animateur,
        est_administrateur=compte.est_administrateur,
    )


def _lignee(promotion: Promotion) -> Iterator[Promotion]:
    """The promotion, then those it continues (capitalisation)."""
    seen: set[int] = set()
    courante: Promotion | None = promotion
    while courante is not None and courante.id not in seen:
        seen.add(courante.id)
        yield courante
        courante = courante.succede_a if courante.succede_a_id else None


def est_agent(compte: Compte | None, acteur: Acteur) -> bool:
    """Whoever works for the acteur today."""
    return acteur.id in roles_de(compte).agent_de


def est_animateur(compte: Compte | None) -> bool:
    """The association's team."""
    return roles_de(compte).est_animateur


def est_administrateur(compte: Compte | None) -> bool:
    """Whoever runs the instance."""
    return roles_de(compte).est_administrateur


def peut_tenir_promotions(compte: Compte | None, organisme: Acteur) -> bool:
    """The team, whoever runs the instance, the organisme's agents."""
    return _est_equipe(compte) or est_agent(compte, organisme)


def peut_nommer_agents(compte: Compte | None, acteur: Acteur) -> bool:
    """The team, whoever runs the instance, the acteur's référents."""
    return _est_equipe(compte) or acteur.id in roles_de(compte).referent_de


def peut_importer_promotions(compte: Compte | None) -> bool:
    """Whoever keeps the promotions of some organisme."""
    return _est_equipe(compte) or any(acteur.est_organisme for acteur in acteurs_de(compte))


def peut_importer_personnes(compte: Compte | None) -> bool:
    """Whoever names agents somewhere, or delegates: each line is judged by its own right."""
    return peut_importer_promotions(compte) or bool(roles_de(compte).referent_de)


def acteurs_de(compte: Compte | None) -> list[Acteur]:
    """Those that `compte` works for today."""
    agent_de = roles_de(compte).agent_de
    appartenances: list[Appartenance] = compte.appartenances if compte else []  # type: ignore[attr-defined]
    return list({a.acteur_id: a.acteur for a in appartenances if a.acteur_id in agent_de}.values())


def _est_equipe(compte: Compte | None) -> bool:
    return est_animateur(compte) or est_administrateur(compte)
