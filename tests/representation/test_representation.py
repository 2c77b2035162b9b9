"""The representation of a promotion is the same in the list, the banner, its page and the météo."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from devtools.factories import make_acteur, make_agent, make_delegue, make_promotion
from mse.annuaire.models import Acteur, Nature
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.extensions import db
from mse.representation.models import Promotion, RoleMandat, Situation, representation
from mse.representation.queries.promotions import (
    Moment,
    count_moments,
    count_sans_delegue,
    get_representation,
    list_promotions_de,
)
from tests.representation.test_promotions import carence, il_y_a


@pytest.fixture
def lavande(app: Flask) -> Acteur:
    return make_acteur("Lavande Formation", Nature.ORGANISME)


def jamais_venue(compte: Compte) -> None:
    compte.active_le = None
    db.session.commit()


def test_ou_en_est_chaque_promotion_la_page_le_dit_comme_la_requete(lavande: Acteur) -> None:
    attendu: dict[int, tuple[Situation, date | None]] = {}

    def cas(situation: Situation, depuis: date | None, debut: int, **champs: Any) -> Promotion:
        promotion = make_promotion(lavande, f"{situation} {len(attendu)}", debut=il_y_a(debut), **champs)
        attendu[promotion.id] = (situation, depuis)
        return promotion

    cas(Situation.A_VENIR, None, -1)
    cas(Situation.TERMINEE, None, 90, fin=il_y_a(1))
    cas(Situation.A_ORGANISER, None, 20)
    cas(Situation.ATTENDUE, today(), 21)
    cas(Situation.ATTENDUE, il_y_a(9), 30)
    carence(cas(Situation.CARENCE, il_y_a(5), 30), il_y_a(5))
    make_delegue(cas(Situation.REPRESENTEE, None, 30), "Samira")
    make_delegue(cas(Situation.REPRESENTEE, None, 30), "Karim", RoleMandat.SUPPLEANT)
    make_delegue(cas(Situation.REPRESENTEE, None, 30), "Lea", fin=today())
    jamais_venue(make_delegue(cas(Situation.INVITEE, None, 30), "Nora"))
    jamais_venue(make_delegue(cas(Situation.INVITEE, None, 10), "Nina", RoleMandat.SUPPLEANT))
    partis = cas(Situation.ATTENDUE, il_y_a(3), 60)
    make_delegue(partis, "Zoe", fin=il_y_a(8))
    make_delegue(partis, "Yan", RoleMandat.SUPPLEANT, fin=il_y_a(4))
    apres = cas(Situation.ATTENDUE, il_y_a(1), 60)
    carence(apres, il_y_a(30))
    make_delegue(apres, "Eva", debut=il_y_a(20), fin=il_y_a(2))
    make_delegue(cas(Situation.ATTENDUE, il_y_a(1), 10), "Ali", fin=il_y_a(2))

    le, vues = today(), {}
    for moment in (Moment.EN_COURS, Moment.A_VENIR, Moment.TERMINEES):
        for ligne in list_promotions_de(lavande, moment, le=le)[0]:
            vues[ligne.id] = (ligne.representation.situation, ligne.representation.depuis)
    assert vues == attendu
    for numero, trouve in attendu.items():
        dite = get_representation(db.session.get_one(Promotion, numero), le=le)
        assert (dite.situation, dite.depuis) == trouve
    manque = {
        numero
        for numero, (situation, _d) in attendu.items()
        if situation in (Situation.ATTENDUE, Situation.CARENCE, Situation.INVITEE)
        and db.session.get_one(Promotion, numero).debut <= il_y_a(21)
    }
    assert {x.id for x in list_promotions_de(lavande, Moment.SANS_DELEGUE, le=le)[0]} == manque
    assert count_moments(lavande, le=le) == {
        Moment.SANS_DELEGUE: 6,
        Moment.EN_COURS: 12,
        Moment.A_VENIR: 1,
        Moment.TERMINEES: 1,
    }
    assert count_sans_delegue([lavande.id], le=le) == {lavande.id: 6}


def test_une_formation_courte_vote_aussi() -> None:
    une = representation(
        debut=today(),
        fin=today(),
        titulaire=False,
        suppleant=False,
        titulaire_venu=False,
        suppleant_venu=False,
        dernier_mandat=None,
        derniere_carence=None,
        le=today(),
    )
    assert une.attend_une_election


def test_des_elu_es_jamais_venu_es_ne_sont_pas_en_fonction(lavande: Acteur, as_: Any) -> None:
    promotion = make_promotion(lavande)
    samira, karim = make_delegue(promotion, "Samira"), make_delegue(promotion, "Karim", RoleMandat.SUPPLEANT)
    jamais_venue(samira)
    jamais_venue(karim)
    agente = as_(make_agent(lavande, "Nadege"))
    pages = [f"/acteurs/{lavande.id}/promotions", f"/promotions/{promotion.id}"]
    for page in pages:
        texte = agente.get(page).text
        assert "comptes pas encore ouverts" in texte
        assert "en fonction</span>" not in texte
    assert "1 promotion n’a pas de délégué·e en fonction." in agente.get(pages[0]).text
    samira.active_le = samira.cree_le
    db.session.commit()
    for page in pages:
        texte = agente.get(page).text
        assert "Titulaire en fonction</span> <span>suppléant·e pas encore venu·e" in texte
