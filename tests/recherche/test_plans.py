"""A search reads few rows of the index, whatever the number of documents and of results."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from devtools.factories import Monde
from mse.core.cache import clear_caches
from mse.core.clock import now
from mse.extensions import db
from mse.recherche.models import DocumentRecherche, FacettesRecherche, Genre, Mot, Sujet
from mse.recherche.queries.candidats import list_candidates
from mse.recherche.queries.resultats import Tri
from mse.recherche.tokens import make_id, write_filters
from tests.plans import analyze, count_read, explain

NOMBRE = 20_000
INDEX = "FROM recherche_plein_texte"
LU = NOMBRE // 4  # rows that one search may read


@pytest.fixture
def beaucoup(monde: Monde) -> None:
    """Twenty thousand documents: «jour» in all texts, «car» and «retard» in a fifth of them, each of both in
    titles apart, «bus» in a title of the oldest ones, «tram» in ten."""
    documents, facettes = [], []
    for rang in range(1, NOMBRE + 1):
        id = make_id(Genre.FICHE, rang + 1000, now() - timedelta(hours=rang))
        titre = (
            "car" if rang % 50 == 0 else "retard" if rang % 50 == 5 else "bus" if rang > NOMBRE - 20 else ""
        )
        texte = "jour" + " car retard" * (rang % 5 == 0) + " tram" * (rang % (NOMBRE // 10) == 0)
        filtres = " ".join(write_filters({"genre": Genre.FICHE, "theme": ("transport", "stage")[rang % 2]}))
        documents.append(
            {
                "id": id,
                "genre": Genre.FICHE,
                "objet_id": rang + 1000,
                "sujet": Sujet.FICHE,
                "sujet_id": rang + 1000,
                "titre": titre,
                "texte": f"{texte} {titre}",
                "filtres": filtres,
            }
        )
        facettes.append({"id": id, "personnes": rang % 20, "filtres": filtres})
    with db.engine.begin() as connection:
        connection.execute(insert(DocumentRecherche), documents)
        connection.execute(insert(FacettesRecherche), facettes)
        mots = [{"mot": mot, "racine": mot} for mot in ("jour", "car", "retard", "bus", "tram")]
        connection.execute(insert(Mot), mots)
    analyze()
    db.session.rollback()
    clear_caches()


@pytest.mark.usefixtures("beaucoup")
def test_une_recherche_lit_peu_de_documents(client: Any) -> None:
    for mots in ("jour", "car retard", "jour bus", "tram", "absent"):
        for tri in Tri:
            check_page(client, q=mots, tri=tri)
    avant = make_id(Genre.FICHE, 0, now() - timedelta(days=30))
    check_page(client, q="jour", apres=f"1-{avant}")
    check_page(client, q="car", theme="transport")
    check(explain(lambda: list_candidates(["jour", "tram"], {}, 100), INDEX), "candidats")


def check_page(client: Any, **adresse: str) -> None:
    check(explain(lambda: client.get("/recherche", query_string=adresse), INDEX), str(adresse))


def check(plans: list[str], what: str) -> None:
    for plan in plans:
        if db.engine.dialect.name == "sqlite":
            assert "VIRTUAL TABLE INDEX" in plan, what
            assert "SCAN recherche_facettes" not in plan, what
            assert plan.count("TEMP B-TREE") <= 1, what  # people concerned, among the newest results
        else:
            assert count_read(plan) < LU, f"{what}\n{plan}"
