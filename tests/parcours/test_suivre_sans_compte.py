"""Somebody without an account follows a territoire by an address: question, confirmation, digest of the next
morning, one click to stop. Without JavaScript, on a phone."""

import re
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from email import message_from_string, policy
from os import environ
from typing import Any

import pytest
from playwright.sync_api import expect

from devtools.browser import NARROW
from devtools.site import Site
from mse.core.clock import now

pytestmark = pytest.mark.navigateur
ADRESSE = "voisine@exemple.fr"
# The worker writes the digests every ten minutes; this runs the same task at once.
_RESUMES = """
from mse.app import create_app
from mse.notifications.resumes_suivis import envoyer_resumes_suivis
with create_app().app_context():
    envoyer_resumes_suivis()
"""


def _wait_for_mail(site: Site, sujet: str) -> Any:
    """Return the mail to this address whose subject contains `sujet`, once the worker has sent it."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        for source in site.mails():
            mail = message_from_string(source, policy=policy.default)
            if mail["To"] == ADRESSE and sujet in mail["Subject"]:
                return mail
        time.sleep(0.2)
    raise AssertionError(f"no mail: {sujet}")


def _find_link(mail: Any, motif: str) -> str:
    texte = mail.get_body(("plain",)).get_content()
    trouve = re.search(rf"http://\S+({motif})", texte)
    assert trouve, texte
    return trouve[1]


def _age(site: Site) -> None:
    """Let six days pass for this address: it confirmed then, and was told until then."""
    le = (now() - timedelta(days=6)).strftime("%Y-%m-%d %H:%M:%S.000000")
    with sqlite3.connect(site.instance / "mse.db", timeout=30) as base:
        base.execute("UPDATE abonnes SET resume_le = ? WHERE courriel = ?", (le, ADRESSE))
        siens = "abonne_id IN (SELECT id FROM abonnes WHERE courriel = ?)"
        base.execute(f"UPDATE suivis SET confirme_le = ? WHERE {siens}", (le, ADRESSE))


def test_de_la_question_au_resume_puis_plus_rien(site: Site, open_page: Any) -> None:
    telephone = open_page(NARROW, javascript=False)
    telephone.goto("/suivre/territoire/93")
    telephone.get_by_label("Votre adresse").fill(ADRESSE)
    telephone.get_by_role("button", name="Suivre par courriel").click()
    question = _wait_for_mail(site, "Suivre")
    telephone.goto(_find_link(question, r"/suivis/\S+"))
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 320
    telephone.get_by_role("button", name="Oui, je confirme").click()
    suivis = "SELECT count(*) FROM suivis JOIN abonnes a ON a.id = abonne_id WHERE a.courriel = ?"
    assert site.value(f"{suivis} AND confirme_le IS NOT NULL", ADRESSE) == 1

    _age(site)
    instance = {"MSE_INSTANCE": str(site.instance), "MSE_DATABASE_URL": "", "MSE_MODE": "demo"}
    env = {**environ, **instance, "MSE_URL": site.url}
    subprocess.run([sys.executable, "-c", _RESUMES], env=env, check=True, capture_output=True)
    resume = _wait_for_mail(site, "nouvelle")
    assert resume["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    telephone.goto(_find_link(resume, r"/fiches/\d+"))
    expect(telephone.get_by_role("heading", level=1)).to_be_visible()
    telephone.goto(_find_link(resume, r"/suivis/tout/\S+/fin"))
    telephone.get_by_role("button", name="Tout arrêter et effacer mon adresse").click()
    assert site.value("SELECT count(*) FROM abonnes WHERE courriel = ?", ADRESSE) == 0
    assert site.value("SELECT count(*) FROM courriels WHERE destinataire = ?", ADRESSE) == 0
