"""Elections of a promotion: what is recorded, what is refused, what is never stored."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from devtools.factories import (
    keep,
    make_acteur,
    make_agent,
    make_compte,
    make_delegue,
    make_promotion,
)
from mse.annuaire.models import Acteur, Nature
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.representation.models import Election, Mandat, Promotion, RoleMandat
from mse.representation.policies import roles_de
from mse.representation.use_cases.elections import Elu, constater_carence, enregistrer_resultat
from mse.representation.use_cases.mandats import terminer_mandat

SAMIRA = Elu(prenom="Samira", nom="Martin", courriel="samira.martin@exemple.fr")
KARIM = Elu(prenom="Karim", nom="Blanc")


@pytest.fixture
def lavande(app: Flask) -> Acteur:
    return make_acteur("Lavande Formation", Nature.ORGANISME)


@pytest.fixture
def nadege(lavande: Acteur) -> Compte:
    return make_agent(lavande, "Nadege")


@pytest.fixture
def promotion(lavande: Acteur) -> Promotion:
    return make_promotion(lavande)


def elire(promotion: Promotion, par: Compte | None = None, **champs: Any) -> Election:
    valeurs = {"cle": "une-cle", "le": today(), "titulaire": SAMIRA, "suppleant": KARIM}
    return enregistrer_resultat(promotion, par=par, **{**valeurs, **champs})


def actions() -> list[str]:
    return [ligne.action for ligne in db.session.query(LigneJournal).order_by(LigneJournal.id)]


def traces() -> tuple[int, ...]:
    db.session.rollback()
    return tuple(db.session.query(table).count() for table in (Election, Mandat, Compte, LigneJournal))


# ---------------------------------------------------------------- the result


def test_un_resultat_ouvre_deux_mandats_et_invite(promotion: Promotion, nadege: Compte) -> None:
    election = elire(promotion, nadege, tour=2, inscrits=12, votants=9)
    titulaire, suppleant = election.titulaire, election.suppleant
    assert (titulaire.role, suppleant.role) == (RoleMandat.TITULAIRE, RoleMandat.SUPPLEANT)
    assert (titulaire.compte.courriel, suppleant.compte.courriel) == (SAMIRA.courriel, None)
    assert roles_de(titulaire.compte).promotions == {promotion.id}
    assert actions() == [
        "compte_cree",
        "mandat_ouvert",
        "compte_cree",
        "mandat_ouvert",
        "election_enregistree",
    ]
    assert elire(promotion, nadege).id == election.id  # the same form again
    assert db.session.query(Mandat).count() == 2


def test_qui_a_deja_un_compte_le_garde(promotion: Promotion) -> None:
    samira = make_compte("Samira", nom="Durand", courriel=SAMIRA.courriel)
    assert elire(promotion, suppleant=None).titulaire.compte_id == samira.id
    assert samira.nom == "Durand"


def test_l_adresse_de_quelqu_un_d_autre_est_une_faute_de_frappe(promotion: Promotion) -> None:
    make_compte("Otto", nom="Weber", courriel=SAMIRA.courriel)
    avant = traces()
    with pytest.raises(DonneeInvalide, match="autre nom"):
        elire(promotion)
    assert traces() == avant


@pytest.mark.parametrize(("jours", "phrase"), [(1, "pas encore passée"), (-61, "a commencé le")])
def test_un_vote_n_est_ni_a_venir_ni_avant_la_formation(
    promotion: Promotion, nadege: Compte, jours: int, phrase: str
) -> None:
    avant = traces()
    with pytest.raises(DonneeInvalide, match=phrase):
        elire(promotion, nadege, le=today() + timedelta(days=jours))
    assert traces() == avant


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"inscrits": 5, "votants": 6}, "vérifiez ces nombres"),
        ({"votants": 0}, "carence"),
        ({"suppleant": SAMIRA}, "deux fois"),
        ({"suppleant": Elu(prenom="Sami", nom="Bon", courriel="SAMIRA.martin@exemple.fr")}, "même adresse"),
        ({"suppleant": Elu(prenom="samira", nom="MARTIN")}, "même personne"),
        ({"titulaire": Elu(prenom="\x00", nom="Martin")}, "prénom"),
        ({"titulaire": Elu(prenom="Samira", nom="M" * 81)}, "81 caractères"),
        ({"titulaire": Elu(prenom="Samira", nom="Martin", courriel="samira")}, "pas valable"),
    ],
)
def test_un_resultat_impossible_n_ecrit_rien(
    promotion: Promotion, nadege: Compte, champs: dict[str, Any], phrase: str
) -> None:
    avant = traces()
    with pytest.raises(DonneeInvalide, match=phrase):
        elire(promotion, nadege, **champs)
    assert traces() == avant


def test_tant_qu_un_siege_est_occupe_on_n_elit_personne(promotion: Promotion, nadege: Compte) -> None:
    premiere = elire(promotion, nadege, le=today() - timedelta(days=30))
    for mandat in (premiere.titulaire, premiere.suppleant):
        with pytest.raises(DonneeInvalide, match="siège était occupé"):
            elire(promotion, nadege, cle="autre")
        with pytest.raises(DonneeInvalide, match="siège était occupé"):
            constater_carence(promotion, cle="autre", le=today(), par=nadege)
        terminer_mandat(mandat, fin=today() - timedelta(days=1), par=nadege)
    lea = Elu(prenom="Lea", nom="Noir", courriel="lea@exemple.fr")
    assert elire(promotion, nadege, cle="autre", titulaire=lea, suppleant=None).titulaire.debut == today()


def test_une_carence_puis_une_election(promotion: Promotion, nadege: Compte) -> None:
    carence = constater_carence(promotion, cle="c", le=today(), remarque="Personne.\x00", par=nadege)
    assert (carence.est_carence, carence.remarque, carence.titulaire_id) == (True, "Personne.", None)
    assert constater_carence(promotion, cle="c", le=today(), par=nadege).id == carence.id
    with pytest.raises(DonneeInvalide, match="1001 caractères"):
        constater_carence(promotion, cle="d", le=today(), remarque="x" * 1001, par=nadege)
    assert elire(promotion, nadege).titulaire.compte.prenom == "Samira"
    assert db.session.query(Election).count() == 2


def test_une_formation_finie_n_elit_plus(lavande: Acteur, nadege: Compte) -> None:
    finie = make_promotion(lavande, fin=today() - timedelta(days=1))
    with pytest.raises(DonneeInvalide, match="n’élit plus"):
        elire(finie, nadege, le=finie.fin)


# ---------------------------------------------------------------- the end of a mandat


def test_un_mandat_finit_le_jour_dit_une_seule_fois(promotion: Promotion, nadege: Compte) -> None:
    mandat = elire(promotion, nadege, le=today() - timedelta(days=9)).titulaire
    with pytest.raises(DonneeInvalide, match="a commencé"):
        terminer_mandat(mandat, fin=today() - timedelta(days=10), par=nadege)
    with pytest.raises(DonneeInvalide, match="de lui-même"):
        terminer_mandat(mandat, fin=promotion.fin + timedelta(days=1), par=nadege)
    hier = today() - timedelta(days=1)
    for _fois in range(2):
        terminer_mandat(mandat, fin=hier, par=nadege)
    with pytest.raises(TransitionInterdite, match="déjà pris fin"):
        terminer_mandat(mandat, fin=today(), par=nadege)
    assert actions().count("mandat_termine") == 1
    assert roles_de(mandat.compte).ancien_delegue_de.keys() == {promotion.id}


def test_seuls_l_organisme_et_l_equipe(promotion: Promotion, nadege: Compte) -> None:
    karim = make_delegue(promotion, "Karim", fin=today() - timedelta(days=3))
    mandat = db.session.query(Mandat).one()
    ailleurs = make_agent(make_acteur("Azur", Nature.ORGANISME), "Ines")
    for par in (ailleurs, karim, make_agent(make_acteur("Service"), "Otto")):
        avant = traces()
        with pytest.raises(Interdit):
            elire(promotion, par)
        with pytest.raises(Interdit):
            constater_carence(promotion, cle="c", le=today(), par=par)
        with pytest.raises(Interdit):
            terminer_mandat(mandat, fin=today(), par=par)
        assert traces() == avant
    assert elire(promotion, make_compte("Claire", est_animateur=True)).id


# ---------------------------------------------------------------- pages


def test_un_formulaire_faux_garde_tout_ce_qui_est_tape(
    promotion: Promotion, nadege: Compte, as_: Any
) -> None:
    browser, avant = as_(nadege), traces()
    page = browser.poster(
        f"/promotions/{promotion.id}/election/resultat",
        le="2026-99-99",
        tour="2",
        inscrits="douze",
        titulaire_prenom="Samira \U0001f600",
        titulaire_courriel="samira",
        suppleant_nom="Blanc",
    )
    assert page.status_code == 422
    for phrase in ("n’existe pas", "en chiffres", "Écrivez son nom", "Écrivez son prénom", "ou cochez"):
        assert phrase in page.text
    for tape in ("2026-99-99", "douze", "Samira \U0001f600", "Blanc"):
        assert f'value="{tape}"' in page.text
    assert traces() == avant


def test_du_formulaire_au_proces_verbal(promotion: Promotion, nadege: Compte, as_: Any) -> None:
    browser, url = as_(nadege), f"/promotions/{promotion.id}/election/resultat"
    champs = {"le": today().isoformat(), "tour": "1", "votants": "9", "titulaire_prenom": "Samira"}
    champs |= {"titulaire_nom": "Martin", "titulaire_sans_adresse": "y"}
    champs |= {"cle": "meme-cle"}
    premiere, seconde = (browser.poster(url, **champs) for _fois in range(2))
    assert premiere.status_code == seconde.status_code == 303
    assert premiere.location == seconde.location
    pv = browser.get(premiere.location).text
    assert "Procès-verbal d’élection" in pv
    assert "Samira Martin" in pv
    assert "Premier tour" in pv
    samira = db.session.query(Compte).filter_by(prenom="Samira").one()
    assert "Imprimer le code de Samira" in pv
    assert f"/invitations/{samira.id}" in pv
    animatrice = as_(make_compte("Claire", est_animateur=True)).get(premiere.location).text
    assert "Samira" in animatrice
    assert "Martin" not in animatrice
    refusee = browser.poster(url, **{**champs, "cle": "autre-cle"})
    assert refusee.status_code == 422
    assert "siège était occupé" in refusee.text
    assert 'value="Martin"' in refusee.text


def test_les_noms_des_candidats_sont_seulement_imprimes(
    promotion: Promotion, nadege: Compte, as_: Any
) -> None:
    browser, url = as_(nadege), f"/promotions/{promotion.id}/election/documents"
    avant, champs = traces(), {"titulaires": "Ada <b>\n\n Ada <b> \nZoe", "electeurs": "5"}
    bulletins = browser.poster(url, **champs, document="bulletins").text
    assert (
        bulletins.count('<p class="nom">Ada &lt;b&gt;</p>') == bulletins.count('<p class="nom">Zoe</p>') == 5
    )
    assert bulletins.count('class="bulletin"') == 15  # and five to be filled by hand for the other seat
    for document, mot in (
        ("candidatures", "les candidatures"),
        ("depouillement", "Feuille de dépouillement"),
    ):
        assert mot in browser.poster(url, **champs, document=document).text
    assert '<article class="feuille"' not in browser.poster(url, **champs, document="zz\x00").text
    assert browser.poster(url, titulaires="\n".join(map(str, range(21))), electeurs="1").status_code == 422
    assert browser.poster(url, titulaires="Ada", electeurs="99999999999").status_code == 422
    assert browser.poster(url, titulaires="\n".join("abcdefghijklm"), electeurs="200").status_code == 422
    assert traces() == avant


def test_la_page_dit_qui_a_ouvert_son_compte(promotion: Promotion, nadege: Compte, as_: Any) -> None:
    elire(promotion, nadege)
    page = as_(nadege).get(f"/promotions/{promotion.id}").text
    assert "invitation envoyée" in page
    assert "avec un code imprimé" in page
    assert page.count("Inviter de nouveau, ou imprimer un code") == page.count("Imprimer son code") == 1
    assert not re.search(r"[\w.]+@exemple\.fr", page)
    db.session.query(Compte).filter_by(courriel=SAMIRA.courriel).one().active_le = now()
    db.session.commit()
    assert "Compte ouvert</span>" in as_(nadege).get(f"/promotions/{promotion.id}").text


def test_bienvenue_a_qui_est_elue_et_a_qui_y_pense(promotion: Promotion, as_: Any) -> None:
    samira = make_delegue(promotion, "Samira")
    assert "Bienvenue Samira" in as_(samira).get("/bienvenue").text
    assert "/fiches/nouvelle" in as_(samira).get("/bienvenue").text
    assert "Bienvenue" not in as_(None).get("/bienvenue").text
    assert "/bienvenue" in as_(samira).get("/mon-espace").text


def test_un_compte_efface_laisse_le_proces_verbal(promotion: Promotion, nadege: Compte, as_: Any) -> None:
    election = elire(promotion, nadege)
    numero = election.id
    db.session.execute(Compte.__table__.delete().where(Compte.__table__.c.prenom == "Samira"))
    db.session.commit()
    pv = as_(nadege).get(f"/elections/{numero}").text
    assert "compte a été effacé" in pv
    assert "Samira" not in pv


def test_une_cle_d_ailleurs_ne_donne_pas_l_election_d_ailleurs(
    promotion: Promotion, nadege: Compte, as_: Any
) -> None:
    azur = make_promotion(make_acteur("Azur", Nature.ORGANISME), "Soudeur")
    keep(elire(azur))
    page = as_(nadege).poster(
        f"/promotions/{promotion.id}/election/carence", le=today().isoformat(), cle="une-cle"
    )
    assert page.status_code == 409
    assert db.session.query(Election).count() == 1
