"""Labels of mails and of the causes of refused ones, for administrators."""

import re
from enum import StrEnum

from mse.core.text import lazy
from mse.notifications.messages import ADRESSE_INVALIDE, CONTENU, DEPUIS_DES_JOURS, DESTINATAIRE, LIEN_EXPIRE

COURRIELS = {
    "abonne_a_relancer": lazy("Question : continuer à suivre des pages ?"),
    "absence_declaree": lazy("Remplacement d’une personne absente"),
    "appartenance_fermee": lazy("Responsable qui n’a plus personne"),
    "appartenance_ouverte": lazy("Invitation dans l’équipe d’un service ou d’un organisme"),
    "avis_donne": lazy("Avis des délégué·es sur une réponse"),
    "bilan_envoye": lazy("Bilan d’un trimestre"),
    "bulletin_publie": lazy("Bulletin de la météo"),
    "contributions_en_attente": lazy("Contributions de la classe à lire"),
    "courriel_change": lazy("Avertissement : l’adresse d’un compte a changé"),
    "courriel_propose": lazy("Lien pour confirmer une nouvelle adresse"),
    "equipe_rejointe": lazy("Invitation dans l’équipe d’animation ou l’administration"),
    "etape_ajoutee": lazy("Nouvelle étape sur une fiche"),
    "fiche_deposee": lazy("Accusé de réception d’une fiche déposée"),
    "fiche_elargie": lazy("Fiche confiée à un responsable de plus"),
    "fiche_orientee": lazy("Fiche confiée à un responsable"),
    "fiche_reunie": lazy("Fiche réunie à une autre"),
    "fiche_separee": lazy("Fiche séparée d’une autre"),
    "durabilite_demandee": lazy("Question : le problème est-il revenu ?"),
    "fiche_precisee": lazy("Précision sur une fiche"),
    "fiche_publiee": lazy("Publication d’une fiche relue"),
    "fiche_rendue": lazy("Fiche rendue à ses auteurs"),
    "fiche_retablie": lazy("Fiche de nouveau publique"),
    "fiche_retenue": lazy("Fiche à relire"),
    "fiche_retiree": lazy("Fiche retirée"),
    "fiche_signalee_plus_actuelle": lazy("Fiche signalée comme n’étant plus d’actualité"),
    "initiative_avancee": lazy("Avancement d’une initiative"),
    "initiative_retiree": lazy("Initiative retirée"),
    "invitation_renvoyee": lazy("Invitation envoyée de nouveau"),
    "lien_demande": lazy("Lien pour se connecter"),
    "mandat_ouvert": lazy("Invitation d’un·e délégué·e"),
    "message_envoye": lazy("Message privé sur une fiche"),
    "message_signale": lazy("Message privé signalé"),
    "page_signalee": lazy("Page signalée"),
    "passage_masque": lazy("Passage masqué"),
    "signalement_decide": lazy("Décision sur un signalement"),
    "mot_de_passe_change": lazy("Avertissement : un mot de passe a changé"),
    "mots_en_attente": lazy("Mots de la promotion à lire"),
    "nouvelle_donnee": lazy("Nouvelle d’une initiative"),
    "nouvelle_suivie": lazy("Nouvelle de ce qu’une personne suit"),
    "participation_commencee": lazy("Nouvelle participation à une initiative"),
    "portage_accepte": lazy("Demande de porter une initiative, acceptée"),
    "portage_decline": lazy("Demande de porter une initiative, déclinée"),
    "portage_demande": lazy("Demande de porter une initiative"),
    "probleme_revenu": lazy("Problème revenu"),
    "promotion_continuee": lazy("Promotion continuée par une autre"),
    "reinitialisation_demandee": lazy("Lien pour changer un mot de passe oublié"),
    "relances_envoyees": lazy("Rappel des réponses attendues"),
    "reouverture_contestee": lazy("Contestation d’un refus de rouvrir"),
    "reouverture_demandee": lazy("Demande de réouverture"),
    "reouverture_refusee": lazy("Refus de rouvrir une fiche"),
    "reouverture_rejetee": lazy("Réponse maintenue à une fiche"),
    "repere_a_revoir": lazy("Repère à revoir"),
    "repere_modifie": lazy("Repère modifié"),
    "repere_remplace": lazy("Repère remplacé"),
    "repere_retire": lazy("Repère retiré"),
    "resume": lazy("Résumé des nouvelles"),
    "resume_suivis": lazy("Résumé de ce qu’une adresse suit"),
    "saisine_abandonnee": lazy("Fiche abandonnée"),
    "saisine_ouverte": lazy("Nouvelle fiche à traiter"),
    "saisine_prise_en_charge": lazy("Fiche prise en charge"),
    "saisine_prolongee": lazy("Réponse reportée"),
    "saisine_reglee": lazy("Fiche déclarée réglée"),
    "saisine_repondue": lazy("Réponse à une fiche"),
    "saisine_rouverte": lazy("Fiche rouverte"),
    "saisine_transferee": lazy("Fiche transférée"),
    "signalement_en_attente": lazy("Quelque chose attend une personne"),
    "solution_durable": lazy("Problème réglé durablement"),
    "suivi_demande": lazy("Confirmation d’une adresse qui veut suivre une page"),
    "transfert_annule": lazy("Transfert annulé"),
}


class Cause(StrEnum):
    """Cause for which a mail was given up."""

    MAL_ECRITE = "mal_ecrite"
    ADRESSE = "adresse"
    CONTENU = "contenu"
    ATTENTE = "attente"  # deferred for days
    EXPIRE = "expire"
    AUTRE = "autre"

    @classmethod
    def lire(cls, erreur: str) -> "Cause":
        """Return the cause for the reason stored in the outbox."""
        for motif, cause in _MOTIFS:
            if motif in erreur:
                return cause
        return cls.AUTRE


_MOTIFS = (
    (LIEN_EXPIRE, Cause.EXPIRE),
    (DEPUIS_DES_JOURS, Cause.ATTENTE),
    (ADRESSE_INVALIDE, Cause.MAL_ECRITE),
    (DESTINATAIRE, Cause.ADRESSE),
    (CONTENU, Cause.CONTENU),
)
CAUSES = {
    Cause.MAL_ECRITE: lazy("L’adresse est mal écrite : aucun serveur ne la prend."),
    Cause.ADRESSE: lazy("Le serveur de cette adresse dit qu’elle n’existe pas, ou ne reçoit rien."),
    Cause.CONTENU: lazy("Le serveur de cette adresse n’a pas voulu de ce courriel."),
    Cause.ATTENTE: lazy("Le serveur de cette adresse a remis ce courriel à plus tard pendant cinq jours."),
    Cause.EXPIRE: lazy("Le lien que contient ce courriel a expiré avant l’envoi."),
    Cause.AUTRE: lazy("L’envoi a échoué."),
}


def read_code(erreur: str) -> str:
    """Return the SMTP status of the reason, `550 5.1.1`, or `5.1.1` of a mail that came back; empty if it
    contains none."""
    code = re.match(r"(?:\d{3}\b\s?)?(?:[245]\.\d{1,3}\.\d{1,3}\b)?", erreur)
    return code.group().strip() if code else ""
