"""The list of repères reads a few entries of one index, whatever their number."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, text

from devtools.factories import Monde
from mse.core.clock import now
from mse.extensions import db
from mse.reperes.models import Portee, Repere
from mse.reperes.queries.lieux import list_lignee
from mse.reperes.queries.listes import PAR_PAGE, Filtres, list_reperes, select_ids
from mse.reperes.workflow import StatutRepere
from tests.plans import analyze

NOMBRE = 10_000
LIEUX = ("93", "13", "84", "13-9312")


@pytest.fixture
def beaucoup(monde: Monde) -> None:
    """Ten thousand published repères."""
    communs = {
        "statut": StatutRepere.PUBLIE,
        "titre": "Titre",
        "texte": "Texte",
        "texte_html": "<p>Texte</p>",
    }
    dates = {"cree_le": now(), "valable_du": date(2026, 1, 1), "a_revoir_le": date(2030, 1, 1)}
    codes = {"themes": ["transport"], "territoires": ["13"], "base": "Base", "numero": 1, "version": 1}
    reperes, portees = [], []
    for rang in range(1, NOMBRE + 1):
        le, lieu = now() - timedelta(minutes=rang), LIEUX[rang % len(LIEUX)]
        reperes.append({"id": rang, "cle": str(uuid4()), "publie_le": le, **communs, **dates, **codes})
        for theme in (None, "transport"):
            for code in list_lignee(lieu):
                portees.append(
                    {
                        "repere_id": rang,
                        "theme_code": theme,
                        "territoire_code": code,
                        "est_ici": code == lieu,
                        "publie_le": le,
                    }
                )
    with db.engine.begin() as connection:
        connection.execute(insert(Repere), reperes)
        connection.execute(insert(Portee), portees)
    analyze()
    db.session.rollback()


@pytest.mark.usefixtures("beaucoup")
@pytest.mark.parametrize("filtres", [Filtres(), Filtres(theme="transport"), Filtres(territoire="13-9312")])
def test_la_liste_se_lit_par_son_index(filtres: Filtres) -> None:
    page = list_reperes(filtres)
    assert len(page.rows) == PAR_PAGE
    assert page.next is not None
    assert len(list_reperes(filtres, page.next).rows) == PAR_PAGE
    statement = select_ids(filtres, resumed=False).compile(db.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"
    plan = "\n".join(str(row) for row in db.session.execute(text(f"{explain} {statement}")))
    assert "ix_reperes_portees_" in plan
    assert "SCAN reperes_portees" not in plan
    assert "Seq Scan" not in plan
    assert plan.count("Sort Key") <= 1  # the union of the places; each place reads its index in order
