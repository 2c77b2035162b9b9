"""A trainee without an account writes, comes back by the code, and reads the answer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from devtools.factories import Monde
from mse.confidentiel import limites
from mse.confidentiel.codes import read_code
from mse.confidentiel.models import Confidence, MessageConfidentiel
from mse.confidentiel.use_cases import ecrire
from mse.confidentiel.use_cases.ecrire import completer, presenter_code
from mse.confidentiel.use_cases.lire import traiter_signalement
from mse.confidentiel.workflow import Acte
from mse.core import clock
from mse.core.errors import TransitionInterdite, TropDeDemandes
from mse.extensions import db
from tests.confidentiel.secret import TEXTE, make_referent, send, sender

ECRIRE = "/confidentiel/ecrire"


def _send(browser: Any, **champs: Any) -> Any:
    return browser.poster(ECRIRE, sujet="violence", texte=TEXTE, **champs)


def _code(page: str) -> str:
    return page.partition('class="code-recu">')[2].partition("<")[0].strip()


def test_les_numeros_viennent_avant_le_formulaire(monde: Monde, as_: Any) -> None:
    make_referent()
    browser = as_(None)
    accueil, page = browser.get("/confidentiel").text, browser.get(ECRIRE).text
    for numero in ("17", "112", "114", "119", "3919", "3018", "116 006", "09 69 39 00 00"):
        assert f"<b>{numero}</b>" in accueil
    assert 'href="sms:114"' in accueil
    assert 'href="tel:0969390000"' in accueil
    assert page.index('href="tel:17"') < page.index("<textarea")
    assert 'href="/confidentiel/quitter"' in accueil
    assert 'href="/confidentiel/quitter"' in page


def test_le_telephone_ferme_puis_rouvert_par_le_code(monde: Monde, as_: Any) -> None:
    referente = make_referent()
    telephone = as_(None)
    recu = telephone.get(_send(telephone).location)
    code = _code(recu.text)
    assert len(code.replace("-", "")) == 16
    assert code in telephone.get("/confidentiel/recu").text  # a reload does not lose it
    suite = telephone.poster("/confidentiel/recu")
    assert suite.location == "/confidentiel/suivi"
    assert telephone.get("/confidentiel/recu").location == "/confidentiel/suivi"
    assert TEXTE in telephone.get("/confidentiel/suivi").text
    signalement = db.session.scalars(select(Confidence)).one()
    traiter_signalement(signalement, Acte.REPONDRE, "Nous vous croyons.", cle="r", par=referente)

    autre = as_(None)
    assert TEXTE not in autre.get("/confidentiel/suivi").text
    ouvert = autre.poster("/confidentiel/suivi", code=f" {code.upper().replace('-', ' ')} ")
    assert ouvert.status_code == 303
    assert ouvert.location == "/confidentiel/suivi"
    assert "Nous vous croyons." in autre.get("/confidentiel/suivi").text
    assert autre.get("/confidentiel/quitter").status_code == 303
    assert TEXTE not in autre.get("/confidentiel/suivi").text


def test_le_code_n_est_pas_dans_la_base(monde: Monde, as_: Any) -> None:
    make_referent()
    signalement, code = send()
    assert signalement.code_hash == read_code(code)
    assert 31 ** len(code.replace("-", "")) > 2**60
    for table in ("signalements_confidentiels", "messages_confidentiels", "journal"):
        lignes = str(db.session.execute(text(f"SELECT * FROM {table}")).all())
        assert code not in lignes
        assert code.replace("-", "") not in lignes


def test_un_double_clic_donne_le_meme_code(monde: Monde, as_: Any) -> None:
    make_referent()
    browser = as_(None)
    premiere = _send(browser, cle="une-cle")
    code = _code(browser.get(premiere.location).text)
    seconde = _send(browser, cle="une-cle")
    assert _code(browser.get(seconde.location).text) == code
    assert db.session.scalar(select(func.count()).select_from(MessageConfidentiel)) == 1
    with clock.at(clock.now() + timedelta(hours=1)):
        assert _send(browser, cle="une-cle").status_code == 409


@pytest.mark.parametrize(
    "champs", [{"sujet": "autre chose"}, {"texte": " \u200b "}, {"texte": "a" * 10_001}, {"cle": ""}]
)
def test_une_faute_garde_le_texte(monde: Monde, as_: Any, champs: dict[str, str]) -> None:
    make_referent()
    reponse = as_(None).poster(ECRIRE, **{"sujet": "violence", "texte": TEXTE, **champs})
    assert reponse.status_code == 422
    assert champs.get("texte", TEXTE).strip("\u200b ") in reponse.text


@pytest.mark.parametrize("code", ["", "\x00", "é" * 60, "x" * 5000, "k7mp-q2xd-9wfz-a3bc"])
def test_un_code_faux_n_ouvre_rien(monde: Monde, as_: Any, code: str) -> None:
    make_referent()
    send()
    assert as_(None).poster("/confidentiel/suivi", code=code).status_code == 422


def test_personne_pour_lire_donc_pas_de_formulaire(monde: Monde, as_: Any) -> None:
    browser = as_(None)
    assert "<textarea" not in browser.get(ECRIRE).text
    assert (
        browser.poster(ECRIRE, "/confidentiel/suivi", sujet="violence", texte=TEXTE, cle="c").status_code
        == 409
    )
    assert db.session.scalar(select(func.count()).select_from(Confidence)) == 0


def test_un_appareil_est_freine_avec_une_phrase(monde: Monde, as_: Any) -> None:
    make_referent()
    browser = as_(None)
    for _fois in range(limites.PAR_APPAREIL):
        assert _send(browser).status_code == 303
    refus = _send(browser)
    assert refus.status_code == 429
    assert "Ils sont bien arrivés" in refus.text
    assert TEXTE in refus.text


def test_un_flot_d_une_adresse_ne_ferme_pas_la_porte(
    monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A training centre shares one address: beyond the limit, reports are accepted and listed apart."""
    referente = make_referent()
    monkeypatch.setattr(ecrire, "PAR_ADRESSE", 2)
    monkeypatch.setattr(ecrire, "PAR_ADRESSE_MAX", 4)
    recus = [send(de=sender(f"appareil {rang}"))[0] for rang in range(4)]
    assert [recu.en_nombre for recu in recus] == [False, False, True, True]
    assert "Arrivés en nombre" in as_(referente).get("/confidentiel/lecture").text
    with pytest.raises(TropDeDemandes, match="données mobiles"):
        send(de=sender("appareil 5"))
    assert not send(de=sender("appareil 5", adresse="198.51.100.4"))[0].en_nombre
    assert send(monde.samira)[0].auteur_id == monde.samira.id  # signed in: not counted by address


