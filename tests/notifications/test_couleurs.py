"""The e-mails wear the colours of the site."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _colours(*paths: Path) -> set[str]:
    """Return the colours written in files, as six digits."""
    found = re.findall(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", "".join(path.read_text("utf-8") for path in paths))
    return {one if len(one) == 6 else "".join(digit * 2 for digit in one) for one in found}


def test_un_courriel_n_a_pas_d_autre_couleur_que_le_site() -> None:
    courriels = _colours(ROOT / "templates/layouts/email.html", *ROOT.glob("templates/emails/**/*.html"))
    assert courriels - _colours(ROOT / "mse/static/base.css") == set()
