"""Digests: one mail a day or a week, at the chosen hour, never empty, never doubled."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, LONGUE, Monde, hidden_fields, make_fiche
from devtools.smtp import Serveur
from mse.avis.use_cases import donner_avis
from mse.core.clock import at
from mse.extensions import db
from mse.fiches.models import Etape
from mse.fiches.use_cases.traiter import ajouter_etape, regler_saisine, repondre_saisine
from mse.fiches.workflow import Valeur
from mse.moderation.use_cases import masquer_etape, retirer_fiche
from mse.notifications import resumes
from mse.notifications.models import Courriel, Resume
from mse.notifications.reception import Famille, Rythme
from mse.notifications.reglages import lire, read_reception
from mse.notifications.resumes import envoyer_resumes
from mse.notifications.worker import drain
from tests.courriels import write_mails
from tests.notifications.conftest import take_mails
from tests.notifications.test_centre import choisir, de

pytestmark = pytest.mark.usefixtures("jour")  # Monday, 16 November 2026, 10:00 in Paris
SEPT_HEURES = JOUR + timedelta(hours=21)  # Tuesday, 7:00 in Paris


@pytest.fixture
def monde(monde: Monde) -> Monde:
    take_mails(receipts=True)
    choisir(monde.samira, Famille.REPONSES, Rythme.QUOTIDIEN)
    choisir(monde.samira, Famille.AVANCEMENT, Rythme.QUOTIDIEN)
    return monde


def ecrits(instant: Any) -> list[Courriel]:
    """The digests that the worker writes at that instant."""
    with at(JOUR + timedelta(hours=2)):
        write_mails()
    with at(instant):
        envoyer_resumes()
    return [mail for mail in take_mails() if mail.evenement == "resume"]


def test_un_seul_courriel_le_matin_avec_les_textes(monde: Monde) -> None:
    autre = make_fiche(monde.promotion, monde.karim, monde.transports, titre="Pas de micro-ondes")
    ajouter_etape(monde.saisine, "Nous avons appelé le transporteur, qui doit répondre.", par=monde.agent)
    with at(JOUR + timedelta(hours=1)):
        repondre_saisine(autre.saisines[0], f"{LONGUE} **Demain.**", par=monde.agent)
    assert ecrits(SEPT_HEURES - timedelta(minutes=1)) == []
    [resume] = ecrits(SEPT_HEURES)
    assert resume.destinataire == monde.samira.courriel
    assert resume.sujet == "2 nouvelles pour vous"
    for corps in (resume.texte, resume.html):
        assert corps.index("Pas de micro-ondes") < corps.index(monde.fiche.titre)  # newest first
        assert "Nous avons appelé le transporteur" in corps
        assert f"/fiches/{autre.id}" in corps
        assert "/mon-compte/notifications" in corps
        assert str(resume.desabonnement) in corps
    assert "<strong>Demain.</strong>" in resume.html
    assert "**" not in resume.texte
    for plus_tard in (SEPT_HEURES, SEPT_HEURES + timedelta(hours=2), SEPT_HEURES + timedelta(days=1)):
        assert ecrits(plus_tard) == []


def test_l_heure_est_celle_de_la_personne(monde: Monde) -> None:
    choisir(monde.samira, Famille.REPONSES, Rythme.QUOTIDIEN, heure=18)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert ecrits(JOUR + timedelta(hours=7, minutes=59)) == []
    assert len(ecrits(JOUR + timedelta(hours=8))) == 1  # 18:00 in Paris, the same day


def test_le_resume_de_la_semaine_part_le_lundi(monde: Monde) -> None:
    choisir(monde.samira, Famille.REPONSES, Rythme.HEBDOMADAIRE)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    for jours in range(6):
        assert ecrits(SEPT_HEURES + timedelta(days=jours)) == []
    assert len(ecrits(SEPT_HEURES + timedelta(days=6))) == 1


def test_un_worker_arrete_le_lundi_rattrape_le_mardi(monde: Monde) -> None:
    choisir(monde.samira, Famille.REPONSES, Rythme.HEBDOMADAIRE)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert len(ecrits(SEPT_HEURES + timedelta(days=7))) == 1


def test_rien_de_nouveau_ni_de_lisible_rien_ne_part(monde: Monde) -> None:
    """No digest tells of what was read on the site, or of a withdrawn fiche that the person may no longer
    read."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    write_mails()
    lire(next(une for une in de(monde.samira) if une.evenement == "saisine_repondue"))
    donner_avis(monde.saisine, Valeur.NON, "Le car n’a pas changé d’horaire.", par=monde.samira)
    write_mails()
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    choisir(monde.samira, Famille.REPONSES, Rythme.JAMAIS)
    assert ecrits(SEPT_HEURES) == []


