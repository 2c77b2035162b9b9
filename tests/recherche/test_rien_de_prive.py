"""A word that stands only in a text that is not public is never found, counted, completed or suggested."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_acteur, make_brouillon, make_fiche, make_initiative
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.core.cache import clear_caches
from mse.depot.use_cases.deposer import deposer_fiche
from mse.echanges.use_cases import ecrire_message, noter
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import NatureEtape
from mse.initiatives.use_cases.ecrire import donner_nouvelle
from mse.initiatives.use_cases.moderer import retirer_initiative
from mse.moderation.use_cases import masquer_etape, retablir_fiche, retirer_fiche
from mse.recherche.models import DocumentRecherche, Mot
from mse.recherche.use_cases import index_due, reindex
from mse.redaction.use_cases.fichiers import masquer_piece
from tests.fichiers import photo
from tests.recherche.chercher import found, open_page, read_shown
from tests.redaction.fichiers import list_pieces, repondre_avec

pytestmark = pytest.mark.usefixtures("jour")

MOT, FAUTE, DEBUT = "xylophone", "xylophome", "xyloph"
TEXTE = f"Le {MOT} du centre est cassé depuis lundi. {LONGUE}"
MOTIF = "Ce texte nomme une personne."


def _brouillon(monde: Monde) -> None:
    make_brouillon(monde.promotion, monde.samira, titre=f"Le {MOT} est cassé", probleme=TEXTE)


def _retenue(monde: Monde) -> None:
    fiche = make_brouillon(
        monde.promotion,
        monde.samira,
        titre=f"Le {MOT} est cassé",
        probleme=f"{TEXTE} Appelez le 06 12 34 56 78.",
        destinataires=[monde.transports.id],
    )
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    assert not fiche.est_publique


def _retiree(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Cassé", probleme=TEXTE)
    index_due()
    retirer_fiche(fiche, MOTIF, par=monde.animatrice)


def _retiree_avec_sa_reponse(monde: Monde) -> None:
    repondre_saisine(monde.saisine, TEXTE, par=monde.agent)
    index_due()
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)


def _reponse_masquee(monde: Monde) -> None:
    repondre_saisine(monde.saisine, TEXTE, par=monde.agent)
    index_due()
    [etape] = [une for une in monde.fiche.etapes if une.nature == NatureEtape.REPONSE]
    masquer_etape(etape, MOTIF, par=monde.animatrice)


def _message(monde: Monde) -> None:
    assert ecrire_message(monde.saisine, TEXTE, cle=str(uuid4()), par=monde.agent) == []


def _note(monde: Monde) -> None:
    noter(monde.saisine, TEXTE, cle=str(uuid4()), par=monde.agent)


def _fichier(monde: Monde) -> None:
    repondre_avec(monde.saisine, monde.agent, (f"{MOT}.jpg", photo()))


def _fichier_masque(monde: Monde) -> None:
    _fichier(monde)
    index_due()
    masquer_piece(list_pieces()[0], MOTIF, par=monde.animatrice)


def _initiative_retiree(monde: Monde) -> None:
    initiative = make_initiative(monde.promotion, monde.samira, description=TEXTE)
    index_due()
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)


def _acteur_ferme(monde: Monde) -> None:
    acteur = make_acteur(f"Service du {MOT}")
    reindex(lambda _done: None)
    fermer_acteur(acteur, par=monde.admin)


def _noms_et_adresses(monde: Monde) -> None:
    for compte in (monde.samira, monde.karim, monde.agent):
        compte.nom, compte.courriel = MOT.capitalize(), f"{MOT}.{compte.id}@exemple.fr"
    monde.transports.courriel = f"{MOT}@exemple.fr"
    db.session.commit()
    reindex(lambda _done: None)


PRIVES: dict[str, Callable[[Monde], None]] = {
    "brouillon": _brouillon,
    "retenue": _retenue,
    "retirée": _retiree,
    "retirée, sa réponse": _retiree_avec_sa_reponse,
    "réponse masquée": _reponse_masquee,
    "message": _message,
    "note": _note,
    "fichier": _fichier,
    "fichier masqué": _fichier_masque,
    "initiative retirée": _initiative_retiree,
    "acteur fermé": _acteur_ferme,
    "noms et adresses": _noms_et_adresses,
}


@pytest.mark.parametrize("cas", PRIVES)
@pytest.mark.parametrize("indexe", [True, False], ids=["indexé", "pas encore"])
def test_rien_de_prive_ne_se_trouve(monde: Monde, client: Any, cas: str, indexe: bool) -> None:
    index_due()
    PRIVES[cas](monde)
    db.session.rollback()
    if indexe:
        index_due()
    for mots in (MOT, FAUTE, DEBUT, f"{MOT} centre", f"cars {FAUTE}"):
        clear_caches()
        page = client.get("/recherche", query_string={"q": mots}).text
        assert MOT not in read_shown(page).replace(f"«\u202f{mots}\u202f»", "")
        assert "Rien ne contient tous ces mots" in page
    assert db.session.scalars(select(Mot.mot).where(Mot.mot.startswith(DEBUT))).all() == []
    assert [une for une in db.session.scalars(select(DocumentRecherche.texte)) if DEBUT in une] == []


def test_une_forme_privee_ne_se_propose_pas(monde: Monde, client: Any) -> None:
    """The stem is public, this form of the word is not."""
    make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"Le {MOT} est cassé")
    cachee = make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"Deux {MOT}s cassés")
    index_due()
    retirer_fiche(cachee, MOTIF, par=monde.animatrice)
    assert db.session.get(Mot, f"{MOT}s") is not None
    shown = read_shown(open_page(client, f"{MOT}ss"))
    assert MOT in shown
    assert f"{MOT}s" not in shown.replace(f"{MOT}ss", "")


def test_une_nouvelle_d_initiative_ne_s_indexe_pas(monde: Monde, client: Any) -> None:
    donner_nouvelle(make_initiative(monde.promotion, monde.samira), TEXTE, par=monde.samira)
    assert found(client, MOT) == []


def test_une_fiche_retablie_se_retrouve(monde: Monde, client: Any) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, titre=f"Le {MOT} est cassé")
    index_due()
    retirer_fiche(fiche, MOTIF, par=monde.animatrice)
    assert found(client, MOT) == []
    retablir_fiche(fiche, par=monde.animatrice)
    assert found(client, MOT) == [fiche.titre]
