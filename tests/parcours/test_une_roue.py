"""The wheel is complete: installed without the repository, it migrates, loads the demo and serves."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from devtools.site import wait_for_answer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def installee(tmp_path: Path) -> dict[str, str]:
    """The environment variables for processes that import `mse` from the installed wheel."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "roue")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [roue] = (tmp_path / "roue").iterdir()
    ici = tmp_path / "ici"
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(ici), str(roue)]
    subprocess.run(pip, check=True, capture_output=True)
    environ = {key: value for key, value in os.environ.items() if not key.startswith("MSE_")}
    return {**environ, "PYTHONPATH": os.pathsep.join([str(ici), environ.get("PYTHONPATH", "")])}


def test_la_roue_suffit(tmp_path: Path, installee: dict[str, str]) -> None:
    travail = tmp_path / "travail"
    travail.mkdir()

    def run(*mots: str) -> str:
        return subprocess.run(
            [sys.executable, *mots], cwd=travail, env=installee, check=True, capture_output=True, text=True
        ).stdout

    assert str(tmp_path) in run("-c", "import mse; print(mse.__file__)")
    run("-m", "mse", "migrer")
    assert "delegue@demo.example" in run("-m", "mse", "demo")
    assert (travail / "instance" / "mse.db").is_file()  # in the working directory, not in the installation
    with socket.socket() as sonde:
        sonde.bind(("127.0.0.1", 0))
        port = sonde.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    serveur = subprocess.Popen(
        [sys.executable, "-m", "mse", "serve", "--port", str(port), "--processus", "1"],
        cwd=travail,
        env={**installee, "MSE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_answer(f"{url}/healthz")
        page = urllib.request.urlopen(url, timeout=5).read().decode()
        [feuille] = [mot for mot in page.split('"') if mot.startswith("/static/") and ".css" in mot][:1]
        assert "La météo de la participation" in page
        assert urllib.request.urlopen(url + feuille, timeout=5).status == 200
        assert urllib.request.urlopen(f"{url}/aide/delegue", timeout=5).status == 200
    finally:
        serveur.terminate()
        serveur.wait(15)
