"""The nearest fiches are looked for among few rows, whatever the number of fiches."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from devtools.factories import Monde
from mse.core.cache import clear_caches
from mse.core.clock import now
from mse.doublons.queries.proches import SAMPLE, rank
from mse.extensions import db
from mse.fiches.api import Publication
from mse.fiches.models import Fiche, FicheTerritoire
from tests.plans import analyze, count_read, explain

NOMBRE = 8_000


@pytest.fixture
def beaucoup(monde: Monde) -> None:
    """Eight thousand published fiches, half of them of another thème."""
    fiches, lieux = [], []
    for rang in range(1, NOMBRE + 1):
        le, theme = now() - timedelta(hours=rang), ("transport", "remuneration")[rang % 2]
        fiches.append(
            {
                "id": rang + 1000,
                "cle": f"cle-{rang}",
                "promotion_id": monde.promotion.id,
                "auteur_id": monde.samira.id,
                "theme_code": theme,
                "territoire_code": monde.promotion.territoire_code,
                "titre": f"Le car numéro {rang} est en retard",
                "probleme": "Le car passe trop tard le matin.",
                "probleme_html": "<p>Le car passe trop tard le matin.</p>",
                "publication": Publication.PUBLIEE,
                "est_comptee": True,
                "creee_le": le,
                "modifiee_le": le,
                "deposee_le": le,
                "version": 1,
            }
        )
        for code in ("13", "93"):
            lieux.append(
                {"fiche_id": rang + 1000, "territoire_code": code, "theme_code": theme, "deposee_le": le}
            )
    with db.engine.begin() as connection:
        connection.execute(insert(Fiche), fiches)
        connection.execute(insert(FicheTerritoire), lieux)
    analyze()
    db.session.rollback()
    clear_caches()


@pytest.mark.usefixtures("beaucoup")
@pytest.mark.parametrize("theme", [None, "transport"])
def test_les_fiches_proches_se_lisent_par_un_index(theme: str | None, monde: Monde) -> None:
    lieu = monde.promotion.territoire_code
    for plan in explain(
        lambda: rank("Le car en retard", "Trop tard", theme=theme, territoire=lieu), "fiches"
    ):
        assert "SCAN fiches" not in plan.replace("SCAN fiches USING INDEX", "")
        assert "TEMP B-TREE" not in plan
        if db.engine.dialect.name == "postgresql":
            assert count_read(plan) <= 2 * SAMPLE, plan
