"""Each night the site deletes what it has kept long enough, and says how many rows, never which."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.comptes.models import DUREES, Jeton, NatureJeton, SessionCompte
from mse.core import conservation
from mse.core.clock import at, now
from mse.core.conservation import Terme, declare, list_termes
from mse.donnees_personnelles.cli import purger as commande
from mse.donnees_personnelles.models import Purge
from mse.donnees_personnelles.purger import essayer, purger, purger_la_nuit
from mse.extensions import db

ANS = timedelta(days=730)


@pytest.fixture
def vieux_lien(monde: Monde) -> int:
    """A sign-in link that expired an hour ago."""
    debut = now() - timedelta(hours=1) - DUREES[NatureJeton.CONNEXION]
    jeton, _secret = Jeton.emettre(monde.samira, NatureJeton.CONNEXION, le=debut)
    db.session.add(jeton)
    db.session.commit()
    return jeton.id


def count(table: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_l_essai_compte_et_n_efface_rien(vieux_lien: int, monde: Monde) -> None:
    with at(now() + timedelta(days=1)):
        prevu = essayer()
        assert prevu["liens"] == 1
        assert count(Jeton) == 1
        assert count(Purge) == 0
        assert purger() == prevu
        assert count(Jeton) == 0


def test_un_second_passage_n_efface_plus_rien(vieux_lien: int, monde: Monde, as_: Any) -> None:
    as_(monde.samira)
    with at(now() + ANS):
        premier, second = purger(), purger()
    assert (premier["liens"], premier["connexions"]) == (1, 1)
    assert set(second.values()) == {0}
    assert count(SessionCompte) == 0


def test_avant_la_fin_du_delai_rien_n_est_efface(vieux_lien: int, monde: Monde) -> None:
    with at(now() + timedelta(hours=22)):
        assert purger()["liens"] == 0
    assert count(Jeton) == 1


def test_le_passage_se_fait_une_fois_par_jour(monde: Monde) -> None:
    for _fois in range(3):
        purger_la_nuit()
    assert count(Purge) == 1
    with at(now() + timedelta(days=1)):
        purger_la_nuit()
    assert count(Purge) == 2


def test_un_echec_n_arrete_pas_les_autres(
    vieux_lien: int, monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conservation, "_TERMES", dict(conservation._TERMES))

    def tomber() -> int:
        raise RuntimeError

    declare([Terme(nom="mots_de_classe", quoi="Les mots", duree="30 jours", oublier=tomber)])
    with at(now() + timedelta(days=1)):
        comptes = purger()
    assert (comptes["mots_de_classe"], comptes["liens"]) == (None, 1)
    assert "une partie a échoué" in as_(monde.admin).get("/effacements").text


def test_l_administratrice_lit_les_nombres(vieux_lien: int, monde: Monde, as_: Any) -> None:
    page = as_(monde.admin)
    assert "Aucun passage" in page.get("/effacements").text
    with at(now() + timedelta(days=1)):
        purger()
    lue = page.get("/effacements").text
    assert "1 donnée effacée" in lue
    assert "Les liens envoyés par courriel" in lue
    assert "/effacements" in page.get("/mon-compte").text


def test_la_page_publique_dit_chaque_delai(monde: Monde, as_: Any) -> None:
    page = as_(None).get("/donnees-personnelles").text
    assert [terme.nom for terme in list_termes() if str(terme.quoi) not in page] == []


def test_la_commande_dit_ce_qu_elle_a_compte(vieux_lien: int, monde: Monde) -> None:
    with at(now() + timedelta(days=1)):
        essai = CliRunner().invoke(commande, ["--essai"])
        fait = CliRunner().invoke(commande)
    assert essai.exit_code == fait.exit_code == 0
    for sortie in (essai.output, fait.output):
        assert "Les liens envoyés par courriel\u202f: 1\n" in sortie
    assert "rien n’a été effacé" in essai.output
    assert "Essai" not in fait.output


def test_le_guide_dit_chaque_delai() -> None:
    """The table of docs/guides/administration.md is that of the declarations."""
    guide = (Path(__file__).parents[2] / "docs/guides/administration.md").read_text("utf-8")
    lignes = [f"| {terme.quoi} | {terme.duree} |".replace("\u202f", "\xa0") for terme in list_termes()]
    assert [ligne for ligne in lignes if ligne not in guide] == []
