"""Digests of addresses without account: once a day, never empty, only what is public and new."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, make_acteur, make_fiche
from mse.comptes.models import AdresseRefusee, MotifRefus
from mse.core.clock import at
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine
from mse.fiches.workflow import NatureEtape
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.notifications import resumes_suivis
from mse.notifications.models import Courriel
from mse.notifications.resumes_suivis import envoyer_resumes_suivis
from mse.responsables.use_cases import transferer_saisine
from tests.fiches.test_lire import counted
from tests.notifications.conftest import take_mails
from tests.suivis.test_par_courriel import LECTRICE, demander, suivre_par_courriel

pytestmark = pytest.mark.usefixtures("jour")
HEURE = timedelta(hours=1)
DEMAIN = JOUR + timedelta(days=1)  # after the hour of the digests


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails(receipts=True)
    return monde


def resumes(le: datetime = DEMAIN) -> list[Courriel]:
    """The digests that the worker writes at `le`, alone."""
    with at(le):
        envoyer_resumes_suivis()
        return [mail for mail in take_mails(receipts=True) if mail.evenement == "resume_suivis"]


def repondre(monde: Monde, texte: str = LONGUE, le: datetime = JOUR + HEURE) -> None:
    with at(le):
        repondre_saisine(monde.saisine, texte, par=monde.agent)


def test_le_resume_dit_le_texte_et_comment_arreter(monde: Monde) -> None:
    theme = suivre_par_courriel("theme", "transport")
    fiche = suivre_par_courriel("fiche", monde.fiche.id)
    cles = theme.cle, fiche.cle
    repondre(monde)
    [mail] = resumes()
    assert mail.destinataire == LECTRICE
    assert mail.sujet == "Une nouvelle de ce que vous suivez"
    assert LONGUE[:40] in (mail.texte or "")
    assert monde.fiche.titre in (mail.html or "")
    assert "Samira" not in f"{mail.texte}{mail.html}"
    assert f"/suivis/{cles[0]}/fin" in (mail.texte or "")  # one news, one reason
    assert f"/suivis/{cles[1]}/fin" not in (mail.texte or "")
    assert "/suivis/tout/" in (mail.desabonnement or "")
    assert mail.desabonnement in (mail.texte or "")


def test_un_resume_par_jour_jamais_vide(monde: Monde) -> None:
    suivre_par_courriel("theme", "transport")
    repondre(monde)
    assert resumes(JOUR + 2 * HEURE) == []  # its hour has not come
    assert len(resumes()) == 1
    assert resumes(DEMAIN + HEURE) == []
    assert resumes(DEMAIN + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("objet", "lire"),
    [
        ("fiche", lambda monde: monde.fiche.id),
        ("territoire", lambda _monde: "93"),
        ("acteur", lambda monde: monde.transports.id),
    ],
)
def test_chaque_objet_apporte_ses_nouvelles(monde: Monde, objet: str, lire: Callable[[Monde], Any]) -> None:
    suivre_par_courriel(objet, lire(monde))
    repondre(monde)
    assert len(resumes()) == 1


def test_une_nouvelle_fiche_y_est_et_un_brouillon_non(monde: Monde) -> None:
    suivre_par_courriel("acteur", monde.transports.id)
    with at(JOUR + HEURE):
        make_fiche(monde.autre_promotion, monde.lea, monde.transports, titre="Pas d’eau")
        prendre_en_charge(monde.saisine, par=monde.agent)  # not told
    [mail] = resumes()
    assert "Pas d’eau" in (mail.texte or "")
    assert "Nouvelle fiche" in (mail.texte or "")
    assert monde.fiche.titre not in (mail.texte or "").replace("Pas d’eau", "")


def test_l_ancien_et_le_nouveau_responsable_d_un_transfert(monde: Monde) -> None:
    nouveau = make_acteur("Service Gares")
    for acteur, courriel in ((monde.transports, LECTRICE), (nouveau, "gare@exemple.fr")):
        suivre_par_courriel("acteur", acteur.id, courriel)
    with at(JOUR + HEURE):
        transferer_saisine(monde.saisine, nouveau.id, "Cela dépend de vous.", par=monde.agent)
    assert {mail.destinataire for mail in resumes()} == {LECTRICE, "gare@exemple.fr"}


def test_ce_qui_n_est_plus_public_n_y_est_pas(monde: Monde) -> None:
    suivre_par_courriel("theme", "transport")
    repondre(monde)
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    assert resumes() == []


def test_un_texte_masque_y_a_sa_raison(monde: Monde) -> None:
    suivre_par_courriel("theme", "transport")
    repondre(monde, f"{LONGUE} Madame Dupont l’a dit.")
    etape = db.session.scalars(select(Etape).where(Etape.nature == NatureEtape.REPONSE)).one()
    masquer_etape(etape, "Ce texte nomme une personne.", par=monde.animatrice)
    [mail] = resumes()
    assert "Dupont" not in f"{mail.texte}{mail.html}"
    assert "Ce texte nomme une personne." in (mail.texte or "")


def test_avant_la_confirmation_rien_ne_part(monde: Monde) -> None:
    suivre_par_courriel("acteur", monde.remuneration.id)
    demander("theme", "transport")
    repondre(monde)
    assert resumes() == []


def test_ce_qui_precede_la_confirmation_n_est_plus_une_nouvelle(monde: Monde) -> None:
    suivre_par_courriel("acteur", monde.remuneration.id)
    repondre(monde)
    with at(JOUR + 2 * HEURE):
        suivre_par_courriel("theme", "transport")
    assert resumes() == []


def test_qui_le_lit_deja_avec_son_compte_n_a_pas_de_deuxieme_courriel(monde: Monde) -> None:
    for compte in (monde.samira, monde.agent):  # told as a delegate; the author
        suivre_par_courriel("theme", "transport", compte.courriel or "")
    take_mails()
    repondre(monde)
    with at(JOUR + HEURE):
        take_mails()
    assert resumes() == []


def test_une_adresse_qui_n_existe_plus_se_repose(monde: Monde) -> None:
    suivre_par_courriel("theme", "transport")
    db.session.add(AdresseRefusee(courriel=LECTRICE, motif=MotifRefus.ADRESSE, le=JOUR, par_retour=False))
    db.session.commit()
    repondre(monde)
    assert resumes() == []


def test_beaucoup_d_adresses_par_lots(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumes_suivis, "PAR_LOT", 2)
    for numero in range(5):
        suivre_par_courriel("theme", "transport", f"a{numero}@exemple.fr")
    repondre(monde)
    assert len(resumes()) == 5


def test_dix_adresses_ne_coutent_pas_plus_de_lectures_qu_une(monde: Monde) -> None:
    def lectures(le: datetime) -> int:
        with at(le), counted() as requetes:
            envoyer_resumes_suivis()
        return len([une for une in requetes if une.startswith(("SELECT", "WITH"))])

    suivre_par_courriel("theme", "transport")
    repondre(monde)
    une = lectures(DEMAIN)
    with at(DEMAIN + HEURE):
        for numero in range(10):
            suivre_par_courriel("theme", "transport", f"a{numero}@exemple.fr")
    with at(DEMAIN + 2 * HEURE):
        make_fiche(monde.autre_promotion, monde.lea, monde.transports)
    assert lectures(DEMAIN + timedelta(days=1)) == une


def test_une_longue_panne_du_worker_ne_raconte_pas_tout(monde: Monde) -> None:
    suivre_par_courriel("theme", "transport")
    repondre(monde)
    assert resumes(JOUR + timedelta(days=20)) == []
