"""«Mes promotions»: promotions without délégué·e and since when; creation and change of a promotion."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from devtools.factories import keep, make_acteur, make_agent, make_compte, make_delegue, make_promotion
from mse.annuaire.models import Acteur, Nature
from mse.comptes.models import Compte
from mse.core import clock
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.representation.models import Election, Mandat, NatureElection, Promotion, RoleMandat
from mse.representation.policies import roles_de
from mse.representation.use_cases.promotions import modifier_promotion


@pytest.fixture
def lavande(app: Flask) -> Acteur:
    return make_acteur("Lavande Formation", Nature.ORGANISME)


@pytest.fixture
def nadege(lavande: Acteur) -> Compte:
    return make_agent(lavande, "Nadege")


def il_y_a(jours: int) -> date:
    return today() - timedelta(days=jours)


def carence(promotion: Promotion, le: date) -> None:
    keep(
        Election(
            cle=f"c{promotion.id}-{le}",
            promotion=promotion,
            nature=NatureElection.CARENCE,
            le=le,
            saisie_le=now(),
        )
    )


# ---------------------------------------------------------------- promotions without délégué·e


def test_mon_espace_le_dit_d_abord(lavande: Acteur, nadege: Compte, as_: Any) -> None:
    promotion = make_promotion(lavande)
    page = as_(nadege).get("/mon-espace").text
    assert "1 promotion n’a pas de délégué·e en fonction." in page
    assert "Rien ne vous attend" not in page
    liste = as_(nadege).get(f"/acteurs/{lavande.id}/promotions").text
    assert f"/promotions/{promotion.id}/election" in liste
    assert "Sans délégué·e (1)" in liste
    make_delegue(promotion, "Samira")
    assert "n’a pas de délégué" not in as_(nadege).get("/mon-espace").text
    animatrice = as_(make_compte("Claire", est_animateur=True))
    assert f"/acteurs/{lavande.id}/promotions" in animatrice.get(f"/acteurs/{lavande.id}").text
    assert "/promotions" not in as_(None).get(f"/acteurs/{lavande.id}").text


@pytest.mark.parametrize("question", ["moment=zz", "apres=zz", "apres=2026-01-01.0", "apres=%00", "apres=.5"])
def test_une_adresse_bricolee_recoit_une_phrase(
    lavande: Acteur, nadege: Compte, as_: Any, question: str
) -> None:
    page = as_(nadege).get(f"/acteurs/{lavande.id}/promotions?{question}")
    assert page.status_code == 422


def test_la_liste_se_suit_et_coute_autant_pleine(lavande: Acteur, nadege: Compte, as_: Any) -> None:
    browser, requetes = as_(nadege), []
    url = f"/acteurs/{lavande.id}/promotions"

    def count() -> int:
        def note(*args: Any) -> None:
            requetes.append(args[2])

        requetes.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        browser.get(url)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(requetes)

    make_promotion(lavande, "Groupe 00")
    une = count()
    for n in range(1, 30):
        make_delegue(make_promotion(lavande, f"Groupe {n:02}"), "Samira")
    assert count() == une
    page, vues = browser.get(url).text, []
    while True:
        vues += re.findall(r">(Groupe \d\d)</a>", page)
        suite = re.search(r'href="([^"]+)" rel="next"', page)
        if suite is None:
            break
        page = browser.get(suite[1].replace("&amp;", "&")).text
    assert vues == [f"Groupe {n:02}" for n in reversed(range(30))]


# ---------------------------------------------------------------- create, change


CHAMPS = {
    "titre": "Apiculteur",
    "commune": "apt",
    "debut": "2026-11-02",
    "fin": "2027-03-01",
    "effectif": "9",
}


def test_une_promotion_se_cree_une_fois(lavande: Acteur, nadege: Compte, as_: Any) -> None:
    browser, url = as_(nadege), f"/acteurs/{lavande.id}/promotions/nouvelle"
    premiere = browser.poster(url, **CHAMPS)
    assert premiere.status_code == 303
    assert "Apiculteur" in browser.get(premiere.location).text
    assert browser.poster(url, **CHAMPS).location == premiere.location  # the second click
    with clock.at(now() + timedelta(minutes=11)):
        deuxieme = browser.poster(url, **CHAMPS)
    assert (deuxieme.status_code, "groupe A" in deuxieme.text) == (422, True)
    assert db.session.query(Promotion).one().commune.nom == "Apt"


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"commune": "Mirabeau"}, "Mirabeau (04) ou Mirabeau (84)"),
        ({"commune": "Avinion"}, "Avignon (84)"),
        ({"commune": "Paris"}, "n’existe pas ici"),
        ({"commune": "84"}, "n’existe pas ici"),
        ({"commune": "13013"}, "Marseille (13), si c’est un code postal"),
        ({"titre": "\u200b"}, "Écrivez quelque chose"),
        ({"titre": "T" * 161}, "161 caractères"),
        ({"debut": "demain"}, "n’existe pas"),
        ({"fin": "2026-11-01"}, "avant son début"),
        ({"fin": "9999-12-31"}, "vérifiez les années"),
        ({"effectif": "0"}, "entre 1 et"),
        ({"effectif": "1" * 30}, "entre 1 et"),
        ({"succede_a": "999999"}, "erreur"),
    ],
)
def test_une_promotion_mal_dite_garde_ce_qui_est_tape(
    lavande: Acteur, nadege: Compte, as_: Any, champs: dict[str, str], phrase: str
) -> None:
    page = as_(nadege).poster(f"/acteurs/{lavande.id}/promotions/nouvelle", **{**CHAMPS, **champs})
    assert page.status_code == 422
    assert phrase in page.text
    assert f'value="{champs.get("titre", "Apiculteur")}"' in page.text or "titre" in champs
    assert db.session.query(Promotion).count() == 0


def test_tout_ce_qui_ne_va_pas_se_dit_en_une_fois_a_cote_de_son_champ(
    lavande: Acteur, nadege: Compte, as_: Any
) -> None:
    faux = {"commune": "Avinion", "fin": "2026-11-01", "effectif": "0"}
    page = as_(nadege).poster(f"/acteurs/{lavande.id}/promotions/nouvelle", **{**CHAMPS, **faux}).text
    assert re.findall(r'<li><a href="#(\w+)">', page) == ["commune", "fin", "effectif"]
    assert re.findall(r'id="(\w+)-erreur"', page) == ["commune", "fin", "effectif"]


@pytest.mark.parametrize("commune", ["Mirabeau (84)", "mirabeau 84120", "84076", "MIRABEAU (84076)"])
def test_une_commune_se_dit_de_plusieurs_facons(
    lavande: Acteur, nadege: Compte, as_: Any, commune: str
) -> None:
    as_(nadege).poster(f"/acteurs/{lavande.id}/promotions/nouvelle", **{**CHAMPS, "commune": commune})
    assert db.session.query(Promotion).one().commune_code == "84076"


def test_une_promotion_se_modifie_dans_ce_qui_a_ete_vote(lavande: Acteur, nadege: Compte, as_: Any) -> None:
    promotion, avant = make_promotion(lavande), make_promotion(lavande, "La précédente")
    avant.fin = promotion.debut
    make_delegue(promotion, "Samira", debut=il_y_a(30))
    carence(promotion, il_y_a(40))
    dites = {"titre": "Cuisine", "commune_code": "84003", "effectif": 3, "succede_a": avant}
    dites |= {"debut": promotion.debut, "fin": promotion.fin, "par": nadege}
    for champs, phrase in (
        ({"debut": il_y_a(35)}, "cette promotion a voté"),
        ({"fin": il_y_a(35)}, "un mandat a commencé"),
        ({"succede_a": make_promotion(lavande, "En cours")}, "déjà terminée"),
        ({"succede_a": make_promotion(make_acteur("Azur", Nature.ORGANISME))}, "même organisme"),
    ):
        with pytest.raises(DonneeInvalide, match=phrase):
            modifier_promotion(promotion, **{**dites, **champs})
        assert promotion.titre == "Agent de cuisine"
    with pytest.raises(Interdit):
        modifier_promotion(promotion, **{**dites, "par": make_compte("Otto")})
    modifier_promotion(promotion, **dites)
    assert (promotion.titre, promotion.commune.nom, promotion.succede_a) == ("Cuisine", "Apt", avant)
    promotion.succede_a.succede_a = promotion  # a loop that no page can create
    db.session.commit()
    with pytest.raises(DonneeInvalide, match="suit déjà"):
        modifier_promotion(promotion, **{**dites, "effectif": 4})
    avant.succede_a = None
    db.session.commit()
    assert [x.action for x in db.session.query(LigneJournal)] == ["promotion_modifiee", "promotion_continuee"]
    assert db.session.query(Mandat).one().est_en_cours(promotion.fin)
    page = as_(nadege).get(f"/promotions/{promotion.id}/modifier").text
    assert 'value="Apt (84)"' in page
    assert f'<option selected value="{avant.id}">' in page


def test_une_promotion_raccourcie_raccourcit_ses_mandats(lavande: Acteur, nadege: Compte) -> None:
    """Mandats end with a shortened course, also those whose planned end is later."""
    promotion, hier = make_promotion(lavande), il_y_a(1)
    samira = make_delegue(promotion, "Samira", fin=il_y_a(-60))
    partie = make_delegue(promotion, "Zoe", RoleMandat.SUPPLEANT, fin=il_y_a(30))
    karim = make_delegue(promotion, "Karim", RoleMandat.SUPPLEANT, debut=il_y_a(20))
    modifier_promotion(
        promotion,
        titre=promotion.titre,
        commune_code=promotion.commune_code,
        debut=promotion.debut,
        fin=hier,
        effectif=9,
        succede_a=None,
        par=nadege,
    )
    assert [compte.mandats[0].fin for compte in (samira, partie, karim)] == [hier, il_y_a(30), None]
    assert [roles_de(compte).delegue_de for compte in (samira, karim)] == [frozenset(), frozenset()]
