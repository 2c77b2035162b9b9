"""Requests that delete, withdraw, invite or change an account, for the tests of double clicks."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_brouillon, make_initiative, make_promotion
from mse.annuaire.use_cases.creer import creer_competence
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.files import Envoi
from mse.echanges.models import Message
from mse.echanges.use_cases import ecrire_message, signaler_message
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.initiatives.queries import list_documents
from mse.initiatives.queries.demandes import list_demandes
from mse.initiatives.use_cases import ajouter_documents, ajouter_porteur, demander_portage
from mse.meteo.models import Bulletin
from mse.meteo.use_cases import composer_bulletin
from mse.representation.models import RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat
from mse.responsables.use_cases import transferer_saisine
from tests.classe.classe import open_class, send
from tests.comptes.gens import AUTRE_MDP, MDP, make_inscrit
from tests.fichiers import photo
from tests.masquage.passages import MOTIF
from tests.redaction.fichiers import repondre_avec
from tests.redaction.modeles import make_modele
from tests.reperes.reperes import make_repere
from tests.representation.invites import invite_agente

Geste = tuple[Compte, str, dict[str, Any]]  # compte, URL, fields


def make_bulletin(monde: Monde) -> Bulletin:
    return composer_bulletin(cle=str(uuid4()), titre="Mars", texte=LONGUE, jour=today(), par=monde.animatrice)


def _annuler_transfert(monde: Monde) -> Geste:
    transferer_saisine(monde.saisine, monde.remuneration.id, "Cela dépend de vous.", par=monde.agent)
    return monde.agent, f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/transfert/annulation", {}


def _competence(monde: Monde) -> Geste:
    competence = creer_competence(
        monde.transports, theme_code="transport", territoire_code="06", par=monde.admin
    )
    return monde.animatrice, f"/acteurs/{monde.transports.id}/competences/{competence.id}/retrait", {}


def _mandat_a_venir(monde: Monde) -> Geste:
    debut = today() + timedelta(days=10)
    promotion = make_promotion(monde.lavande, "Soudeur", debut=debut, fin=debut + timedelta(days=90))
    mandat = ouvrir_mandat(monde.lea, promotion, RoleMandat.TITULAIRE)
    return monde.animatrice, f"/mandats/{mandat.id}/fin", {}


def _quitter(monde: Monde) -> Geste:
    initiative = make_initiative(monde.promotion, monde.samira)
    ajouter_porteur(initiative, monde.autre_promotion, par=monde.animatrice)
    porteur = next(p for p in initiative.porteurs_actuels if p.promotion_id == monde.promotion.id)
    return monde.samira, f"/initiatives/{initiative.id}/porteurs/{porteur.id}/fin", {}


def _demande(monde: Monde, par: Compte, **champs: str) -> Geste:
    initiative = make_initiative(monde.promotion, monde.samira)
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    [demande] = list_demandes(initiative.id)
    return par, f"/initiatives/{initiative.id}/demandes/{demande.id}", champs


def _retirer_document(monde: Monde) -> Geste:
    initiative = make_initiative(monde.promotion, monde.samira)
    ajouter_documents(initiative, [Envoi("guide.jpg", BytesIO(photo()))], par=monde.samira)
    [document] = list_documents(initiative.id)
    return monde.samira, f"/initiatives/{initiative.id}/documents", {"retirer": document.id}


def _invitation(monde: Monde, suite: str = "", **champs: str) -> Geste:
    nora = invite_agente(monde.transports, par=monde.referent)
    return monde.referent, f"/invitations/{nora.id}{suite}", champs


def _mandat(compte: Compte) -> int:
    [mandat] = compte.mandats  # type: ignore[attr-defined]  # a backref
    return int(mandat.id)


def _equipe(monde: Monde) -> Geste:
    lea = {"prenom": monde.lea.prenom, "nom": monde.lea.nom, "courriel": monde.lea.courriel}
    return monde.admin, "/comptes/nouveau", {**lea, "role": "animation"}


def _message(monde: Monde, suite: str) -> Geste:
    """Report a message of the owner, or mask a reported one."""
    saisine = monde.saisine
    assert ecrire_message(saisine, LONGUE, cle=str(uuid4()), par=monde.agent) == []
    message = db.session.scalars(select(Message)).one()
    url = f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/echanges/messages/{message.id}/{suite}"
    if suite == "signalement":
        return monde.samira, url, {}
    signaler_message(message, par=monde.samira)
    return monde.animatrice, url, {"texte": "Ce message insultait quelqu’un."}


def _masquer_piece(monde: Monde) -> Geste:
    piece = repondre_avec(monde.saisine, monde.agent)[0]
    return monde.animatrice, f"/reponses/pieces/{piece.id}/masquage", {"texte": "On y lit un nom."}


def _reprendre(monde: Monde) -> Geste:
    fiche, lien = open_class(monde)
    return monde.samira, f"/fiches/{fiche.id}/classe/{send(lien).id}", {"texte": LONGUE}


def _masquer_etape(monde: Monde) -> Geste:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    url = f"/fiches/{monde.fiche.id}/etapes/{monde.fiche.etapes[-1].id}/masquage"
    return monde.animatrice, url, {"texte": MOTIF}


def _passage(pages: str, make: Callable[[Monde], Any]) -> Callable[[Monde], Geste]:
    """Mask the title of the page."""

    def geste(monde: Monde) -> Geste:
        page = make(monde)
        champs = {"mots": page.titre, "motif": MOTIF, "masquer": "1"}
        return monde.animatrice, f"/{pages}/{page.id}/passages", champs

    return geste


DEFAITS: dict[str, Callable[[Monde], Geste]] = {
    "responsables.annuler_transfert": _annuler_transfert,
    "classe.reprendre": _reprendre,
    "classe.affiche": lambda m: (m.samira, f"/promotions/{m.promotion.id}/affiche", {}),
    "echanges.fil": lambda m: (
        m.agent,
        f"/fiches/{m.fiche.id}/saisines/{m.saisine.id}/echanges",
        {"texte": LONGUE, "fichiers": photo()},
    ),
    "echanges.notes": lambda m: (
        m.agent,
        f"/fiches/{m.fiche.id}/saisines/{m.saisine.id}/notes",
        {"texte": LONGUE},
    ),
    "echanges.signaler": lambda m: _message(m, "signalement"),
    "echanges.masquer": lambda m: _message(m, "masquage"),
    "redaction.masquer_piece": _masquer_piece,
    "moderation.masquer_etape": _masquer_etape,
    "signalements.fiche": lambda m: (
        m.samira,
        f"/fiches/{m.fiche.id}/signalement",
        {"raison": "nom", "texte": MOTIF},
    ),
    "masquage.fiche": _passage("fiches", lambda m: m.fiche),
    "masquage.initiative": _passage("initiatives", lambda m: make_initiative(m.promotion, m.samira)),
    "masquage.repere": _passage("reperes", make_repere),
    "fiches.repondre avec un fichier": lambda m: (
        m.agent,
        f"/fiches/{m.fiche.id}/saisines/{m.saisine.id}/reponse",
        {"texte": LONGUE, "fichiers": photo()},
    ),
    "depot.ajouter": lambda m: (m.samira, f"/fiches/{m.fiche.id}/pieces/ajout", {"fichiers": photo()}),
    "travail.lot": lambda m: (m.agent, f"/mon-espace/lot?s={m.saisine.id}", {"acte": "prendre"}),
    "travail.attribuer": lambda m: (
        m.agent,
        f"/fiches/{m.fiche.id}/saisines/{m.saisine.id}/attribution",
        {"a_qui": str(m.referent.id)},
    ),
    "redaction.nouveau": lambda m: (
        m.agent,
        f"/acteurs/{m.transports.id}/modeles/nouveau",
        {"titre": "Horaires", "texte": LONGUE},
    ),
    "redaction.modifier": lambda m: (
        m.agent,
        f"/acteurs/{m.transports.id}/modeles/{make_modele(m).id}",
        {"titre": "Autre"},
    ),
    "redaction.supprimer": lambda m: (
        m.referent,
        f"/acteurs/{m.transports.id}/modeles/{make_modele(m).id}/suppression",
        {},
    ),
    "meteo.supprimer_bulletin": lambda m: (
        m.animatrice,
        f"/meteo/bulletins/{make_bulletin(m).id}/suppression",
        {},
    ),
    "initiatives.quitter": _quitter,
    "initiatives.demande retirer": lambda m: _demande(m, m.lea, retirer="1"),
    "initiatives.demande accepter": lambda m: _demande(m, m.samira, accepter="1"),
    "initiatives.documents retirer": _retirer_document,
    "depot.supprimer": lambda m: (
        m.samira,
        f"/fiches/{make_brouillon(m.promotion, m.samira).id}/suppression",
        {},
    ),
    "annuaire.retirer_competence": _competence,
    "representation.fin_mandat": lambda m: (m.animatrice, f"/mandats/{_mandat(m.samira)}/fin", {}),
    "annuaire.fin_mandat à venir": _mandat_a_venir,
    "representation.invitation": lambda m: _invitation(m, moyen="courriel"),
    "representation.corriger_adresse": lambda m: _invitation(m, "/adresse", courriel="nora.juste@exemple.fr"),
    "annuaire.nouveau_membre qui a un compte": _equipe,
    "comptes.identite": lambda m: (m.lea, "/mon-compte/identite", {"prenom": "Lea", "nom": "Autre"}),
    "comptes.mot_de_passe": lambda m: (
        make_inscrit("Vera"),
        "/mon-compte/mot-de-passe",
        {"ancien": MDP, "nouveau": AUTRE_MDP, "confirmation": AUTRE_MDP},
    ),
}
