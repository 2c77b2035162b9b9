"""Changes of a promotion: concurrent, after a vote, with drafts in progress."""

from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import NICE, Monde, hidden_fields, make_brouillon, make_promotion
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.dates import date_longue
from mse.core.errors import DonneeInvalide
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.fiches.queries.routage import propose
from mse.representation.models import Promotion
from mse.representation.use_cases.elections import constater_carence
from mse.representation.use_cases.promotions import modifier_promotion


def dite(promotion: Promotion, **champs: Any) -> dict[str, Any]:
    return {
        "titre": promotion.titre,
        "commune_code": promotion.commune_code,
        "debut": promotion.debut,
        "fin": promotion.fin,
        "effectif": promotion.effectif,
        "succede_a": promotion.succede_a,
        **champs,
    }


def test_deux_collegues_corrigent_la_meme_promotion_la_seconde_est_prevenue(
    monde: Monde, nadege: Compte, as_: Any
) -> None:
    """A form opened before another change is refused with 409, so that it does not restore the old end."""
    promotion, prolongee = monde.promotion, today() + timedelta(days=200)
    url = f"/promotions/{promotion.id}/modifier"
    saisie = {"commune": "Marseille (13)", "debut": promotion.debut, "effectif": 12, "succede_a": ""}
    ancienne = {**saisie, "titre": "Cuisine", "fin": promotion.fin}
    nad = as_(nadege)
    ouverte = hidden_fields(nad.get(url).text)
    modifier_promotion(promotion, **dite(promotion, fin=prolongee), par=monde.admin)
    refus = nad.post(url, data={**ouverte, **ancienne})
    assert refus.status_code == 409
    assert 'value="Cuisine"' in refus.text
    assert f" au {date_longue(prolongee)}, effectif de 12" in refus.text
    db.session.expire_all()
    assert (promotion.titre, promotion.fin) == ("Agent de cuisine", prolongee)
    ensuite = nad.post(url, data={**hidden_fields(refus.text), **ancienne, "fin": prolongee})
    assert ensuite.status_code == 303
    db.session.expire_all()
    assert (promotion.titre, promotion.fin) == ("Cuisine", prolongee)


def test_une_carence_reste_dans_les_dates_de_la_formation(monde: Monde, nadege: Compte) -> None:
    """The end may not be set before the date of a recorded procès-verbal de carence."""
    promotion = make_promotion(monde.lavande, "Pâtissier")
    constater_carence(promotion, cle="une-cle", le=today() - timedelta(days=5), par=nadege)
    with pytest.raises(DonneeInvalide, match="Écrivez une fin au plus tôt"):
        modifier_promotion(promotion, **dite(promotion, fin=today() - timedelta(days=6)), par=nadege)
    modifier_promotion(promotion, **dite(promotion, fin=today() - timedelta(days=5)), par=nadege)


def test_un_brouillon_suit_sa_promotion_dans_l_autre_commune(monde: Monde, nadege: Compte) -> None:
    """A draft takes the new commune of its promotion, hence its territoire. A filed fiche keeps its own."""
    brouillon = make_brouillon(monde.promotion, monde.samira)
    assert [p.acteur for p in propose(brouillon) if p.coche] == [monde.transports]
    modifier_promotion(monde.promotion, **dite(monde.promotion, commune_code=NICE), par=nadege)
    deposer_fiche(brouillon, par=monde.samira)
    assert brouillon.territoire_code == "06-9315"
    assert brouillon.saisines == []  # no service answers for transport there
    db.session.refresh(monde.fiche)
    assert monde.fiche.territoire_code == "13-9312"  # a filed fiche keeps its territoire


def test_une_promotion_et_celle_qui_la_continue_ne_se_chevauchent_pas(monde: Monde, nadege: Compte) -> None:
    """Overlapping promotions would both read the drafts of the first. If they already overlap, other fields
    may still change."""
    avant = monde.promotion
    suite = make_promotion(
        monde.lavande, "Cuisine, suite", debut=avant.fin, fin=avant.fin + timedelta(days=90)
    )
    modifier_promotion(suite, **dite(suite, succede_a=avant), par=nadege)
    un_jour = timedelta(days=1)
    with pytest.raises(DonneeInvalide, match="choisissez une promotion déjà terminée"):
        modifier_promotion(suite, **dite(suite, debut=suite.debut - un_jour), par=nadege)
    with pytest.raises(DonneeInvalide, match="Cuisine, suite » la continue à partir du"):
        modifier_promotion(avant, **dite(avant, fin=avant.fin + un_jour), par=nadege)
    db.session.rollback()
    avant.fin += timedelta(days=10)
    db.session.commit()
    modifier_promotion(avant, **dite(avant, titre="Cuisinier"), par=nadege)
    modifier_promotion(suite, **dite(suite, effectif=9), par=nadege)
    modifier_promotion(suite, **dite(suite, debut=avant.fin), par=nadege)
    assert suite.debut == avant.fin
