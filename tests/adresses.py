"""The objects behind the URLs of `droits.txt`."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import current_app
from sqlalchemy import select

from devtools.factories import (
    Monde,
    keep,
    make_brouillon,
    make_compte,
    make_election,
    make_fiche,
    make_initiative,
)
from mse.annuaire.models import Appartenance
from mse.bilans.trimestres import Trimestre
from mse.classe.models import ClasseDeFiche, Contribution, Mot
from mse.classe.use_cases import contribuer as par_le_lien
from mse.classe.use_cases.mots import donner_code, laisser_mot
from mse.classe.use_cases.ouvrir import ouvrir_classe
from mse.classe.workflow import Nature
from mse.core.clock import now, today
from mse.core.files import Envoi
from mse.depot.use_cases.deposer import deposer_fiche
from mse.depot.use_cases.joindre import joindre_pieces
from mse.doublons.models import DoublonProbable
from mse.doublons.use_cases.reunir import reunir
from mse.echanges.models import Message, PieceMessage
from mse.echanges.use_cases import ecrire_message, noter, signaler_message
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from mse.imports.use_cases.importer_liste import demander_import, importer_liste
from mse.initiatives.queries import list_documents
from mse.initiatives.queries.demandes import list_demandes
from mse.initiatives.use_cases import ajouter_documents, demander_portage
from mse.meteo.use_cases import composer_bulletin
from mse.moderation.use_cases import retirer_fiche
from mse.notifications.models import Notification
from mse.notifications.reception import Famille, Rythme
from mse.redaction.use_cases.fichiers import masquer_piece
from mse.responsables.use_cases import transferer_saisine
from mse.suivis.models import Abonne, Suivi
from mse.suivis.queries.cibles import get_cible
from mse.suivis.use_cases import demander_suivi
from tests.attestations.attester import make_attestation
from tests.confidentiel.secret import make_referent, send
from tests.fichiers import photo
from tests.masquage.passages import make_passage
from tests.redaction.fichiers import joindre as joindre_a_la_reponse
from tests.redaction.fichiers import list_pieces, repondre_avec
from tests.redaction.modeles import make_modele
from tests.reperes.reperes import make_reperes

LISTE = Path(__file__).parent / "donnees" / "organismes_fictifs_format_2017.csv"
MESSAGE = "CANARI-MESSAGE"
NOTE = "CANARI-NOTE"
SECRETS = {
    "brouillon": "CANARI-BROUILLON", "retenue": "CANARI-RETENUE", "retiree": "CANARI-RETIREE",
    "contribution": "CANARI-IDEE", "prenom": "CANARI-PRENOM", "mot": "CANARI-MOT",
    "confidentiel": "CANARI-CONFIDENTIEL",
}  # fmt: skip


def make_adresses(monde: Monde) -> dict[str, Any]:
    """The ids to put in the URLs of `droits.txt`. Each private fiche contains its own secret word, so that a
    test can search for it in the pages."""

    pieces: dict[str, int] = {}

    def joindre(nom: str, fiche: Fiche) -> None:
        envoi = Envoi("arret.jpg", BytesIO(photo()))
        assert joindre_pieces(fiche, [envoi], par=monde.samira) == []
        pieces[nom] = db.session.scalars(select(Piece.id).where(Piece.fiche_id == fiche.id)).one()

    def secrete(mot: str) -> Fiche:
        fiche = make_brouillon(
            monde.promotion,
            monde.samira,
            probleme=f"{SECRETS[mot]} 06 12 34 56 78",
            destinataires=[monde.transports.id],
        )
        joindre(f"piece_{mot}", fiche)
        return fiche

    brouillon, retenue, retiree = secrete("brouillon"), secrete("retenue"), secrete("retiree")
    for fiche in (retenue, retiree):
        deposer_fiche(fiche, par=monde.samira, insiste=True)
    retirer_fiche(retiree, f"{SECRETS['retiree']} : raison de la modératrice.", par=monde.animatrice)
    jointe = make_brouillon(monde.promotion, monde.samira, destinataires=[monde.transports.id])
    joindre("piece", jointe)
    deposer_fiche(jointe, par=monde.samira)
    transferee = make_fiche(monde.promotion, monde.samira, monde.transports)
    transferer_saisine(transferee.saisines[0], monde.ailleurs.id, "Cela dépend de vous.", par=monde.agent)
    orpheline = make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    invitee = make_compte("Nora", active_le=None)
    keep(Appartenance(compte=invitee, acteur=monde.transports, debut=today()))
    election = make_election(monde.agent, monde.referent, titulaire=monde.samira)
    liste = demander_import("liste.csv", BytesIO(LISTE.read_bytes()), essai=True, par=monde.admin)
    importer_liste()
    return {
        "liste": liste.id,
        "passage": make_passage(monde, jointe).id,
        "invitee": invitee.id,
        "organisme": election.promotion.organisme_id,
        "promotion": election.promotion_id,
        "autre_promotion": monde.autre_promotion.id,
        "sa_promotion": monde.promotion.id,
        "election": election.id,
        "mandat": election.titulaire_id,
        "acteur": monde.transports.id,
        "trimestre": Trimestre.du(today()).precedent.code,
        "ailleurs": monde.ailleurs.id,
        "modele": make_modele(monde).id,
        "appartenance": next(a.id for a in monde.transports.appartenances if a.compte is monde.agent),
        "competence": monde.transports.competences[0].id,
        "figurant": make_compte("Figurant").id,
        "membre": make_compte("Membre", est_animateur=True).id,
        "fiche": monde.fiche.id,
        "saisine": monde.saisine.id,
        "autre": orpheline.id,
        "orpheline": orpheline.id,
        "transferee": transferee.id,
        "rendue": transferee.saisines[0].id,
        "etape": monde.fiche.etapes[0].id,
        "sans_agent": orpheline.saisines[0].id,
        "brouillon": brouillon.id,
        "retenue": retenue.id,
        "retiree": retiree.id,
        "jointe": jointe.id,
        **_classe(monde),
        **_confidentiel(monde),
        **_echange(monde),
        **_reponse(monde),
        "notification": _notification(monde),
        "attestation": make_attestation(monde.samira).id,
        **_initiative(monde),
        **_doublons(monde),
        **make_reperes(monde),
        **pieces,
    }


def _classe(monde: Monde) -> dict[str, int]:
    """Open a draft to the class, which contributes, and leave a word for its delegates."""
    fiche = make_brouillon(monde.promotion, monde.samira)
    cle = current_app.config["SECRET_KEY"]
    ouvrir_classe(fiche, par=monde.samira, cles=[cle])
    lien = db.session.get_one(ClasseDeFiche, fiche.id).jeton_hash
    de = {"appareil": "a", "adresse": None, "secret": cle}
    par_lien = par_le_lien.Envoi(reference=lien, **de)
    par_le_lien.contribuer(Nature.CAUSE, SECRETS["contribution"], cle="1", de=par_lien)
    par_le_lien.signer(SECRETS["prenom"], de=par_lien)
    code = donner_code(monde.promotion, par=monde.samira)
    laisser_mot(SECRETS["mot"], "", cle="1", de=par_le_lien.Envoi(reference=code, **de))
    return {
        "classe": fiche.id,
        "contribution": db.session.scalars(select(Contribution.id)).one(),
        "mot": db.session.scalars(select(Mot.id)).one(),
        "promotion_de_samira": monde.promotion.id,
    }


def _confidentiel(monde: Monde) -> dict[str, int]:
    """Send a report without an account, and one that Samira signs."""
    make_referent()
    return {
        "confidentiel": send(texte=SECRETS["confidentiel"])[0].id,
        "signe": send(monde.samira)[0].id,
    }


def _doublons(monde: Monde) -> dict[str, int]:
    """Merge a fiche into the public one, and keep a pair of two fiches that resemble each other."""
    reunie = make_fiche(monde.promotion, monde.samira, monde.transports)
    reunir(reunie.id, monde.fiche.id, par=monde.animatrice)
    paire = {"fiche_id": reunie.id, "autre_id": monde.fiche.id, "ressemblance": 80, "trouve_le": now()}
    return {"reunie": reunie.id, "paire": keep(DoublonProbable(**paire)).id}


def _echange(monde: Monde) -> dict[str, int]:
    """Write a private message with a file, a reported one and a note on the public fiche."""
    envois = [Envoi("plan.jpg", BytesIO(photo()))]
    assert ecrire_message(monde.saisine, MESSAGE, cle=str(uuid4()), envois=envois, par=monde.samira) == []
    noter(monde.saisine, NOTE, cle=str(uuid4()), par=monde.agent)
    assert ecrire_message(monde.saisine, "Signalé.", cle=str(uuid4()), par=monde.agent) == []
    message, signale = db.session.scalars(select(Message).order_by(Message.id))
    signaler_message(signale, par=monde.samira)
    piece = db.session.scalars(select(PieceMessage.id)).one()
    return {"message": message.id, "signale": signale.id, "piece_message": piece}


def _reponse(monde: Monde) -> dict[str, int]:
    """Publish an answer with two files, one of which is masked, and keep a third with a draft."""
    repondue = make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]
    publique, masquee = repondre_avec(
        repondue, monde.agent, ("arret.jpg", photo()), ("liste.jpg", photo(couleur="red"))
    )
    masquer_piece(masquee, "Ce document nommait une personne.", par=monde.animatrice)
    joindre_a_la_reponse(monde.saisine, monde.agent)
    return {
        "fiche_repondue": repondue.fiche_id,
        "saisine_repondue": repondue.id,
        "piece_publique": publique.id,
        "piece_masquee": masquee.id,
        "piece_en_brouillon": list_pieces()[-1].id,
    }


def _suivi() -> str:
    cible = get_cible(None, "bulletins", "meteo")
    assert cible is not None
    demander_suivi(cible, "lectrice@exemple.fr", adresse=None, secret="s")
    return db.session.scalars(select(Suivi.cle)).one()


def _notification(monde: Monde) -> int:
    champs = {"evenement": "saisine_repondue", "famille": Famille.REPONSES, "rythme": Rythme.JAMAIS}
    lien = {"fiche_id": monde.fiche.id, "chemin": f"/fiches/{monde.fiche.id}"}
    return keep(Notification(compte_id=monde.samira.id, creee_le=now(), a_resumer=False, **champs, **lien)).id


def _initiative(monde: Monde) -> dict[str, int]:
    initiative = make_initiative(monde.promotion, monde.samira)
    assert ajouter_documents(initiative, [Envoi("guide.jpg", BytesIO(photo()))], par=monde.samira) == []
    demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    return {
        "initiative": initiative.id,
        "demande": list_demandes(initiative.id)[0].id,
        "document": list_documents(initiative.id)[0].id,
        "porteur": initiative.porteurs[0].id,
        "ligne": initiative.lignes[0].id,
        "suivi": _suivi(),
        "abonne": db.session.scalars(select(Abonne.cle)).one(),
        "bulletin": composer_bulletin(
            cle=str(uuid4()),
            titre="Mars",
            texte="Un mois de soleil et de pluie.",
            jour=today(),
            par=monde.animatrice,
        ).id,
    }
