"""The server logs one JSON object per line, without URLs, which may hold secrets."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from devtools.site import wait_for_answer
from devtools.smtp import free_port


def test_chaque_ligne_est_du_json_sans_adresse_ni_secret(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    env = {
        **os.environ,
        "MSE_MODE": "demo",
        "MSE_INSTANCE": str(tmp_path),
        "MSE_DATABASE_URL": "",
        "MSE_URL": url,
        "MSE_JOURNAUX": "json",
    }
    subprocess.run([sys.executable, "-m", "mse", "migrer"], env=env, check=True, capture_output=True)
    words = ["serve", "--port", url.rpartition(":")[2], "--processus", "1"]
    with (tmp_path / "web.log").open("wb") as log:
        serveur = subprocess.Popen([sys.executable, "-m", "mse", *words], env=env, stdout=log, stderr=log)
    try:
        wait_for_answer(f"{url}/healthz")
        for chemin in ("/avis/s3cret-de-quelqu-un", "/fiches?theme=s3cret"):
            try:
                urllib.request.urlopen(url + chemin, timeout=5).close()
            except urllib.error.HTTPError as erreur:
                erreur.close()
    finally:
        serveur.terminate()
        serveur.wait(15)
    texte = (tmp_path / "web.log").read_text("utf-8")
    lignes = [json.loads(ligne) for ligne in texte.splitlines()]
    requetes = [ligne for ligne in lignes if ligne["source"] == "mse.requetes"]
    assert {"accueil.healthz", "fiches.liste"} <= {ligne["vue"] for ligne in requetes}
    assert all(ligne["ms"] > 0 and ligne["statut"] and ligne["instant"] for ligne in requetes)
    assert any(ligne["source"] == "_granian" for ligne in lignes)
    assert "s3cret" not in texte
