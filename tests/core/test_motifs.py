"""Every regular expression applied to a text takes linear time."""

import importlib
import pkgutil
import re
from time import process_time
from typing import Any

import pytest

import mse
from mse.core.html import sanitize, without_stars
from mse.verification.api import check_text

LENGTH, FACTOR = 4000, 4
LINEAR = 10  # times longer at most for a text FACTOR times as long; a quadratic search needs 16
UNMEASURABLE = 0.02  # seconds: below this, the resolution of the clock dominates
BRICKS = [
    *"a0é A.,;:-_*+'@/ (\n=<[?",
    *(
        "a.",
        "a@",
        "a@a.",
        "0 ",
        "05/",
        "06 12 34 56 7 ",
        "+33(",
        "0033 ",
        "*a ",
        "**a *b",
        "un ",
        "sale ",
        "snap ",
        "elle a ",
        "je vais ",
        "M. ",
        "12 rue a ",
        "FR76",
        "les gitans ",
    ),
    *("1-", "12 3", "[a](", "%(a)", "<a ", "<dc:title ", "=?a?", "84 ", "&amp;", "\u202f1"),
]
# Matched once, at the start of a text.
FROM_THE_START = {"mse.core.csv_writing._FORMULA", "mse.sauvegarde.manifeste._FILE"}


def _patterns() -> dict[str, re.Pattern[Any]]:
    found = {}
    for module in pkgutil.walk_packages(mse.__path__, "mse."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    return {name: found[name] for name in found.keys() - FROM_THE_START}


def _as_read_by(pattern: re.Pattern[Any], text: str) -> str | bytes:
    """Return bytes for a pattern of bytes, which reads files."""
    return text.encode() if isinstance(pattern.pattern, bytes) else text


def _grows_too_fast(
    search: object, brick: str, *, length: int = LENGTH, factor: int = FACTOR, linear: int = LINEAR
) -> bool:
    """True if three measures all grow faster than linear. One alone may be disturbed by other processes."""

    def measure(length: int) -> float:
        text = brick * (length // len(brick))
        debut = process_time()
        search(text)  # type: ignore[operator]
        return process_time() - debut

    for _essai in range(3):
        long = measure(length * factor)
        if long < UNMEASURABLE or long < linear * measure(length):
            return False
    return True


def test_chaque_motif_prend_un_temps_lineaire() -> None:
    patterns = _patterns()
    assert len(patterns) > 15
    slow = [
        (name, brick)
        for name, pattern in patterns.items()
        for brick in BRICKS
        if _grows_too_fast(lambda text, p=pattern: sum(1 for _ in p.finditer(_as_read_by(p, text))), brick)
    ]
    assert slow == []


@pytest.mark.parametrize("search", [check_text, without_stars])
def test_chaque_recherche_prend_un_temps_lineaire(search: object) -> None:
    assert [brick for brick in BRICKS if _grows_too_fast(search, brick)] == []


def test_beaucoup_de_liens_prennent_un_temps_lineaire() -> None:
    """Rendering a link is slow, so that a quadratic cost shows only between distant lengths."""
    assert not _grows_too_fast(sanitize, "[a](b)", length=LENGTH // 2, factor=8, linear=16)
