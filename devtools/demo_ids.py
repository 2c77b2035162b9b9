"""The ids that fill the patterns of `devtools.pages`, from the database of the demonstration."""

from typing import Any

from devtools.site import Site

# FROM clauses of the queries below: the objects of the accounts of the demonstration.
_REPONSES_AU_DELEGUE = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id JOIN mandats m USING (promotion_id)"
    " JOIN comptes c ON c.id = m.compte_id WHERE c.courriel = 'delegue@demo.example' AND s.statut = 'reponse'"
    " AND f.publication = 'publiee' ORDER BY s.id"
)
_SAISINES_DU_SERVICE = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id"
    " JOIN appartenances a USING (acteur_id)"
    " JOIN comptes c ON c.id = a.compte_id"
    " WHERE c.courriel = 'service@demo.example' AND s.statut = 'en_cours'"
    " AND f.publication = 'publiee' ORDER BY s.reponse_due DESC"  # the one with a draft
)
_MODELES = (
    " FROM modeles_reponse o JOIN appartenances a USING (acteur_id) JOIN comptes c ON c.id = a.compte_id"
)
_APPARTENANCES_DE_L_ORGANISME = (
    " FROM appartenances a JOIN comptes c ON c.id = a.compte_id WHERE c.courriel = 'organisme@demo.example'"
)
_PROMOTIONS_DE_L_ORGANISME = (
    " FROM promotions p JOIN appartenances a ON a.acteur_id = p.organisme_id"
    " JOIN comptes c ON c.id = a.compte_id LEFT JOIN elections e ON e.promotion_id = p.id"
    " WHERE c.courriel = 'organisme@demo.example'"
)
_QUESTIONS = " FROM saisines s WHERE s.suspendue_le IS NOT NULL ORDER BY s.id"
_DEMANDES_AU_SERVICE = (
    " FROM demandes_reouverture d JOIN saisines s ON s.id = d.saisine_id"
    " JOIN appartenances a USING (acteur_id) JOIN comptes c ON c.id = a.compte_id"
    " WHERE c.courriel = 'service@demo.example' AND d.etat = 'demandee'"
)
_EN_RETARD = (
    " FROM saisines s JOIN fiches f ON f.id = s.fiche_id WHERE s.statut = 'en_cours'"
    " AND f.publication = 'publiee' ORDER BY s.reponse_due"
)
_SIGNALES = " FROM messages_echanges m JOIN saisines s ON s.id = m.saisine_id WHERE m.signale_le IS NOT NULL"
_REPERES_DU_SERVICE = (
    " FROM reperes r JOIN appartenances a USING (acteur_id) JOIN comptes c ON c.id = a.compte_id"
    " WHERE c.courriel = 'service@demo.example'"
)
_SEPAREES = " FROM fusions WHERE separee_le IS NOT NULL ORDER BY id"
_DISCUSSIONS = " FROM saisines s JOIN notes_internes n ON n.saisine_id = s.id ORDER BY s.id"