def test_les_essais_de_codes_sont_comptes(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    make_referent()
    monkeypatch.setattr(ecrire, "CODES_PAR_ADRESSE", 2)
    for _fois in range(2):
        assert presenter_code("faux", de=sender()) is None
    with pytest.raises(TropDeDemandes):
        presenter_code("faux", de=sender())


def test_la_deleguee_signe_et_elle_seule_relit(monde: Monde, as_: Any) -> None:
    make_referent()
    samira = as_(monde.samira)
    assert "C’est grave ou personnel" in samira.get("/fiches/nouvelle").text
    page = _send(samira, avec_compte="y").location
    assert TEXTE in samira.get(page).text
    assert page in samira.get("/confidentiel").text
    for autre in (monde.karim, monde.animatrice, monde.admin):
        assert as_(autre).get(page).status_code == 404
    assert samira.poster(page, texte="Cela continue.", cle="m").status_code == 303
    assert samira.poster(page, texte="Cela continue.", cle="m").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(MessageConfidentiel)) == 2


def test_la_deleguee_qui_ne_signe_pas_est_inconnue(app: Flask, monde: Monde, as_: Any) -> None:
    make_referent()
    assert _send(as_(monde.samira)).location == "/confidentiel/recu"
    signalement = db.session.scalars(select(Confidence)).one()
    assert signalement.auteur_id is None
    journal = db.session.execute(text("SELECT compte_id FROM journal WHERE objet = 'confidentiel'")).all()
    assert [tuple(ligne) for ligne in journal] == [(None,)]


def test_un_message_clos_ne_recoit_plus_rien(monde: Monde) -> None:
    referente = make_referent()
    signalement, _code = send()
    traiter_signalement(signalement, Acte.CLORE, "Nous restons à votre écoute.", cle="c", par=referente)
    with pytest.raises(TransitionInterdite):
        completer(signalement, "Encore.", cle="d", secret="s")
