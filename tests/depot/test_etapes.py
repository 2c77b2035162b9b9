"""How a step of a draft is shown: its question, its position, its last save, what its button opens."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from devtools.factories import Monde, keep, make_brouillon
from mse.core.clock import now, zone

DEMARCHES = sorted((Path(__file__).parents[2] / "mse" / "demarche").glob("*.toml"))


def _main(page: str) -> str:
    return page[page.index("<main") :]


def test_la_question_est_le_titre_et_le_bouton_dit_la_suite(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    samira = as_(monde.samira)
    for etape, question, suite in (
        ("theme", "De quoi s’agit-il\u202f?", "le problème"),
        ("probleme", "Que se passe-t-il\u202f?", "les causes"),
        ("solution", "Que proposez-vous\u202f?", "les personnes concernées"),
        ("destinataires", "Qui peut agir\u202f?", "la relecture"),
    ):
        page = _main(samira.get(f"/fiches/{fiche.id}/brouillon/{etape}").text)
        titres = re.findall(r"<h1>(.*?)</h1>", page)
        assert [re.sub("<[^>]+>", "", titre).strip() for titre in titres] == [question]
        assert re.findall(r'<button type="submit" class="bouton">(.*?)</button>', page) == [
            f"Continuer\u202f: {suite}"
        ]


def test_un_segment_par_etape_et_l_heure_du_dernier_enregistrement(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    fiche.modifiee_le = now()
    keep(fiche)
    samira = as_(monde.samira)
    url = f"/fiches/{fiche.id}/brouillon/causes"
    page = samira.get(url).text
    assert "3 sur 9 · Les causes" in page
    assert re.findall(r'<rect class="(\w+)"', page) == ["fait"] * 2 + ["ici"] + ["reste"] * 6
    heure = fiche.modifiee_le.astimezone(zone())
    assert f"Enregistré à {heure.hour}\xa0h\xa0{heure.minute:02}" in page


def test_un_brouillon_garde_hier_dit_le_jour(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    fiche.modifiee_le = now() - timedelta(days=1)
    keep(fiche)
    assert "Enregistré le " in as_(monde.samira).get(f"/fiches/{fiche.id}/brouillon/relecture").text


@pytest.mark.parametrize("demarche", DEMARCHES, ids=lambda path: path.stem)
def test_chaque_theme_a_son_dessin(app: Any, demarche: Path) -> None:
    composant: Any = app.jinja_env.get_template("components/dessins.html").module
    neutre = composant.dessin_theme("inconnu")
    themes = tomllib.loads(demarche.read_text())["themes"]
    codes = [theme.get("pictogramme", theme["code"]) for theme in themes]
    dessins = [composant.dessin_theme(code) for code in codes]
    assert [code for code, dessin in zip(codes, dessins, strict=True) if dessin == neutre] == ["autre"]
    assert len(set(dessins)) == len(codes)
