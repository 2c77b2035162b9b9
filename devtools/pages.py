"""The pages of each role, as patterns of paths. Shared by the accessibility test, the proofs and the
pictures."""

from typing import Any

from devtools.site import Site

VISITEUR = [
    "/",
    "/_composants",
    "/fiches",
    "/fiches?statut=abandonnee&theme=numerique",
    "/fiches/{fiche}",
    "/fiches/{transferee}",
    "/acteurs",
    "/acteurs/{acteur}",
    "/initiatives",
    "/meteo/bulletins/abonnement",
    "/initiatives?statut=en_cours",
    "/initiatives/{initiative}",
    "/meteo",
    "/meteo/13",
    "/meteo/13-9312",
    "/meteo/definition",
    "/meteo/bulletins",
    "/meteo/bulletins/{bulletin}",
    "/meteo/93/representation",
    "/meteo/93/ecoute",
    "/meteo/13?le=2001-01-01",
    "/bienvenue",
    "/connexion",
    "/connexion/lien",
    "/connexion/entrer",
    "/mot-de-passe-oublie",
    "/invitation",
    "/a-propos",
    "/aide",
    "/aide/delegue",
    "/aide/administration",
    "/mentions-legales",
    "/donnees-personnelles",
    "/accessibilite",
    "/affichage",
    "/fiches/999999",
    "/fiches?avant=zz",
    "/mon-espace",
]
DELEGUE = [
    "/mon-espace",
    "/fiches/nouvelle",
    "/mon-compte",
    "/mon-compte/identite",
    "/mon-compte/courriel",
    "/mon-compte/mot-de-passe",
    "/mon-compte/notifications",
    "/notifications",
    "/fiches/{sienne}",
    *(
        f"/fiches/{{brouillon}}/brouillon/{etape}"
        for etape in (
            "theme",
            "probleme",
            "causes",
            "consequences",
            "solution",
            "effectif",
            "pieces",
            "destinataires",
            "relecture",
        )
    ),
    "/fiches/{brouillon}/suppression",
    "/fiches/{sienne}/saisines/{sa_saisine}/avis",
    "/fiches/{sienne}/saisines/{sa_saisine}/demande-de-reouverture",
    "/initiatives/nouvelle",
    "/initiatives/{initiative}/participation",
    "/fiches/{sienne}/precision",
    "/fiches/{sienne}/pieces/ajout",
    "/fiches/{sienne}/plus-d-actualite",
    "/fiches/{questionnee}/saisines/{sa_question}/echanges",
]
AGENT = [
    "/mon-espace",
    "/mon-espace/reponses",
    "/mon-espace/lot?s={saisine}",
    "/fiches/{confiee}",
    *(
        f"/fiches/{{confiee}}/saisines/{{saisine}}/{geste}"
        for geste in (
            "prise-en-charge",
            "reponse",
            "reglement",
            "abandon",
            "etape",
            "reouverture",
            "decision",
            "prolongation",
            "transfert",
            "transfert?q=formation",
            "attribution",
        )
    ),
    "/fiches/{confiee}/elargissement",
    "/mon-espace?liste=en-cours&ouvrir={saisine}",
    "/mes-brouillons",
    "/acteurs/{equipe}/modeles",
    "/acteurs/{equipe}/modeles/nouveau",
    "/acteurs/{equipe}/modeles/{modele}",
    "/fiches/{questionnee}",
    "/fiches/{questionnee}/saisines/{sa_question}/echanges",
    "/fiches/{discutee}/saisines/{sa_discussion}/echanges",
    "/fiches/{discutee}/saisines/{sa_discussion}/notes",
]
ANIMATION = [
    "/mon-espace",
    "/acteurs/{acteur}/relances",
    "/fiches/{confiee}/saisines/{saisine}/relance",
    "/invitations",
    "/invitations/{invitee}",
    "/fiches/{retenue}/moderation",
    "/meteo/bulletins",
    "/meteo/bulletins/nouveau",
    "/audience",
    "/meteo/bulletins/{a_publier}",
    "/meteo/bulletins/{a_publier}/publication",
    "/meteo/bulletins/{a_publier}/suppression",
    "/initiatives/{initiative}",
    *(
        f"/initiatives/{{initiative}}/{geste}"
        for geste in (
            "modifier",
            "nouvelles",
            "documents",
            "fiches",
            "porteurs",
            "moderation",
            "avancement/abandonner",
        )
    ),
    "/fiches/{fiche}/orientation",
    "/fiches/{confiee}",
    "/fiches/{confiee}/saisines/{saisine}/transfert",
    "/fiches/{retiree}/retablissement",
    "/fiches/{transferee}/etapes/{etape}/masquage",
    "/acteurs/{ferme}/gestion",
    "/acteurs/{ferme}/reouverture",
    "/acteurs/{acteur}/gestion",
    "/acteurs/{acteur}/fermeture",
    "/acteurs/{acteur}/competences/nouvelle",
    "/acteurs/nouveau",
    "/acteurs/sans-compte",
    "/themes",
    "/themes/nouveau",
    "/themes/transport",
    "/territoires",
    "/territoires/13",
    "/comptes",
    "/comptes?etat=invite",
    "/importer/personnes",
    "/importer/promotions",
]
ORGANISME = [
    "/mon-espace",
    "/acteurs/{organisme}/promotions",
    "/acteurs/{organisme}/promotions?moment=a-venir",
    "/acteurs/{organisme}/promotions/nouvelle",
    "/promotions/{representee}",
    "/promotions/{representee}/modifier",
    "/promotions/{a_elire}/election",
    "/promotions/{a_elire}/election/documents",
    "/promotions/{a_elire}/election/resultat",
    "/promotions/{a_elire}/election/carence",
    "/promotions/{representee}/election/resultat",
    "/elections/{election}",
    "/elections/{carence}",
    "/mandats/{mandat}/fin",
    "/bienvenue",
]
REFERENT = [
    "/acteurs/{sien}/gestion",
    "/acteurs/{sien}/profil",
    "/acteurs/{sien}/modeles/{son_modele}/suppression",
    "/acteurs/{sien}/agents/nouveau",
    "/acteurs/{sien}/agents/{collegue}/role",
    "/acteurs/{sien}/agents/{collegue}/depart",
    "/acteurs/{sien}/agents/{collegue}/absences",
]
ADMINISTRATION = ["/mon-espace", "/comptes/nouveau", "/comptes/1/fermeture", "/comptes/1/reouverture"]
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
    " AND f.publication = 'publiee' ORDER BY s.id DESC"
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
_DISCUSSIONS = " FROM saisines s JOIN notes_internes n ON n.saisine_id = s.id ORDER BY s.id"
# role: (account of the demonstration, pages)
PAGES = {
    "visiteur": (None, VISITEUR),
    "delegue": ("delegue@demo.example", DELEGUE),
    "agent": ("service@demo.example", AGENT),
    "organisme": ("organisme@demo.example", ORGANISME),
    "referent": ("organisme@demo.example", REFERENT),
    "animation": ("animation@demo.example", ANIMATION),
    "admin": ("admin@demo.example", ADMINISTRATION),
}


