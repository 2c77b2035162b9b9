"""Mails that came back: which ones count, what they mark, and who learns it."""

import mailbox
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_fiche
from devtools.smtp import Serveur
from mse.comptes.models import AdresseRefusee, MotifRefus, hash_secret
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases import demander_lien, entrer_par_lien
from mse.core.clock import now
from mse.extensions import db
from mse.notifications.cli import retours
from mse.notifications.models import Courriel
from mse.notifications.returns import read_return
from mse.notifications.use_cases import mark_returned, purge
from mse.notifications.worker import drain
from tests.notifications.conftest import rows, take_mails

JETON = "j" * 30


def avis(
    original: str,
    statut: str = "5.1.1 (no such user)",
    action: str = "failed",
    *,
    entetes_seuls: bool = False,
) -> bytes:
    """A notification as Postfix writes it."""
    contenu = original if not entetes_seuls else original.split("\n\n")[0] + "\n"
    genre = "text/rfc822-headers" if entetes_seuls else "message/rfc822"
    return f"""Return-Path: <>
From: MAILER-DAEMON@mail.example
To: ne-pas-repondre@127.0.0.1
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon, 16 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; quelqu.un@ailleurs.example
Action: {action}
Status: {statut}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b1
Content-Type: {genre}

{contenu}
--b1--
""".encode()


@pytest.fixture
def envoye(monde: Monde, serveur: Serveur) -> EmailMessage:
    """The mail about a new fiche as the server got it, sent to the agent of the service."""
    take_mails(receipts=True)
    make_fiche(monde.promotion, monde.samira, monde.transports)
    drain()
    db.session.rollback()
    return next(mail for mail in serveur.recus if mail["To"] == monde.agent.courriel)


def refus(monde: Monde) -> AdresseRefusee | None:
    db.session.expire_all()
    return db.session.get(AdresseRefusee, monde.agent.courriel)


def noter(data: bytes) -> bool:
    retour = read_return(data)
    return retour is not None and mark_returned(retour)


@pytest.mark.parametrize("entetes_seuls", [False, True])
def test_un_retour_marque_l_adresse_et_le_courriel(
    monde: Monde, envoye: EmailMessage, entetes_seuls: bool
) -> None:
    assert noter(avis(envoye.as_string(), entetes_seuls=entetes_seuls))
    marque = refus(monde)
    assert marque is not None
    assert (marque.motif, marque.par_retour) == (MotifRefus.ADRESSE, True)
    [rendu] = [mail for mail in rows() if mail.abandonne_le]
    assert (rendu.destinataire, rendu.erreur) == (monde.agent.courriel, "5.1.1 (destinataire)")
    assert db.session.get(AdresseRefusee, "quelqu.un@ailleurs.example") is None


def test_un_refus_du_contenu_n_accuse_pas_l_adresse(monde: Monde, envoye: EmailMessage) -> None:
    assert noter(avis(envoye.as_string(), "5.7.1"))
    marque = refus(monde)
    assert marque is not None
    assert marque.motif == MotifRefus.COURRIEL


@pytest.mark.parametrize(
    ("statut", "action"), [("4.2.2", "failed"), ("5.1.1", "delayed"), ("2.0.0", "delivered"), ("", "failed")]
)
def test_un_retard_ou_une_remise_ne_marque_rien(
    monde: Monde, envoye: EmailMessage, statut: str, action: str
) -> None:
    assert not noter(avis(envoye.as_string(), statut, action))
    assert refus(monde) is None


def test_un_retour_invente_ne_marque_personne(monde: Monde, envoye: EmailMessage) -> None:
    """Whoever knows an address, but not the Message-ID of a mail to it, cannot mark it."""
    faux = envoye.as_string().replace(str(envoye["Message-ID"]), f"<{'0' * 36}@127.0.0.1>")
    assert not noter(avis(faux))
    assert not noter(envoye.as_bytes())
    for data in (b"", b"\xff\xfe", b"Content-Type: multipart/report\n\n", b"a: b\n" * 500_000):
        assert not noter(data)
    assert refus(monde) is None


def test_le_meme_retour_lu_deux_fois_ne_marque_qu_une_fois(monde: Monde, envoye: EmailMessage) -> None:
    assert noter(avis(envoye.as_string()))
    db.session.delete(refus(monde))
    db.session.commit()
    assert not noter(avis(envoye.as_string()))
    assert refus(monde) is None


