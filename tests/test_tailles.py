"""House rules on sizes: files, capabilities, lines of templates."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_un_fichier_se_lit_d_une_traite() -> None:
    sources = [*ROOT.glob("mse/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/**/*.py")]
    assert [path.name for path in sources if len(path.read_text("utf-8").splitlines()) > 300] == []


def test_une_capacite_tient_en_4000_lignes() -> None:
    """`core.web` is counted apart: it is the part of core that imports Flask, under a contract of its own."""
    sources = {path: len(path.read_text("utf-8").splitlines()) for path in ROOT.glob("mse/*/**/*.py")}
    lignes: Counter[str] = Counter()
    for path, nombre in sources.items():
        capacite, part = path.relative_to(ROOT / "mse").parts[:2]
        lignes["core.web" if (capacite, part) == ("core", "web") else capacite] += nombre
    assert lignes["core.web"]
    assert lignes["fiches"]
    assert {nom: nombre for nom, nombre in lignes.items() if nombre > 4000} == {}


def test_un_gabarit_tient_dans_la_largeur_d_un_ecran() -> None:
    """djangofmt indents HTML, but cuts no string and reads no e-mail in plain text."""
    longues = [
        f"{path.relative_to(ROOT)}:{place}"
        for path in ROOT.glob("templates/**/*.*")
        for place, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 120 or "\t" in line
    ]
    assert longues == []