def find_demo_ids(site: Site) -> dict[str, Any]:
    """Return the ids that fill the patterns of PAGES, from the demonstration."""
    return {
        "initiative": site.value("SELECT id FROM initiatives WHERE statut = 'en_cours' ORDER BY id"),
        "bulletin": site.value("SELECT id FROM bulletins WHERE publie_le IS NOT NULL"),
        "a_publier": site.value("SELECT id FROM bulletins WHERE publie_le IS NULL"),
        "invitee": site.value("SELECT id FROM comptes WHERE active_le IS NULL AND courriel IS NOT NULL"),
        "fiche": site.value(
            "SELECT id FROM fiches WHERE publication = 'publiee' AND statut = 'reglee' ORDER BY id"
        ),
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
        "discutee": site.value(f"SELECT s.fiche_id{_DISCUSSIONS}"),
        "sa_discussion": site.value(f"SELECT s.id{_DISCUSSIONS}"),
        "organisme": site.value(f"SELECT p.organisme_id{_PROMOTIONS_DE_L_ORGANISME}"),
        "a_elire": site.value(f"SELECT p.id{_PROMOTIONS_DE_L_ORGANISME} AND e.id IS NULL ORDER BY p.debut"),
        "representee": site.value(f"SELECT p.id{_PROMOTIONS_DE_L_ORGANISME} AND e.tour = 2"),
        "election": site.value(f"SELECT e.id{_PROMOTIONS_DE_L_ORGANISME} AND e.tour = 2"),
        "mandat": site.value(f"SELECT e.titulaire_id{_PROMOTIONS_DE_L_ORGANISME} AND e.tour = 2"),
        "carence": site.value(f"SELECT e.id{_PROMOTIONS_DE_L_ORGANISME} AND e.nature = 'carence'"),
        "sien": site.value(f"SELECT a.acteur_id{_APPARTENANCES_DE_L_ORGANISME}"),
        "collegue": site.value(f"SELECT a.id{_APPARTENANCES_DE_L_ORGANISME}"),
        "ferme": site.value("SELECT id FROM acteurs WHERE ferme_le IS NOT NULL"),
    }
