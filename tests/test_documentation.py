"""The documentation: the site builds, its links are valid, its guides name labels of the pages."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from devtools import layers
from devtools.requirements import absent

ROOT = Path(__file__).parents[1]
ACCUEIL = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
GUIDES = ("delegue", "service", "organisme", "animation")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site. `--strict`: a missing page, link or anchor is an error (`--quiet` would hide it)."""
    if find_spec("mkdocs") is None:
        absent("mkdocs", "installez l’extra « docs »")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def test_le_site_se_lit_sans_reseau(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > len(list((ROOT / "docs/adr").glob("*.md")))
    charge = re.compile(
        r"""<(?:script|img|iframe)\b[^>]*\bsrc=["']?(?:https?:)?//|<link\b[^>]*href=["']?http"""
    )
    assert [page.name for page in pages if charge.search(page.read_text("utf-8"))] == []


def test_le_dessin_montre_chaque_paquet() -> None:
    """If this fails, run `python -m devtools.layers`: the layers or their descriptions have changed."""
    assert layers.PICTURE.read_text("utf-8") == layers.draw()


@pytest.mark.parametrize("nom", ACCUEIL)
def test_chaque_lien_mene_quelque_part(nom: str) -> None:
    """Check the links of the files at the root. `mkdocs --strict` checks those of `docs/`."""
    perdus = [lien for lien in _liens(ROOT / nom) if not (ROOT / lien.partition("#")[0]).exists()]
    assert perdus == []
    ancres = {_ancre(titre) for titre in re.findall(r"^#+ (.+)$", (ROOT / nom).read_text("utf-8"), re.M)}
    assert [lien for lien in _liens(ROOT / nom) if lien.startswith("#") and lien[1:] not in ancres] == []


def _liens(page: Path) -> Iterator[str]:
    """Yield the relative targets of links and pictures."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
        for child in token.children or ():
            cible = str(child.attrs.get("href") or child.attrs.get("src") or "")
            if cible and not re.match(r"[a-z]+:", cible):
                yield cible


def _ancre(titre: str) -> str:
    return re.sub(r"[^\w\- ]", "", titre.lower()).replace(" ", "-")


@pytest.mark.parametrize("nom", GUIDES)
def test_un_guide_nomme_les_boutons_des_pages(nom: str) -> None:
    """Bold text in a guide must be a label of a button, a link or a page."""
    code = "".join(
        path.read_text("utf-8")
        for path in (*ROOT.glob("templates/**/*"), *ROOT.glob("mse/**/*.py"))
        if path.is_file()
    )
    nommes = re.findall(r"\*\*(.+?)\*\*", (ROOT / f"docs/guides/{nom}.md").read_text("utf-8"))
    assert len(nommes) > 5
    assert [mot for mot in nommes if f'"{mot}"' not in code] == []
