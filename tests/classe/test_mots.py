"""A trainee who is no delegate leaves a word through the code of the poster."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde, make_promotion
from mse.classe.models import Mot
from mse.classe.use_cases.mots import donner_code, effacer_mot, laisser_mot, lire_mot
from mse.classe.workflow import MOTS_PAR_APPAREIL
from mse.core.clock import today
from mse.core.errors import Interdit, LienPerdu
from mse.core.rate_limit import TooManyAttempts
from mse.extensions import db
from tests.classe.classe import sender

FROID = "La salle est très froide le matin."


def leave(code: str, texte: str = FROID, prenom: str = "", appareil: str = "a") -> Mot:
    cle = str(uuid4())
    laisser_mot(texte, prenom, cle=cle, de=sender(code, appareil))
    return db.session.scalars(select(Mot).where(Mot.cle == cle)).one()


def test_de_deposer_une_fiche_jusqu_aux_delegues(app: Flask, monde: Monde, as_: Any) -> None:
    ines, samira = as_(None), as_(monde.samira)
    assert "/delegues" in ines.get("/fiches/nouvelle").text
    ici = f"/promotions/{monde.promotion.id}/affiche"
    samira.poster(ici)
    affiche = samira.get(ici).text
    code = donner_code(monde.promotion, par=monde.samira)
    assert f"{code[:4]}-{code[4:]}" in affiche
    assert "Samira" not in affiche.split("<main")[1]
    assert ines.poster("/delegues", code=f" {code[:4].upper()} {code[4:]}").location == "/delegues/mot"
    page = ines.get("/delegues/mot").text
    assert "Votre promotion a des délégué·es." in page
    assert "Samira" not in page
    assert "Karim" not in page
    ines.poster("/delegues/mot", texte=FROID, prenom="Inès")
    espace = samira.get("/mon-espace").text
    assert "1 mot de vos camarades" in espace
    assert "demande vous attend" in espace
    lus = samira.get(f"/promotions/{monde.promotion.id}/mots").text
    assert FROID in lus
    assert "Inès" in lus


def test_le_code_flashe_mene_au_meme_endroit(app: Flask, monde: Monde, as_: Any) -> None:
    ines = as_(None)
    code = donner_code(monde.promotion, par=monde.samira)
    assert ines.get(f"/delegues/{code}").location == "/delegues/mot"
    assert ines.get("/delegues/mot").status_code == 200


def test_un_code_invente_ne_mene_nulle_part(app: Flask, monde: Monde, as_: Any) -> None:
    ines = as_(None)
    page = ines.poster("/delegues", code="aaaa-aaaa")
    assert (page.status_code, "Ce code n’existe pas" in page.text) == (422, True)
    ines.get("/delegues/aaaaaaaa")
    page = ines.get("/delegues/mot")
    assert page.status_code == 410


def test_le_code_reste_le_meme(app: Flask, monde: Monde) -> None:
    assert donner_code(monde.promotion, par=monde.samira) == donner_code(monde.promotion, par=monde.karim)


def test_sans_delegue_personne_ne_lirait(app: Flask, monde: Monde, as_: Any) -> None:
    promotion = make_promotion(monde.lavande, "Jardinier")
    code = donner_code(promotion, par=monde.animatrice)
    ines = as_(None)
    ines.get(f"/delegues/{code}")
    assert "n’a pas de délégué·e en ce moment" in ines.get("/delegues/mot").text
    with pytest.raises(LienPerdu):
        leave(code)


def test_apres_la_formation_personne_ne_lirait(app: Flask, monde: Monde) -> None:
    code = donner_code(monde.promotion, par=monde.samira)
    monde.promotion.fin = today() - timedelta(days=1)
    db.session.commit()
    with pytest.raises(LienPerdu):
        leave(code)


def test_trois_clics_laissent_un_mot(app: Flask, monde: Monde) -> None:
    code, cle = donner_code(monde.promotion, par=monde.samira), str(uuid4())
    for _clic in range(3):
        laisser_mot(FROID, "", cle=cle, de=sender(code))
    assert len(db.session.scalars(select(Mot)).all()) == 1


def test_un_appareil_qui_insiste_attend(app: Flask, monde: Monde) -> None:
    code = donner_code(monde.promotion, par=monde.samira)
    for _fois in range(MOTS_PAR_APPAREIL):
        leave(code)
    with pytest.raises(TooManyAttempts):
        leave(code)
    leave(code, appareil="b")


def test_les_deux_delegues_lisent_et_eux_seuls(app: Flask, monde: Monde, as_: Any) -> None:
    mot = leave(donner_code(monde.promotion, par=monde.samira), "CANARI-MOT")
    for personne in (monde.lea, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        page = as_(personne).get(f"/promotions/{monde.promotion.id}/mots")
        assert (page.status_code, "CANARI-MOT" in page.text) == (404, False)
        with pytest.raises(Interdit):
            lire_mot(mot, par=personne)
    lire_mot(mot, par=monde.karim)
    assert "de vos camarades" not in as_(monde.samira).get("/mon-espace").text
    effacer_mot(mot, par=monde.samira)
    assert db.session.scalar(select(Mot.id)) is None


def test_un_texte_trop_long_est_rendu(app: Flask, monde: Monde, as_: Any) -> None:
    code = donner_code(monde.promotion, par=monde.samira)
    ines = as_(None)
    ines.get(f"/delegues/{code}")
    page = ines.poster("/delegues/mot", texte="froid " * 900)
    assert (page.status_code, "froid froid" in page.text) == (422, True)
