"""Permissions on promotions, elections and comptes. Each is one function; its docstring is the rule. Roles
are computed from appartenances and mandats."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.policies import Postes, est_administrateur, postes_de, tient_annuaire
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.text import _
from mse.representation.models import Election, Mandat, Promotion


@dataclass(frozen=True, kw_only=True)
class Roles(Postes):
    """Roles of a person on a day, as sets of ids of acteurs and promotions."""

    promotions: frozenset[int] = frozenset()  # promotions where a current mandat is held
    delegue_de: frozenset[int] = frozenset()  # `promotions` and those that they continue
    ancien_delegue_de: Mapping[int, date] = field(default_factory=dict)  # last day of the mandat, inclusive


VISITEUR = Roles()


def roles_de(compte: Compte | None, le: date | None = None) -> Roles:
    """Return the roles of `compte` on the day `le`, by default today. A closed compte has none."""
    if compte is None or not compte.est_ouvert:
        return VISITEUR
    le = le or today()
    mandats: list[Mandat] = compte.mandats  # type: ignore[attr-defined]  # a backref
    promotions = [m.promotion for m in mandats if m.est_en_cours(le)]
    delegue_de = frozenset(p.id for promotion in promotions for p in list_lignee(promotion))
    return Roles(
        **vars(postes_de(compte, le)),
        promotions=frozenset(p.id for p in promotions),
        delegue_de=delegue_de,
        ancien_delegue_de=_anciens(m for m in mandats if m.debut <= le and m.promotion_id not in delegue_de),
    )


def _anciens(mandats: Iterable[Mandat]) -> Mapping[int, date]:
    """Return the last day of each ended mandat, by promotion id; the latest day if a promotion has
    several."""
    fins: dict[int, date] = {}
    for mandat in mandats:
        fin = mandat.fin or mandat.promotion.fin
        fins[mandat.promotion_id] = max(fin, fins.get(mandat.promotion_id, fin))
    return fins


def list_lignee(promotion: Promotion) -> list[Promotion]:
    """Return the promotion, then the promotions that it continues, directly or not."""
    lignee: dict[int, Promotion] = {}
    courante: Promotion | None = promotion
    while courante is not None and courante.id not in lignee:
        lignee[courante.id] = courante
        courante = courante.succede_a if courante.succede_a_id else None
    return list(lignee.values())


def peut_fermer_compte(compte: Compte | None, cible: Compte) -> bool:
    """Animateurs and administrateurs close comptes. Only an administrateur closes that of an animateur or of
    an administrateur. A person cannot close their own compte."""
    if compte is None or compte.id == cible.id:
        return False
    return est_administrateur(compte) if cible.est_equipe else tient_annuaire(compte)


def roles_en_mots(compte: Compte) -> list[str]:
    """Return the present and future roles, in words that follow «vous êtes»."""
    mots = [mandat.designation for mandat in _mandats(compte)]
    mots += [appartenance.designation for appartenance in _appartenances(compte)]
    if compte.est_animateur:
        mots.append(_("membre de l’équipe d’animation"))
    if compte.est_administrateur:
        mots.append(_("membre de l’administration du site"))
    return mots


def peut_en_inviter(par: Compte | None) -> bool:
    """Agents, animateurs and administrateurs may open the page of invitations."""
    roles = roles_de(par)
    return bool(roles.agent_de or roles.est_animateur or roles.est_administrateur)


def peut_inviter(par: Compte | None, compte: Compte) -> bool:
    """Everybody who is responsible for all roles of the invited person: an agent of the organisme for its
    delegates, a référent for the agents of the acteur, animateurs for all of them. Only an administrateur
    may invite an animateur or an administrateur.

    Ended roles count too, because a printed code gives access to all that the person could ever read.
    """
    roles = roles_de(par)
    if compte.est_equipe:
        return roles.est_administrateur
    if roles.est_animateur or roles.est_administrateur:
        return True
    mandats: list[Mandat] = compte.mandats  # type: ignore[attr-defined]  # a backref
    appartenances: list[Appartenance] = compte.appartenances  # type: ignore[attr-defined]
    return (
        bool(_mandats(compte) or _appartenances(compte))
        and all(mandat.promotion.organisme_id in roles.agent_de for mandat in mandats)
        and all(appartenance.acteur_id in roles.referent_de for appartenance in appartenances)
    )


def _mandats(compte: Compte) -> list[Mandat]:
    """Return the mandats that have not ended."""
    le = today()
    mandats: list[Mandat] = compte.mandats  # type: ignore[attr-defined]  # a backref
    return [mandat for mandat in mandats if (mandat.fin or mandat.promotion.fin) >= le]


def _appartenances(compte: Compte) -> list[Appartenance]:
    """Return the appartenances that have not ended."""
    le = today()
    appartenances: list[Appartenance] = compte.appartenances  # type: ignore[attr-defined]
    return [
        appartenance for appartenance in appartenances if appartenance.fin is None or appartenance.fin > le
    ]


def peut_gerer_promotions(compte: Compte | None, organisme: Acteur) -> bool:
    """The agents of the organisme, animateurs and administrateurs."""
    roles = roles_de(compte)
    return organisme.id in roles.agent_de or roles.est_animateur or roles.est_administrateur


def peut_gerer_promotion(compte: Compte | None, promotion: Promotion) -> bool:
    """Everybody who may manage the promotions of its organisme (`peut_gerer_promotions`)."""
    return peut_gerer_promotions(compte, promotion.organisme)


def peut_gerer_election(compte: Compte | None, election: Election) -> bool:
    """Everybody who may manage the promotion that held the election."""
    return peut_gerer_promotion(compte, election.promotion)


def peut_terminer_mandat(compte: Compte | None, mandat: Mandat) -> bool:
    """Everybody who may manage the promotions of its organisme (`peut_gerer_promotions`)."""
    return peut_gerer_promotion(compte, mandat.promotion)


def voit_noms_de_famille(compte: Compte | None, promotion: Promotion) -> bool:
    """The agents of the organisme and administrateurs; animateurs read first names only."""
    roles = roles_de(compte)
    return promotion.organisme_id in roles.agent_de or roles.est_administrateur
