"""A report is sent once, to the right people, and keeps its figures for ever."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_acteur, make_agent
from mse.avis.use_cases import donner_avis
from mse.bilans.chiffres import Chiffres
from mse.bilans.models import AQui, BilanActeur, EnvoiBilan
from mse.bilans.queries.rapports import get_envoi, read_rapport
from mse.bilans.trimestres import Trimestre
from mse.bilans.use_cases.envoyer import envoyer_bilan
from mse.bilans.use_cases.envoyer_a_tous import demander_envoi_a_tous, envoyer_a_tous
from mse.bilans.views.papier import balayer_bilans, imprimer_bilans
from mse.core.clock import at
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.api import Valeur
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.moderation.use_cases import retirer_fiche
from tests.bilans.trimestre import APRES, count_on, make_dues, midi
from tests.notifications.conftest import take_mails

pytestmark = pytest.mark.usefixtures("jour")

T4 = Trimestre(2026, 4)
MOTIF = "Cette fiche nommait une personne."


def _page(acteur_id: int, suite: str = "") -> str:
    return f"/acteurs/{acteur_id}/bilans/2026-T4{suite}"


def test_l_acteur_lit_son_bilan_et_personne_d_autre(monde: Monde, as_: Any) -> None:
    make_dues(monde, monde.transports, nombre=7, tenues=5)
    with at(midi(APRES)):
        page = as_(monde.agent).get(_page(monde.transports.id)).text
        assert "3 réponses sur 8 ont manqué à leur date" in page
        assert "Envoyer ce bilan" not in page
        assert monde.samira.nom not in page.partition("<main")[2]
        assert as_(monde.autre_agent).get(_page(monde.transports.id)).status_code == 403
        for faux in ("2026-T5", "2027-T3", "x"):
            assert as_(monde.agent).get(f"/acteurs/{monde.transports.id}/bilans/{faux}").status_code == 404


def test_avec_moins_de_cinq_fiches_on_ne_juge_pas(monde: Monde, as_: Any) -> None:
    with at(midi(date(2026, 11, 18))):
        repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    with at(midi(date(2026, 11, 19))):
        donner_avis(monde.saisine, Valeur.OUI, "", par=monde.samira)
    with at(midi(APRES)):
        page = as_(monde.agent).get(_page(monde.transports.id)).text
    assert (
        "1 réponse attendue\u202f: avec moins de 5 fiches, on ne calcule ni part, ni délai, ni avis." in page
    )
    assert "Délai médian" not in page
    assert monde.fiche.titre in page


def test_un_clic_l_envoie_une_seule_fois(monde: Monde, as_: Any) -> None:
    make_dues(monde, monde.transports, nombre=7, tenues=5)
    with at(midi(APRES)):
        take_mails()
        animatrice = as_(monde.animatrice)
        page = animatrice.get(_page(monde.transports.id, "/envoi")).text
        assert "part par courriel à 1 personne référente" in page
        for _clic in range(2):
            assert animatrice.poster(_page(monde.transports.id, "/envoi")).status_code == 303
        [courriel] = take_mails()
        assert courriel.destinataire == monde.referent.courriel
        assert "3 réponses sur 8 ont manqué à leur date" in courriel.texte
        assert monde.fiche.titre in courriel.texte
        assert (
            "Envoyé le 4 janvier 2027 à 1 personne référente"
            in animatrice.get(_page(monde.transports.id)).text
        )
    [envoi] = db.session.scalars(select(EnvoiBilan)).all()
    assert (envoi.par_id, envoi.destinataires, envoi.a_qui) == (monde.animatrice.id, 1, AQui.REFERENTS)


def test_un_bilan_envoye_garde_ses_chiffres(monde: Monde, as_: Any) -> None:
    saisines = make_dues(monde, monde.transports, nombre=7, tenues=5)
    with at(midi(APRES)):
        envoyer_bilan(monde.transports, T4, par=monde.animatrice)
        avant = as_(monde.agent).get(_page(monde.transports.id, ".csv")).text
        repondre_saisine(saisines[6], LONGUE, par=monde.agent)
        donner_avis(saisines[0], Valeur.NON, "Rien n’a changé.", par=monde.samira)
        envoi = get_envoi(monde.transports.id, T4)
        assert envoi is not None
        assert envoi.rapport != read_rapport(monde.transports.id, T4, le=APRES)
        assert envoi.rapport.chiffres.verdicts == 0
        assert as_(monde.agent).get(_page(monde.transports.id, ".csv")).text == avant


def test_le_titre_d_une_fiche_retiree_s_efface(monde: Monde, as_: Any) -> None:
    make_dues(monde, monde.transports, nombre=4)
    db.session.refresh(monde.fiche)
    monde.fiche.titre = "CANARI-TITRE"
    db.session.commit()
    with at(midi(APRES)):
        envoyer_bilan(monde.transports, T4, par=monde.animatrice)
        assert "CANARI-TITRE" in as_(monde.agent).get(_page(monde.transports.id)).text
        retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
        for suite in ("", ".csv"):
            page = as_(monde.agent).get(_page(monde.transports.id, suite)).text
            assert "CANARI-TITRE" not in page
        assert "Fiche retirée depuis" in as_(monde.agent).get(_page(monde.transports.id)).text


def test_sans_referent_l_equipe_sinon_la_boite(monde: Monde) -> None:
    make_dues(monde, monde.remuneration, nombre=1)  # one agent, no référent
    make_dues(monde, monde.lavande, nombre=1)  # a mailbox only
    personne = make_acteur("Sans adresse", courriel=None)
    make_dues(monde, personne, nombre=1)
    with at(midi(APRES)):
        take_mails()
        for acteur in (monde.remuneration, monde.lavande):
            assert envoyer_bilan(acteur, T4, par=monde.animatrice)
        with pytest.raises(DonneeInvalide, match="Personne ne peut être joint"):
            envoyer_bilan(personne, T4, par=monde.animatrice)
        courriels = {courriel.destinataire: courriel.texte for courriel in take_mails()}
    assert set(courriels) == {monde.autre_agent.courriel, monde.lavande.courriel}
    assert "/bilans/2026-T4" in courriels[str(monde.autre_agent.courriel)]
    assert "/bilans/" not in courriels[str(monde.lavande.courriel)]


def test_qui_n_envoie_pas_et_quand(monde: Monde) -> None:
    for personne in (monde.referent, monde.admin, monde.samira):
        with at(midi(APRES)), pytest.raises(Interdit):
            envoyer_bilan(monde.transports, T4, par=personne)
    with at(midi(date(2026, 12, 31))), pytest.raises(TransitionInterdite, match="pas fini"):
        envoyer_bilan(monde.transports, T4, par=monde.animatrice)
    with at(midi(APRES)), pytest.raises(DonneeInvalide, match="rien à envoyer"):
        envoyer_bilan(monde.remuneration, T4, par=monde.animatrice)


def test_tous_les_bilans_en_un_geste(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mse.bilans.use_cases.envoyer_a_tous.PAR_TOUR", 1)
    make_dues(monde, monde.remuneration, nombre=1)
    make_dues(monde, make_acteur("Sans adresse", courriel=None), nombre=1)
    count_on(APRES)
    adresse = "/acteurs/bilans/2026-T4/envoi"
    with at(midi(APRES)):
        take_mails()
        animatrice = as_(monde.animatrice)
        page = animatrice.get(adresse).text
        assert "Envoyer les 2 bilans" in page
        assert "Sans adresse" in page.partition("Personne ne peut être joint")[2]
        for _clic in range(2):
            assert animatrice.poster(adresse).status_code == 303
        assert not take_mails()
        assert "0 bilan parti sur 2." in animatrice.get(adresse).text
        envoyer_a_tous()
        page = animatrice.get(adresse).text
        assert "1 bilan parti sur 2." in page
        assert "Envoyer" not in page.partition('id="avancement"')[2].partition("</form>")[0]
        for _tour in range(3):
            envoyer_a_tous()
        assert {courriel.destinataire for courriel in take_mails()} == {
            monde.referent.courriel,
            monde.autre_agent.courriel,
        }
        page = animatrice.get(adresse).text
        assert "C’est fini\u202f: 2 bilans sont partis" in page
        assert "Aucun bilan ne reste à envoyer" in page
        envoyer_a_tous()
        assert not take_mails()


def test_un_bilan_refuse_n_arrete_pas_les_autres(monde: Monde, as_: Any) -> None:
    count_on(APRES)
    chiffres = Chiffres(dues=1, tenues=0, repondues=0)  # stored, but nothing is due any more
    db.session.add(
        BilanActeur(debut=T4.debut, acteur_id=monde.remuneration.id, part=chiffres.part, **chiffres.figer())
    )
    db.session.commit()
    adresse = "/acteurs/bilans/2026-T4/envoi"
    with at(midi(APRES)):
        take_mails()
        assert as_(monde.animatrice).poster(adresse).status_code == 303
        for _tour in range(2):
            envoyer_a_tous()
        assert [courriel.destinataire for courriel in take_mails()] == [monde.referent.courriel]
        page = as_(monde.animatrice).get(adresse).text
        assert "C’est fini\u202f: 1 bilan est parti" in page
        assert "Envoyer ce bilan" in page


def test_qui_n_envoie_pas_a_tous_et_quand(monde: Monde) -> None:
    count_on(APRES)
    for personne in (monde.referent, monde.admin, monde.samira):
        with at(midi(APRES)), pytest.raises(Interdit):
            demander_envoi_a_tous(T4, par=personne)
    with at(midi(date(2026, 12, 31))), pytest.raises(TransitionInterdite, match="pas fini"):
        demander_envoi_a_tous(T4, par=monde.animatrice)


def test_le_pdf_est_ecrit_une_fois(monde: Monde, as_: Any) -> None:
    pytest.importorskip("weasyprint")
    make_agent(monde.lavande, "Ines", referent=True)
    make_dues(monde, monde.transports, nombre=7, tenues=5)
    with at(midi(APRES)):
        assert as_(monde.agent).get(_page(monde.transports.id, ".pdf")).status_code == 404
        envoyer_bilan(monde.transports, T4, par=monde.animatrice)
        imprimer_bilans()
        db.session.expire_all()
        envoi = get_envoi(monde.transports.id, T4)
        assert envoi is not None
        assert envoi.pdf is not None
        imprimer_bilans()
        assert balayer_bilans() == 0
        reponse = as_(monde.agent).get(_page(monde.transports.id, ".pdf"))
        assert reponse.mimetype == "application/pdf"
        assert reponse.data.startswith(b"%PDF")
        assert as_(monde.autre_agent).get(_page(monde.transports.id, ".pdf")).status_code == 403
