"""E-mail headers: user text cannot inject a header."""

from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from typing import Any

import pytest

from mse.core.clock import now
from mse.notifications.messages import ClaimedMail, build_message, clean_header

HOSTILES = [
    "Bonjour\r\nBcc: tous@exemple.fr",
    "Bonjour\nBcc: tous@exemple.fr",
    "Bonjour\rBcc: tous@exemple.fr",
    "Bonjour\u2028Bcc: tous@exemple.fr",
    "Bonjour\u2029Bcc: tous@exemple.fr",
    "Bonjour\x85Bcc: tous@exemple.fr",
    "Bonjour\x0b\x0c\x1c\x1d\x1eBcc: tous@exemple.fr",
    "Bonjour\x00Bcc: tous@exemple.fr",
    "=?utf-8?q?Bonjour=0D=0ABcc:_tous@exemple.fr?=",
    "=?utf-8?q?=0D=0A?= Bcc: tous@exemple.fr",
    "=\x00?utf-8?q?Bonjour=0D=0ABcc:_tous@exemple.fr?=",
    "==??utf-8?q?Bonjour=0D=0ABcc:_tous@exemple.fr?=",
    "é =?utf-8?b?DQpCY2M6IHRvdXNAZXhlbXBsZS5mcg==?=",
    "\ud800Bcc: tous@exemple.fr",
    "\u202eegnahcé tes snes el",
    "x" * 10_000 + "\r\nBcc: tous@exemple.fr",
    "é\r\n" * 400,
    " \r\n\r\n <script>",
    "",
]
NOMS = {"content-type", "mime-version", "subject", "from", "to", "date", "message-id", "auto-submitted"}


def mail(sujet: str) -> ClaimedMail:
    return ClaimedMail(
        1, "<1@exemple.fr>", "samira@exemple.fr", sujet, "Texte", "<p>Texte</p>", now(), 0, now()
    )


@pytest.mark.parametrize("text", HOSTILES)
def test_un_sujet_hostile_reste_un_sujet(app: Any, text: str) -> None:
    sujet = clean_header(text)
    assert len(sujet) <= 200
    assert "=?" not in sujet
    assert sujet.splitlines() in ([sujet], [])
    contenu = build_message(mail(text)).as_bytes()
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(contenu)
    assert {name.lower() for name in headers} <= NOMS
    assert len(headers.get_all("to")) == 1
    recu = message_from_bytes(contenu, policy=policy.default)
    assert recu.get_body(["plain"]).get_content().strip() == "Texte"


@pytest.mark.parametrize(
    "sujet",
    [
        "Une réponse à votre fiche\u202f: «\u202fLe car de 8\u202fh\u202f42 arrive trop tard\u202f»",
        "Votre fiche est déclarée réglée\u202f: " + "Où déjeuner quand la cantine est fermée\u202f? " * 3,
        "a" * 200,
        "é" * 200,
        "🚌" * 60,
    ],
)
def test_un_sujet_francais_arrive_tel_quel(app: Any, sujet: str) -> None:
    contenu = build_message(mail(sujet)).as_bytes()
    assert all(len(line) <= 998 for line in contenu.split(b"\r\n"))
    assert message_from_bytes(contenu, policy=policy.default)["Subject"] == sujet.strip()


def test_un_long_paragraphe_tient_dans_les_lignes_de_smtp(app: Any) -> None:
    long = "Réponse très détaillée. " * 800
    courriel = build_message(mail("Bonjour")._replace(texte=long, html=f"<p>{long}</p>")).as_bytes()
    assert courriel.isascii()
    assert all(len(line) <= 998 for line in courriel.split(b"\r\n"))
    recu = message_from_bytes(courriel, policy=policy.default)
    assert recu.get_body(["plain"]).get_content().strip() == long.strip()


def test_l_expediteur_porte_le_nom_de_la_demarche(app: Any) -> None:
    recu = message_from_bytes(build_message(mail("Bonjour")).as_bytes(), policy=policy.default)
    [expediteur] = recu["From"].addresses
    assert "Mission" in expediteur.display_name
    assert expediteur.addr_spec == app.config["MAIL_DEFAULT_SENDER"]