def find_demo_ids(site: Site) -> dict[str, Any]:
    """Return the ids that fill the patterns of `devtools.pages`, from the demonstration."""
    return {
        "initiative": site.value("SELECT id FROM initiatives WHERE statut = 'en_cours' ORDER BY id"),
        "bulletin": site.value("SELECT id FROM bulletins WHERE publie_le IS NOT NULL"),
        "a_publier": site.value("SELECT id FROM bulletins WHERE publie_le IS NULL"),
        "invitee": site.value("SELECT id FROM comptes WHERE active_le IS NULL AND courriel IS NOT NULL"),
        "fiche": site.value(
            "SELECT id FROM fiches WHERE publication = 'publiee' AND statut = 'reglee' ORDER BY id"
        ),
        "masquee": site.value("SELECT page_id FROM passages_masques"),
        "signalee": site.value("SELECT page_id FROM signalements WHERE etat = 'recu'"),
        "principale": site.value("SELECT reunie_a_id FROM fiches WHERE reunie_a_id IS NOT NULL ORDER BY id"),
        "reunie": site.value("SELECT id FROM fiches WHERE reunie_a_id IS NOT NULL ORDER BY id"),
        "soutenue": site.value(
            "SELECT s.fiche_id FROM soutiens s JOIN comptes c ON c.id = s.compte_id"
            " WHERE c.courriel = 'delegue@demo.example'"
        ),
        "probable": site.value(f"SELECT doublon_id{_SEPAREES}"),
        "probable_aussi": site.value(f"SELECT principale_id{_SEPAREES}"),
        "acteur": site.value("SELECT acteur_id FROM saisines ORDER BY id"),
        "brouillon": site.value(
            "SELECT f.id FROM fiches f JOIN mandats m USING (promotion_id)"
            " JOIN comptes c ON c.id = m.compte_id"
            " WHERE f.publication = 'brouillon' AND c.courriel = 'delegue@demo.example'"
        ),
        "retenue": site.value("SELECT id FROM fiches WHERE publication = 'retenue' ORDER BY id"),
        "retiree": site.value("SELECT id FROM fiches WHERE publication = 'retiree' ORDER BY id"),
        "transferee": site.value("SELECT fiche_id FROM etapes WHERE nature = 'transfert'"),
        "etape": site.value("SELECT id FROM etapes WHERE nature = 'transfert'"),
        "sienne": site.value(f"SELECT s.fiche_id{_REPONSES_AU_DELEGUE}"),
        "sa_saisine": site.value(f"SELECT s.id{_REPONSES_AU_DELEGUE}"),
        "confiee": site.value(f"SELECT s.fiche_id{_SAISINES_DU_SERVICE}"),
        "saisine": site.value(f"SELECT s.id{_SAISINES_DU_SERVICE}"),
        "equipe": site.value(f"SELECT s.acteur_id{_SAISINES_DU_SERVICE}"),
        "modele": site.value(f"SELECT o.id{_MODELES} WHERE c.courriel = 'service@demo.example'"),
        "son_modele": site.value(f"SELECT o.id{_MODELES} WHERE c.courriel = 'organisme@demo.example'"),
        "questionnee": site.value(f"SELECT s.fiche_id{_QUESTIONS}"),
        "sa_question": site.value(f"SELECT s.id{_QUESTIONS}"),
        "poste": site.value(
            "SELECT a.id FROM appartenances a JOIN comptes c ON c.id = a.compte_id"
            " WHERE c.courriel = 'service@demo.example'"
        ),
        "a_rouvrir": site.value(f"SELECT s.fiche_id{_DEMANDES_AU_SERVICE}"),
        "sa_demande": site.value(f"SELECT s.id{_DEMANDES_AU_SERVICE}"),
        "recu": site.value(
            "SELECT m.id FROM messages_echanges m JOIN notes_internes n USING (saisine_id)"
            " WHERE m.acteur_id IS NULL ORDER BY m.id"
        ),
        "signale": site.value(f"SELECT m.id{_SIGNALES}"),
        "saisine_blessante": site.value(f"SELECT s.id{_SIGNALES}"),
        "fiche_blessante": site.value(f"SELECT s.fiche_id{_SIGNALES}"),
        "suivi": site.value("SELECT cle FROM suivis WHERE abonne_id IS NOT NULL ORDER BY id"),
        "abonne": site.value("SELECT cle FROM abonnes ORDER BY id"),
        "en_retard": site.value(f"SELECT s.acteur_id{_EN_RETARD}"),
        "saisine_en_retard": site.value(f"SELECT s.id{_EN_RETARD}"),
        "fiche_en_retard": site.value(f"SELECT s.fiche_id{_EN_RETARD}"),
        "discutee": site.value(f"SELECT s.fiche_id{_DISCUSSIONS}"),
        "sa_discussion": site.value(f"SELECT s.id{_DISCUSSIONS}"),
        "organisme": site.value(f"SELECT p.organisme_id{_PROMOTIONS_DE_L_ORGANISME}"),
        "a_elire": site.value(f"SELECT p.id{_PROMOTIONS_DE_L_ORGANISME} AND e.id IS NULL ORDER BY p.debut"),
        "sa_promotion": site.value(
            "SELECT m.promotion_id FROM mandats m JOIN comptes c ON c.id = m.compte_id"
            " WHERE c.courriel = 'delegue@demo.example'"
        ),
        "son_mandat": site.value(
            "SELECT m.id FROM mandats m JOIN comptes c ON c.id = m.compte_id"
            " WHERE c.courriel = 'delegue@demo.example'"
        ),
        "representee": site.value(f"SELECT p.id{_PROMOTIONS_DE_L_ORGANISME} AND e.tour = 2"),
        "election": site.value(f"SELECT e.id{_PROMOTIONS_DE_L_ORGANISME} AND e.tour = 2"),
        "mandat": site.value(f"SELECT e.titulaire_id{_PROMOTIONS_DE_L_ORGANISME} AND e.tour = 2"),
        "carence": site.value(f"SELECT e.id{_PROMOTIONS_DE_L_ORGANISME} AND e.nature = 'carence'"),
        "sien": site.value(f"SELECT a.acteur_id{_APPARTENANCES_DE_L_ORGANISME}"),
        "collegue": site.value(f"SELECT a.id{_APPARTENANCES_DE_L_ORGANISME}"),
        "change": site.value("SELECT id FROM reperes WHERE numero = 2"),
        "remplace": site.value("SELECT id FROM reperes WHERE statut = 'remplace'"),
        "a_revoir": site.value(f"SELECT r.id{_REPERES_DU_SERVICE} AND r.statut = 'publie'"),
        "ebauche": site.value(f"SELECT r.id{_REPERES_DU_SERVICE} AND r.statut = 'brouillon'"),
        "contribution": site.value("SELECT id FROM contributions WHERE etat = 'recue' ORDER BY id DESC"),
        "affichee": site.value("SELECT promotion_id FROM codes_de_promotion"),
        "code": site.value("SELECT code FROM codes_de_promotion"),
        "ferme": site.value("SELECT id FROM acteurs WHERE ferme_le IS NOT NULL"),
    }
