"""Reception preferences: families of events, how often a person is told of each, and the defaults.

Each e-mail of the outbox either belongs to a family, or is always sent: security, invitations, reminders.
"""

from enum import StrEnum

from mse.core.text import lazy
from mse.representation.policies import Roles


class Rythme(StrEnum):
    """How often a person is told of the events of a family. The notification centre lists them at once."""

    TOUT_DE_SUITE = "tout_de_suite"
    QUOTIDIEN = "quotidien"
    HEBDOMADAIRE = "hebdomadaire"
    JAMAIS = "jamais"


class Famille(StrEnum):
    """A family of events, as the preferences name it."""

    A_TRAITER = "a_traiter"
    MESSAGES = "messages"
    CLASSE = "classe"
    SUITES = "suites"
    REPONSES = "reponses"
    AVANCEMENT = "avancement"
    INITIATIVES = "initiatives"
    SUIVIS = "suivis"


RESUMES = (Rythme.QUOTIDIEN, Rythme.HEBDOMADAIRE)  # told by a digest
HEURE_PAR_DEFAUT = 7  # local hour of the digest
RYTHMES = {
    Rythme.TOUT_DE_SUITE: lazy("Tout de suite"),
    Rythme.QUOTIDIEN: lazy("Une fois par jour"),
    Rythme.HEBDOMADAIRE: lazy("Une fois par semaine"),
    Rythme.JAMAIS: lazy("Jamais par courriel"),
}
FAMILLES = {
    Famille.A_TRAITER: lazy("Les fiches à traiter"),
    Famille.MESSAGES: lazy("Les messages privés sur une fiche"),
    Famille.CLASSE: lazy("Ce que ma classe m’écrit"),
    Famille.SUITES: lazy("Ce que les délégué·es disent ensuite"),
    Famille.REPONSES: lazy("Les réponses à mes fiches"),
    Famille.AVANCEMENT: lazy("L’avancement de mes fiches"),
    Famille.INITIATIVES: lazy("Les initiatives que je porte ou auxquelles je participe"),
    Famille.SUIVIS: lazy("Ce que je suis"),
}
_DEFAUTS = {Famille.SUITES: Rythme.QUOTIDIEN, Famille.SUIVIS: Rythme.QUOTIDIEN}

_EVENEMENTS: dict[Famille, tuple[str, ...]] = {
    Famille.A_TRAITER: (
        "fiche_retenue",
        "message_signale",
        "page_signalee",
        "probleme_revenu",
        "reouverture_contestee",
        "reouverture_demandee",
        "saisine_ouverte",
        "transfert_annule",
    ),
    Famille.MESSAGES: ("message_envoye",),
    Famille.CLASSE: ("contributions_en_attente", "mots_en_attente"),
    Famille.SUITES: ("avis_donne", "fiche_precisee", "fiche_signalee_plus_actuelle", "solution_durable"),
    Famille.REPONSES: (
        "fiche_publiee",
        "fiche_rendue",
        "fiche_retiree",
        "reouverture_refusee",
        "reouverture_rejetee",
        "saisine_abandonnee",
        "saisine_reglee",
        "saisine_repondue",
        "saisine_rouverte",
    ),
    Famille.AVANCEMENT: (
        "etape_ajoutee",
        "fiche_deposee",
        "fiche_elargie",
        "fiche_orientee",
        "fiche_retablie",
        "fiche_reunie",
        "fiche_separee",
        "repere_modifie",
        "repere_remplace",
        "repere_retire",
        "saisine_prise_en_charge",
        "saisine_prolongee",
        "saisine_transferee",
    ),
    Famille.INITIATIVES: (
        "initiative_avancee",
        "initiative_retiree",
        "nouvelle_donnee",
        "participation_commencee",
        "portage_accepte",
        "portage_decline",
        "portage_demande",
    ),
    Famille.SUIVIS: ("nouvelle_suivie",),
}
FAMILLE_DE = {nom: famille for famille, noms in _EVENEMENTS.items() for nom in noms}
# Sent whatever the person has chosen: nobody may miss them, or the subscription itself is the choice.
TOUJOURS = frozenset(
    {
        "abonne_a_relancer",
        "absence_declaree",
        "appartenance_fermee",
        "appartenance_ouverte",
        "bilan_envoye",
        "bulletin_publie",
        "courriel_change",
        "courriel_propose",
        "durabilite_demandee",
        "equipe_rejointe",
        "invitation_renvoyee",
        "lien_demande",
        "mandat_ouvert",
        "mot_de_passe_change",
        "passage_masque",
        "promotion_continuee",
        "reinitialisation_demandee",
        "relances_envoyees",
        "repere_a_revoir",
        "signalement_decide",
        "signalement_en_attente",
        "suivi_demande",
    }
)


def rythme_par_defaut(famille: Famille) -> Rythme:
    """Return the default frequency: once a day for some families, at once for the others."""
    return _DEFAUTS.get(famille, Rythme.TOUT_DE_SUITE)


def list_familles(roles: Roles) -> list[Famille]:
    """Return the families that a person with these roles may receive."""
    est_agent, est_delegue = bool(roles.agent_de), bool(roles.delegue_de or roles.ancien_delegue_de)
    siennes = {
        Famille.A_TRAITER: est_agent or roles.est_animateur,
        Famille.MESSAGES: est_agent or est_delegue,
        Famille.CLASSE: bool(roles.promotions),
        Famille.SUITES: est_agent or roles.est_animateur,
        Famille.REPONSES: est_delegue,
        Famille.AVANCEMENT: est_delegue,
        Famille.INITIATIVES: True,
        Famille.SUIVIS: True,
    }
    return [famille for famille, sienne in siennes.items() if sienne]
