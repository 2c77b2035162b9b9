"""A promotion is corrected: by two people, after a vote, while its drafts are being written."""

from datetime import timedelta
from typing import Any

from mse.annuaire.models import Promotion
from mse.annuaire.use_cases.promotions import modifier_promotion
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.dates import date_longue
from mse.extensions import db
from tests.fabrique import Monde, hidden_fields


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
    """The one who only mends the title does not put the old end back."""
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
