"""Every endpoint × every role, against the table written by hand in droits.txt."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde
from mse.core.web.access import get_rule
from tests.adresses import MESSAGE, NOTE, SECRETS, make_adresses
from tests.reperes.reperes import EBAUCHE

ROLES = {
    "V": None, "S": "samira", "L": "lea", "Z": "ancienne", "A": "agent", "O": "autre_agent", "R": "referent",
    "N": "animatrice", "M": "admin",
}  # fmt: skip
REFUS = {401, 403, 404}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# No page to open: static files, buttons that only close sessions (see comptes/test_sessions.py) or give a
# report back (see imports/test_pages_importer.py), mails that came back (see notifications/test_retours.py),
# a button that cancels an absence (see annuaire/test_absences.py).
AILLEURS = {
    "annuaire.annuler_absence",
    "imports.rapport",
    "static_files.static",
    "static_files.favicon",
    "comptes.deconnexion",
    "comptes.fermer",
    "comptes.fermer_les_autres",
    "notifications.recevoir",
}


def read_table() -> list[tuple[str, str, dict[str, int]]]:
    lines = (Path(__file__).parent / "droits.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], dict(zip(ROLES, map(int, row[2:]), strict=True))) for row in rows]


@pytest.fixture
def adresses(monde: Monde) -> dict[str, Any]:
    return make_adresses(monde)


@pytest.mark.parametrize("role", ROLES)
def test_la_table_des_droits(app: Flask, monde: Monde, as_: Any, adresses: dict[str, Any], role: str) -> None:
    browser = as_(getattr(monde, ROLES[role]) if ROLES[role] else None)
    ecarts = []
    for endpoint, modele, attendus in read_table():
        response = browser.get(modele.format(**adresses))
        if response.status_code != attendus[role]:
            ecarts.append((endpoint, modele, role, attendus[role], response.status_code))
        if response.mimetype == "text/html":
            assert MESSAGE not in response.text or role in "SAR", modele
            assert NOTE not in response.text or role in "AR", modele
            assert EBAUCHE not in response.text or role in "ARN", modele
        if response.status_code in REFUS:
            page = response.text  # `text`: a refusal never sends a binary file
            assert not any(secret in page for secret in SECRETS.values()), modele
            assert "<textarea" not in page, modele
    assert ecarts == []


@pytest.mark.parametrize("role", ROLES)
def test_qui_ne_peut_pas_lire_ne_peut_pas_envoyer(
    app: Flask, monde: Monde, as_: Any, adresses: dict[str, Any], role: str
) -> None:
    browser = as_(getattr(monde, ROLES[role]) if ROLES[role] else None)
    token = _TOKEN.search(browser.get("/affichage").text).group(1)
    accept_post = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    for endpoint, modele, attendus in read_table():
        if endpoint not in accept_post or endpoint == "comptes.connexion":
            continue
        status = browser.post(modele.format(**adresses), data={"csrf_token": token}).status_code
        if attendus[role] in REFUS:
            assert status == attendus[role], (endpoint, modele, role, status)
        else:
            assert status not in REFUS, (endpoint, modele, role, status)


def test_chaque_porte_est_dans_la_table(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == {endpoint for endpoint, *_rest in read_table()} | AILLEURS
    assert [endpoint for endpoint in endpoints if get_rule(app, endpoint) is None] == []


def test_aucun_changement_par_get(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}
