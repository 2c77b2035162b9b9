"""The registry for reading: numbers and rows of several sources, in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Integer, Select, bindparam, literal, select, union_all

from mse.core import registry
from mse.core.registry import Registry, Source, write_count
from tests.fiches.test_lire import counted


@dataclass(frozen=True)
class Personne:
    plafond: int  # items above it are not hers
    est_concernee: bool = True

    @property
    def parameters(self) -> Mapping[str, Any]:
        return {"plafond": self.plafond}


def _select(*pairs: tuple[int, int]) -> Select[Any, Any]:
    """Select (item, object) of each pair whose item is at most the bound parameter `plafond`."""
    rows = union_all(*(select(literal(a).label("item"), literal(b).label("about")) for a, b in pairs))
    table = rows.subquery()
    return select(table.c.item, table.c.about).where(table.c.item <= bindparam("plafond", type_=Integer))


def _source(name: str, *pairs: tuple[int, int], **options: Any) -> Source[Personne]:
    return Source(
        name=name,
        concerns=lambda personne: personne.est_concernee,
        items=lambda: _select(*pairs),
        **{"about": "fiche", "is_pressing": True, "rows": lambda _personne: [name], **options},
    )


@pytest.fixture
def sources() -> Registry[Personne]:
    """Two sources about fiches 7, 8 and 9, one about a request 7, one that waits for nobody."""
    tous: Registry[Personne] = Registry()
    tous.add([_source("messages", (1, 7), (2, 8)), _source("avis", (1, 7), (3, 9))])
    tous.add([_source("demandes", (4, 7), about="demande"), _source("lues", (1, 5), is_pressing=False)])
    return tous


def test_un_meme_objet_ne_compte_qu_une_fois(app: Flask, sources: Registry[Personne]) -> None:
    with counted() as statements:
        tally = sources.count(Personne(9))
    assert len(statements) == 1
    assert (tally.count("messages"), tally.count("avis"), tally.count("lues")) == (2, 2, 1)
    assert tally.objects == {"fiche": 3, "demande": 1}
    assert tally.total == 4
    assert sources.count(Personne(9), pressing=True).total == 4
    assert sources.count(Personne(1)).objects == {"fiche": 1}


def test_une_source_vide_n_est_pas_lue(app: Flask, sources: Registry[Personne]) -> None:
    personne = Personne(3)
    lues = sources.read(personne, sources.count(personne))
    assert lues == {"messages": ["messages"], "avis": ["avis"], "demandes": (), "lues": ["lues"]}


def test_qui_n_est_pas_concerne_ne_coute_rien(app: Flask, sources: Registry[Personne]) -> None:
    autre = Personne(9, est_concernee=False)
    with counted() as statements:
        tally = sources.count(autre)
        assert sources.read(autre, tally) == {}
    assert (statements, tally.total) == ([], 0)


def test_un_compte_arrete_se_dit(
    app: Flask, sources: Registry[Personne], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A count that stopped says so, even if its items are about one object."""
    monkeypatch.setattr(registry, "COUNT_MAX", 2)
    tally = sources.count(Personne(9))
    assert tally.total == tally.count("messages", "avis") == 2
    assert [write_count(n) for n in (1, 2)] == ["1", "1+"]


def test_une_source_inscrite_deux_fois_ne_compte_qu_une_fois(app: Flask, sources: Registry[Personne]) -> None:
    sources.add([_source("avis", (3, 9))])
    assert sources.count(Personne(9)).count("avis") == 1
