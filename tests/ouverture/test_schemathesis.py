"""Schemathesis compares a running instance with its OpenAPI document."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.site import Site, run_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with run_site(
        tmp_path_factory.mktemp("ouverte"), ["migrer"], ["demo"], extra={"MSE_API_PAR_MINUTE": "1000000"}
    ) as site:
        yield site


def test_schemathesis_ne_trouve_rien(site: Site, tmp_path: Path) -> None:
    command = Path(sys.executable).parent / "schemathesis"
    run = subprocess.run(
        [command, "run", f"{site.url}/api/v1/openapi.json", "--checks", "all", "--max-examples", "10"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Tested: 11" in run.stdout