def test_un_texte_masque_n_est_pas_dans_le_resume(monde: Monde) -> None:
    repondre_saisine(monde.saisine, f"{LONGUE} Madame Dupont l’a dit.", par=monde.agent)
    write_mails()
    etape = db.session.scalars(select(Etape).where(Etape.texte.contains("Dupont"))).one()
    masquer_etape(etape, "Ce texte nomme une personne.", par=monde.animatrice)
    [resume] = ecrits(SEPT_HEURES)
    assert "Dupont" not in resume.texte + resume.html
    assert "Ce texte nomme une personne." in resume.texte


def test_tue_pendant_l_ecriture_rien_n_est_perdu_ni_double(
    monde: Monde, monkeypatch: pytest.MonkeyPatch
) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    write_mails()

    class Tue(BaseException):
        pass

    @contextmanager
    def tuer() -> Iterator[None]:
        with monkeypatch.context() as patch:
            write = resumes.write_mail

            def puis_mourir(*args: Any, **options: Any) -> None:
                write(*args, **options)
                raise Tue

            patch.setattr(resumes, "write_mail", puis_mourir)
            yield

    with tuer(), at(SEPT_HEURES), pytest.raises(Tue):
        envoyer_resumes()
    db.session.rollback()
    assert db.session.scalars(select(Resume)).all() == []
    assert len(ecrits(SEPT_HEURES + timedelta(minutes=10))) == 1
    assert ecrits(SEPT_HEURES + timedelta(minutes=20)) == []


def test_un_bouton_du_logiciel_de_courriel_arrete_les_resumes(
    monde: Monde, serveur: Serveur, client: Any
) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    write_mails()
    with at(SEPT_HEURES):
        envoyer_resumes()
        drain()
    [message] = [mail for mail in serveur.recus if mail["Subject"] == "Une nouvelle pour vous"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    depart = str(message["List-Unsubscribe"]).strip("<>").split("8000", 1)[1]
    assert client.get(client.get(depart).location).status_code == 200
    assert read_reception(monde.samira.id)[Famille.REPONSES] == Rythme.QUOTIDIEN  # GET stops nothing
    robot = client.application.test_client()
    for _fois in range(2):
        assert robot.post(depart, data={"List-Unsubscribe": "One-Click"}).status_code == 303
    db.session.rollback()
    assert read_reception(monde.samira.id)[Famille.REPONSES] == Rythme.JAMAIS
    faux = robot.post(depart.replace(".", ".x", 1), data={"List-Unsubscribe": "One-Click"})
    assert robot.get(faux.location).status_code == 410


def _lien_avis(resume: Courriel) -> str | None:
    """The path of the link by which the person judges an answer, the same in both bodies."""
    trouves = {m for corps in (resume.texte, resume.html) for m in re.findall(r"/avis/[\w-]+", str(corps))}
    return trouves.pop() if len(trouves) == 1 else None


def test_le_resume_donne_le_lien_pour_juger_la_reponse(monde: Monde, client: Any) -> None:
    """A digest is as good as the mail sent at once: the delegate judges without signing in."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    [resume] = ecrits(SEPT_HEURES)
    assert "Donner votre avis, sans vous connecter" in resume.html
    with at(SEPT_HEURES + timedelta(hours=1)):
        suite = client.get(_lien_avis(resume))
        page = client.get(suite.location)
        assert monde.fiche.titre in page.text
        client.post(suite.location, data=hidden_fields(page.text) | {"valeur": "oui"})
    db.session.expire_all()
    assert [avis.valeur for avis in monde.saisine.avis] == [Valeur.OUI]


def test_une_reponse_deja_jugee_n_a_pas_de_lien(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    write_mails()
    donner_avis(monde.saisine, Valeur.OUI, "", par=monde.karim)
    [resume] = [mail for mail in ecrits(SEPT_HEURES) if mail.destinataire == monde.samira.courriel]
    assert _lien_avis(resume) is None
    assert resume.expire_le is None


def test_deux_reponses_d_une_saisine_un_seul_lien(monde: Monde) -> None:
    """The link is below the last answer only, because that is the answer to judge."""
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(JOUR + timedelta(hours=1)):
        regler_saisine(monde.saisine, f"Le car part plus tôt. {LONGUE}", par=monde.agent)
    [resume] = ecrits(SEPT_HEURES)
    assert _lien_avis(resume) is not None
    assert (
        resume.texte.index("Le car part plus tôt")
        < resume.texte.index("/avis/")
        < resume.texte.rindex(LONGUE)
    )


def test_le_resume_avec_un_lien_est_efface_des_qu_il_part(monde: Monde, serveur: Serveur) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    write_mails()
    with at(SEPT_HEURES):
        envoyer_resumes()
        drain()
    [parti] = db.session.scalars(select(Courriel).where(Courriel.evenement == "resume"))
    assert parti.envoye_le is not None
    assert (parti.texte, parti.html) == (None, None)


def test_le_resume_dit_le_nombre_de_mon_espace(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    [resume] = ecrits(SEPT_HEURES)
    for corps in (resume.texte, resume.html, as_(monde.samira).get("/fiches").text):
        assert "Mon espace (1)" in corps
