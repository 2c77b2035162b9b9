"""Double clicks: a form sent twice is executed once, and both responses confirm it."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import html5lib
import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import LONGUE, Monde, make_acteur, make_agent, make_brouillon, make_initiative
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.avis.use_cases import demander_reouverture
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.initiatives.models import Initiative
from mse.initiatives.use_cases import donner_nouvelle, retirer_initiative
from mse.representation.use_cases.comptes import fermer_compte
from tests.fichiers import photo
from tests.gestes import DEFAITS, Geste, make_bulletin

MOTIF = "Le car arrive toujours après le début des cours."
PERSONNE = {"prenom": "Nadia", "nom": "Exemple", "courriel": "nadia@exemple.fr"}
UNCOUNTED = {"echecs_connexion", "audience_jours", "lectures_echanges", "sessions"}  # any request writes


def _initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


def _texte(monde: Monde, suite: str, **champs: Any) -> Geste:
    return monde.samira, f"/initiatives/{_initiative(monde).id}/{suite}", champs


def _acteur(monde: Monde, suite: str, par: str = "animatrice", **champs: Any) -> Geste:
    return getattr(monde, par), f"/acteurs/{monde.transports.id}/{suite}", champs


def _libre(monde: Monde) -> int:
    """Create an acteur without saisine and return its id."""
    return make_acteur("Service sans fiche").id


def _saisine(monde: Monde, suite: str, par: str = "agent", **champs: Any) -> Geste:
    return getattr(monde, par), f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/{suite}", champs


def _decider(monde: Monde) -> Geste:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, MOTIF, par=monde.samira)
    return _saisine(monde, "decision", decision="refuser", texte=LONGUE)


def _masquer_ligne(monde: Monde) -> Geste:
    initiative = _initiative(monde)
    donner_nouvelle(initiative, MOTIF, par=monde.samira)
    ligne = initiative.lignes[-1].id
    return monde.animatrice, f"/initiatives/{initiative.id}/lignes/{ligne}/masquage", {"texte": MOTIF}


def _retablir_initiative(monde: Monde) -> Geste:
    initiative = _initiative(monde)
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)
    return monde.animatrice, f"/initiatives/{initiative.id}/moderation", {"retablir": "1"}


def _rouvrir_acteur(monde: Monde) -> Geste:
    acteur = make_acteur("Service sans fiche")
    fermer_acteur(acteur, par=monde.animatrice)
    return monde.animatrice, f"/acteurs/{acteur.id}/reouverture", {}


def _rouvrir_compte(monde: Monde) -> Geste:
    fermer_compte(monde.lea, par=monde.admin)
    return monde.admin, f"/comptes/{monde.lea.id}/reouverture", {}


def _poste(monde: Monde, suite: str, **champs: Any) -> Geste:
    make_agent(monde.transports, "Rosa", referent=True)
    poste = next(a for a in monde.transports.appartenances if a.compte is monde.referent)
    return _acteur(monde, f"agents/{poste.id}/{suite}", **champs)


PROMOTION = {
    "titre": "Pâtissier",
    "commune": "Marseille",
    "debut": "2026-09-01",
    "fin": "2027-06-30",
    "effectif": "12",
}
# Tested with their capability, or without effect: a sign-in, a search, a download.
# fmt: off
AILLEURS = {
    "accueil.affichage", "annuaire.absences_de", "annuaire.annuler_absence", "representation.carence",
    "imports.importer_des_organismes", "imports.importer_des_personnes", "imports.importer_des_promotions",
    "imports.rapport", "representation.documents", "representation.resultat", "comptes.bienvenue",
    "comptes.code", "comptes.connexion", "comptes.courriel", "comptes.confirmer_courriel",
    "comptes.deconnexion", "comptes.demander_lien", "comptes.entrer", "comptes.fermer", "echanges.laisser",
    "comptes.fermer_les_autres", "comptes.oublie", "comptes.reinitialiser", "fiches.ajouter_etape",
    "avis.durabilite_par_lien", "avis.donner", "avis.par_lien", "depot.brouillon", "avis.contester",
    "avis.dire_durabilite", "avis.demander_reouverture", "notifications.fin_des_resumes", "depot.joindre",
    "responsables.elargir", "moderation.moderer", "depot.nouvelle", "moderation.orienter", "depot.preciser",
    "responsables.transferer", "moderation.retablir", "fiches.rouvrir", "relances.prolonger",
    "depot.signaler_plus_actuelle", "initiatives.porteurs", "relances.relancer", "relances.relancer_acteur",
    "meteo.publier_bulletin", "travail.filtres", "travail.supprimer_filtre", "redaction.apercu",
    "redaction.effacer", "redaction.inserer", "notifications.recevoir", "notifications.adresses_refusees",
    "notifications.liste", "notifications.reception", "redaction.garder", "redaction.joindre",
    "notifications.fin_des_resumes_recue", "echanges.reprendre", "suivis.suivre", "suivis.mes_suivis",
    "suivis.fin", "suivis.fin_recue", "suivis.confirmation", "suivis.rester", "suivis.fin_de_tout",
    "classe.accueil", "classe.ecarter", "classe.ecrire", "classe.effacer", "classe.fermer", "classe.laisser",
    "classe.lire", "classe.ouvrir", "classe.remettre", "classe.remplacer", "classe.signature",
    "classe.trouver", "bilans.envoyer", "bilans.envoyer_tous", "suivis.fin_de_tout_recue",
    "representation.jamais_ouvertes", "affiches.papier", "attestations.etablir", "attestations.revoquer",
    "attestations.verifier", "depot.garder", "doublons.ecarter", "doublons.pendant", "doublons.reunir",
    "doublons.separer", "passation.dossier", "passation.marquer_vue", "passation.mot", "reperes.lier",
    "reperes.masquer", "reperes.modifier", "reperes.promouvoir", "reperes.publier", "reperes.remplacer",
    "reperes.retirer", "reperes.revoir", "reperes.supprimer", "soutiens.retirer", "soutiens.soutenir",
    "masquage.retablir", "signalements.contester", "signalements.suivre", "signalements.decider_fiche",
    "signalements.decider_initiative", "signalements.decider_repere", "signalements.initiative",
    "signalements.repere",
    "confidentiel.ecrire", "confidentiel.recu", "confidentiel.suivi", "confidentiel.sien",
    "confidentiel.ouvrir", "confidentiel.traiter", "confidentiel.nommer", "confidentiel.retirer",
}
# fmt: on
GESTES: dict[str, Callable[[Monde], Geste]] = {
    **DEFAITS,
    "initiatives.nouvelle": lambda m: (
        m.samira,
        "/initiatives/nouvelle",
        {
            "titre": "Un guide",
            "description": LONGUE,
            "theme_code": "transport",
            "porteur": f"promotion:{m.promotion.id}",
        },
    ),
    "initiatives.donner_nouvelle": lambda m: _texte(m, "nouvelles", texte=MOTIF),
    "initiatives.avancer": lambda m: _texte(m, "avancement/lancer", mot=MOTIF),
    "initiatives.avancer expliquée": lambda m: _texte(m, "avancement/realiser", mot=MOTIF),
    "initiatives.modifier": lambda m: _texte(
        m, "modifier", titre="Un autre guide", description=LONGUE, theme_code="transport"
    ),
    "initiatives.participer": lambda m: (
        m.lea,
        f"/initiatives/{_initiative(m).id}/participation",
        {},
    ),
    "initiatives.lier": lambda m: _texte(m, "fiches", fiche_id=m.fiche.id),
    "initiatives.documents": lambda m: _texte(m, "documents", fichiers=photo()),
    "initiatives.moderer retirer": lambda m: (
        m.animatrice,
        f"/initiatives/{_initiative(m).id}/moderation",
        {"texte": MOTIF},
    ),
    "initiatives.moderer retablir": _retablir_initiative,
    "initiatives.masquer": _masquer_ligne,
    "meteo.nouveau_bulletin": lambda m: (
        m.animatrice,
        "/meteo/bulletins/nouveau",
        {"titre": "Mars", "jour": "2026-03-01", "texte": LONGUE},
    ),
    "meteo.modifier_bulletin": lambda m: (
        m.animatrice,
        f"/meteo/bulletins/{make_bulletin(m).id}/modifier",
        {"titre": "Avril", "jour": "2026-03-01", "texte": LONGUE},
    ),
    "annuaire.nouvel_agent": lambda m: _acteur(m, "agents/nouveau", **PERSONNE),
    "annuaire.nouvel_agent référent": lambda m: _acteur(m, "agents/nouveau", **PERSONNE, referent="y"),
    "annuaire.changer_role": lambda m: _poste(m, "role", vers="agent"),
    "annuaire.terminer": lambda m: _poste(m, "depart"),
    "annuaire.nouvelle_competence": lambda m: _acteur(
        m, "competences/nouvelle", theme_code="transport", territoire_code="06"
    ),
    "annuaire.fermer": lambda m: (m.animatrice, f"/acteurs/{_libre(m)}/fermeture", {}),
    "annuaire.rouvrir": _rouvrir_acteur,
    "annuaire.modifier": lambda m: _acteur(m, "profil", nom="Service des cars", nature="service"),
    "annuaire.nouveau": lambda m: (m.animatrice, "/acteurs/nouveau", {"nom": "Service", "nature": "service"}),
    "representation.nouvelle_promotion": lambda m: (
        m.animatrice,
        f"/acteurs/{m.lavande.id}/promotions/nouvelle",
        PROMOTION,
    ),
    "representation.modifier_promotion": lambda m: (
        m.animatrice,
        f"/promotions/{m.autre_promotion.id}/modifier",
        {"titre": "Soudeuse"},
    ),
    "representation.nouveau_membre": lambda m: (
        m.admin,
        "/comptes/nouveau",
        {**PERSONNE, "role": "animation"},
    ),
    "representation.fermer_compte": lambda m: (m.admin, f"/comptes/{m.lea.id}/fermeture", {}),
    "representation.rouvrir_compte": _rouvrir_compte,
    "annuaire.nouveau_theme": lambda m: (m.animatrice, "/themes/nouveau", {"libelle": "Les vélos"}),
    "annuaire.theme": lambda m: (m.animatrice, "/themes/transport", {"libelle": "Les transports"}),
    "annuaire.territoire": lambda m: (m.animatrice, "/territoires/13", {"nom": "Les Bouches"}),
    "fiches.prendre_en_charge": lambda m: _saisine(m, "prise-en-charge"),
    "fiches.repondre": lambda m: _saisine(m, "reponse", texte=LONGUE),
    "fiches.regler": lambda m: _saisine(m, "reglement", texte=LONGUE),
    "fiches.abandonner": lambda m: _saisine(m, "abandon", texte=LONGUE),
    "avis.decider": _decider,
}


@pytest.mark.parametrize("nom", GESTES)
def test_un_double_clic_est_fait_une_fois(app: Flask, monde: Monde, as_: Any, nom: str) -> None:
    par, url, champs = GESTES[nom](monde)
    personne = as_(par)
    page = personne.get(url)
    assert page.status_code == 200
    ouverte = _filled(page.text)
    premiere, faites = personne.post(url, data=_with_files(ouverte, champs)), _count_rows()
    assert premiere.status_code == 303, _said(premiere.text)
    personne.get(premiere.location)  # the message of the first click is shown
    seconde = personne.post(url, data=_with_files(ouverte, champs))
    assert seconde.status_code == 303, _said(seconde.text)
    assert seconde.location == premiere.location
    assert _count_rows() == faites
    encore = _messages(personne.get(seconde.location).text)
    assert encore
    for genre, phrase in encore:  # what is done, or that it is done already
        assert genre in ("succes", "info"), phrase
        assert "Rien n’a changé" not in phrase


def test_ce_qui_est_supprime_reste_introuvable_pour_les_autres(monde: Monde, as_: Any) -> None:
    """The confirmation needs the token of the page, signed for one person and one draft. Else the answer is
    404."""
    samira, karim = as_(monde.samira), as_(monde.karim)
    un, autre = (make_brouillon(monde.promotion, monde.samira).id for _fois in range(2))
    vues = {numero: _filled(samira.get(f"/fiches/{numero}/suppression").text) for numero in (un, autre)}
    for numero in (un, autre):
        assert samira.post(f"/fiches/{numero}/suppression", data=vues[numero]).status_code == 303
    assert karim.poster(f"/fiches/{un}/suppression", "/", vu=vues[un]["vu"]).status_code == 404
    assert samira.poster(f"/fiches/{un}/suppression", "/", vu=vues[autre]["vu"]).status_code == 404
    assert samira.poster(f"/fiches/{un}/suppression", "/", vu="x").status_code == 404
    assert samira.get(f"/fiches/{un}/suppression").status_code == 404
    encore = samira.post(f"/fiches/{un}/suppression", data=vues[un])
    assert "Ce brouillon est déjà supprimé" in samira.get(encore.location).text


def test_chaque_geste_est_essaye(app: Flask) -> None:
    acceptent = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    essayes = {nom.split()[0] for nom in GESTES}
    assert acceptent - essayes == AILLEURS


def _filled(page: str) -> dict[str, str]:
    """Return the fields of the last form of the page, as a browser would send them."""
    champs: dict[str, str] = {}
    form = html5lib.parse(page, namespaceHTMLElements=False).findall(".//main//form")[-1]
    for champ in form.iter():
        nom, genre = champ.get("name"), champ.get("type")
        if (
            nom is None
            or genre == "file"
            or (genre in ("checkbox", "radio") and champ.get("checked") is None)
        ):
            continue
        if champ.tag == "select":
            choix = [une for une in champ.iter("option") if une.get("selected") is not None]
            champs[nom] = (choix or list(champ.iter("option")))[0].get("value") or ""
        else:
            champs[nom] = champ.get("value", "y" if genre == "checkbox" else "") or champ.text or ""
    return champs


def _with_files(ouverte: dict[str, str], champs: dict[str, Any]) -> dict[str, Any]:
    return {
        **ouverte,
        **{
            nom: (BytesIO(valeur), "guide.jpg") if isinstance(valeur, bytes) else valeur
            for nom, valeur in champs.items()
        },
    }


def _messages(page: str) -> list[tuple[str, str]]:
    """Return the kind and the sentence of each message on the page."""
    return re.findall(r'<div class="message (\w+)".*?<p>(.*?)</p></div>', page, re.S)


def _count_rows() -> dict[str, int]:
    tables = [table for table in db.metadata.sorted_tables if table.name not in UNCOUNTED]
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _said(page: str) -> str:
    """Return the title and messages of the page, for the report of a failed test."""
    return " / ".join(
        re.findall(r"<h1[^>]*>(.*?)</h1>|<p>(.*?)</p></div>|class=\"faute[^>]*>(.*?)<", page, re.S)[0:4]
        .__str__()
        .split()
    )
