"""A trainee contributes with the link, without an account."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde, make_brouillon
from mse.classe.models import ClasseDeFiche, Contribution, JourDeParole, Participant
from mse.classe.queries.classes import count_participants
from mse.classe.use_cases.contribuer import contribuer, dire_concerne, signer
from mse.classe.use_cases.ouvrir import fermer_classe, ouvrir_classe
from mse.classe.workflow import PAR_APPAREIL, TEXTE_MAX, Nature
from mse.core import clock
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit, LienPerdu
from mse.core.rate_limit import TooManyAttempts
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from tests.classe.classe import SECRET, open_class, read_link, send, sender


def count(table: Any = Contribution) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_une_classe_ouvre_son_lien_et_envoie_une_idee(app: Flask, monde: Monde, as_: Any) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    samira, ines = as_(monde.samira), as_(None)
    page = samira.poster(f"/fiches/{fiche.id}/classe/ouverture", page=f"/fiches/{fiche.id}/classe")
    assert page.status_code == 303
    lien = read_link(samira.get(f"/fiches/{fiche.id}/classe").text)
    arrivee = ines.get(lien)
    assert (arrivee.status_code, arrivee.location) == (303, "/classe")
    assert arrivee.headers["Referrer-Policy"] == "no-referrer"
    accueil = ines.get("/classe").text
    assert "Le premier car arrive après le début des cours" in accueil
    assert "Les horaires ont changé en septembre." not in accueil  # the rest of the draft stays private
    reponse = ines.poster("/classe/ecrire/cause", texte="Le car de 8 h 12 ne passe plus.")
    assert reponse.location == "/classe/signature"
    assert ines.poster("/classe/signature", prenom="Inès").location == "/classe"
    assert "Vous avez envoyé 1 idée." in ines.get("/classe").text
    recue = samira.get(f"/fiches/{fiche.id}/classe").text
    assert "Le car de 8 h 12 ne passe plus." in recue
    assert "Inès" in recue
    assert "1 contribution à lire" in samira.get("/mon-espace").text


def test_un_lien_se_recopie_sans_tirets_et_en_majuscules(app: Flask, monde: Monde, as_: Any) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    samira, ines = as_(monde.samira), as_(None)
    samira.poster(f"/fiches/{fiche.id}/classe/ouverture", page=f"/fiches/{fiche.id}/classe")
    lien = read_link(samira.get(f"/fiches/{fiche.id}/classe").text)
    ines.get("/classe/" + lien.removeprefix("/classe/").replace("-", "").upper())
    assert ines.get("/classe").status_code == 200


def test_trois_clics_envoient_une_contribution(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    cle = str(uuid4())
    for _clic in range(3):
        contribuer(Nature.CAUSE, "Le car ne passe plus.", cle=cle, de=sender(lien))
    assert count() == 1


def test_je_suis_concerne_une_fois_par_appareil(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    for appareil in ("a", "a", "b"):
        dire_concerne(de=sender(lien, appareil))
    send(lien, appareil="a")
    send(lien, appareil="c")
    participation = count_participants(fiche.id)
    assert (participation.nombre, participation.concernes) == (3, 2)


@pytest.mark.parametrize("texte", ["", "   \u200b", "é" * (TEXTE_MAX + 1), "a" * 5001])
def test_un_texte_vide_ou_trop_long_est_refuse(app: Flask, monde: Monde, texte: str) -> None:
    _fiche, lien = open_class(monde)
    with pytest.raises(DonneeInvalide) as refus:
        send(lien, texte)
    assert refus.value.champ == "texte"
    assert count() == 0


def test_les_signes_rares_passent_et_nul_est_retire(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    assert send(lien, "Trop froid 🥶\x00 \ud800le matin").texte == "Trop froid 🥶 le matin"


def test_un_texte_refuse_est_rendu(app: Flask, monde: Monde, as_: Any) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    ouvrir_classe(fiche, par=monde.samira, cles=[app.config["SECRET_KEY"]])
    ines = as_(None)
    ines.get(read_link(as_(monde.samira).get(f"/fiches/{fiche.id}/classe").text))
    page = ines.poster("/classe/ecrire/solution", texte="mot " * 1300)
    assert page.status_code == 422
    assert "mot mot mot" in page.text
    assert "5199 caractères" in page.text
    fermer_classe(fiche, par=monde.samira)
    page = ines.post("/classe/ecrire/solution", data={"texte": "Une idée gardée.", "csrf_token": "x"})
    assert (page.status_code, "Une idée gardée." in page.text) == (410, True)


def test_un_appareil_qui_insiste_garde_son_texte(app: Flask, monde: Monde, as_: Any) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    ouvrir_classe(fiche, par=monde.samira, cles=[app.config["SECRET_KEY"]])
    ines = as_(None)
    ines.get(read_link(as_(monde.samira).get(f"/fiches/{fiche.id}/classe").text))
    for rang in range(PAR_APPAREIL):
        assert ines.poster("/classe/ecrire/cause", texte=f"Idée {rang}").status_code == 303
    page = ines.poster("/classe/ecrire/cause", texte="L’idée de trop.")
    assert page.status_code == 429
    assert "L’idée de trop." in page.text
    assert "Retry-After" in page.headers


def test_un_lien_ferme_remplace_ou_expire_ne_sert_plus(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    with clock.at(now() + timedelta(days=15)), pytest.raises(LienPerdu):
        send(lien)
    ouverte_le = db.session.get_one(ClasseDeFiche, fiche.id).ouverte_le
    ouvrir_classe(fiche, par=monde.karim, cles=[SECRET], remplacer=ouverte_le)
    with pytest.raises(LienPerdu):
        send(lien)
    nouveau = db.session.get_one(ClasseDeFiche, fiche.id).jeton_hash
    send(nouveau)
    fermer_classe(fiche, par=monde.karim)
    with pytest.raises(LienPerdu):
        send(nouveau)
    assert count() == 1


def test_deposer_ferme_le_lien_et_efface_les_prenoms(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    for appareil in "abcdef":
        send(lien, appareil=appareil)
        signer("Inès", de=sender(lien, appareil))
    deposer_fiche(fiche, par=monde.samira)
    assert fiche.nombre_participants == 6
    assert set(db.session.scalars(select(Contribution.prenom))) == {None}
    with pytest.raises(LienPerdu):
        send(lien)


def test_il_n_y_a_pas_plus_de_participants_que_de_personnes(app: Flask, monde: Monde) -> None:
    fiche, lien = open_class(monde)
    for rang in range(20):
        dire_concerne(de=sender(lien, str(rang)))
    deposer_fiche(fiche, par=monde.samira)
    assert fiche.nombre_participants == monde.promotion.effectif == 12


def test_la_fiche_dit_combien_ont_participe(app: Flask, monde: Monde, as_: Any) -> None:
    fiche, lien = open_class(monde)
    for appareil in "abcd":
        send(lien, appareil=appareil)
    deposer_fiche(fiche, par=monde.samira)
    assert "moins de 5 personnes ont participé" in as_(None).get(f"/fiches/{fiche.id}").text
    autre, lien = open_class(monde)
    for appareil in "abcde":
        send(lien, appareil=appareil)
    deposer_fiche(autre, par=monde.samira)
    assert "5 personnes ont participé" in as_(None).get(f"/fiches/{autre.id}").text
    assert "participé" not in as_(None).get(f"/fiches/{monde.fiche.id}").text


def test_un_appareil_qui_insiste_attend_sans_gener_les_autres(app: Flask, monde: Monde) -> None:
    _fiche, lien = open_class(monde)
    for rang in range(PAR_APPAREIL):
        send(lien, f"Idée {rang}")
    with pytest.raises(TooManyAttempts):
        send(lien)
    send(lien, appareil="un autre téléphone")
    assert count() == PAR_APPAREIL + 1


def test_seuls_les_delegues_ouvrent(app: Flask, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    for personne in (monde.lea, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            ouvrir_classe(fiche, par=personne, cles=[SECRET])


def test_sans_titre_la_classe_ne_saurait_pas_de_quoi_on_parle(app: Flask, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, titre="")
    with pytest.raises(DonneeInvalide, match="titre"):
        ouvrir_classe(fiche, par=monde.samira, cles=[SECRET])


def test_supprimer_le_brouillon_efface_tout_sauf_le_jour(app: Flask, monde: Monde) -> None:
    from mse.depot.use_cases.deposer import supprimer_brouillon

    fiche, lien = open_class(monde)
    send(lien)
    supprimer_brouillon(fiche, par=monde.samira)
    assert [count(table) for table in (Contribution, Participant, ClasseDeFiche)] == [0, 0, 0]
    assert db.session.scalars(select(JourDeParole.le)).all() == [today()]