def test_un_courriel_dont_l_adresse_est_effacee_ne_marque_rien(monde: Monde, envoye: EmailMessage) -> None:
    db.session.query(Courriel).update({"envoye_le": now().replace(year=2020)})
    db.session.commit()
    purge()
    assert not noter(avis(envoye.as_string()))


def test_un_relais_qui_prend_tout_ne_leve_pas_la_marque(monde: Monde, envoye: EmailMessage) -> None:
    noter(avis(envoye.as_string()))
    make_fiche(monde.promotion, monde.samira, monde.transports)
    drain()
    assert refus(monde) is not None


def test_un_lien_recu_leve_la_marque(monde: Monde, envoye: EmailMessage, serveur: Serveur) -> None:
    noter(avis(envoye.as_string()))
    demander_lien(monde.agent.courriel, adresse=None, frein=SignInLimits(secret="s"))
    drain()
    lien = next(
        mot for mot in serveur.recus[-1].get_body(("plain",)).get_content().split() if "/lien/" in mot
    )
    assert refus(monde) is not None
    assert entrer_par_lien(hash_secret(lien.rsplit("/", 1)[1]))
    assert refus(monde) is None


@pytest.mark.parametrize("depot", ["eml", "dossier", "maildir", "mbox", "-"])
def test_la_commande_lit_tous_les_depots(
    app: Flask, monde: Monde, envoye: EmailMessage, tmp_path: Path, depot: str
) -> None:
    data, source, entree = avis(envoye.as_string()), tmp_path / "retours", None
    if depot == "eml":
        source.write_bytes(data)
    elif depot == "dossier":
        source.mkdir()
        (source / "un.eml").write_bytes(data)
    elif depot == "maildir":
        mailbox.Maildir(source).add(data)
    elif depot == "mbox":
        boite = mailbox.mbox(source)
        boite.add(b"Subject: Bonjour\n\nRien.\n")
        boite.add(data)
        boite.close()
    else:
        entree = b"From MAILER-DAEMON Mon Nov 16 09:00:00 2026\n" + data
    resultat = app.test_cli_runner().invoke(retours, ["-" if entree else str(source)], input=entree)
    assert resultat.exit_code == 0, resultat.output
    assert "1 adresse ne reçoit plus rien." in resultat.output
    assert refus(monde) is not None


def poster(client: Any, data: bytes, **entetes: str) -> Any:
    return client.post("/retours", data=data, headers={"Content-Type": "message/rfc822", **entetes})


def test_le_serveur_de_courriel_rend_ce_qui_revient(
    app: Flask, monde: Monde, envoye: EmailMessage, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = avis(envoye.as_string())
    assert poster(client, data, Authorization=f"Bearer {JETON}").status_code == 404  # no token configured
    monkeypatch.setitem(app.config, "MSE", replace(app.config["MSE"], jeton_retours=JETON))
    for entetes in ({}, {"Authorization": "Bearer autre"}, {"Authorization": f"Basic {JETON}"}):
        assert poster(client, data, **entetes).status_code == 401
    assert refus(monde) is None
    porte = {"Authorization": f"Bearer {JETON}"}
    assert poster(client, data, **{**porte, "Content-Type": "text/plain"}).status_code == 415
    assert poster(client, data, **porte).json == {"notee": True}
    assert poster(client, data, **porte).json == {"notee": False}
    assert refus(monde) is not None


def test_l_animation_voit_qui_ne_recoit_rien_et_leve_la_marque(
    monde: Monde, envoye: EmailMessage, as_: Any
) -> None:
    noter(avis(envoye.as_string()))
    adresse = "/adresses-refusees"
    page = as_(monde.animatrice).get(adresse).text
    assert "Ada Fictif" in page
    assert monde.agent.courriel not in page
    champs = {"titulaire": "compte", "titulaire_id": monde.agent.id}
    browser = as_(monde.animatrice)
    for _fois in range(3):
        assert browser.poster(adresse, **champs).status_code == 303
    assert refus(monde) is None
    assert "Chaque courriel est arrivé" in as_(monde.admin).get(adresse).text
