"""An SMTP server that refuses, hangs, is slow or disconnects: no e-mail is lost or sent twice."""

import socket
import threading
from datetime import timedelta
from itertools import chain, cycle, repeat
from typing import Any

import pytest
from flask import Flask

from devtools.factories import make_compte
from devtools.smtp import Serveur, free_port
from mse.core.clock import at, now
from mse.notifications import delivery, worker
from mse.notifications.queries import list_refuses, oldest_unsent
from mse.notifications.worker import drain
from tests.notifications.conftest import connect, drain_for, rows


def test_cinquante_courriels_a_travers_un_serveur_capricieux(serveur: Serveur, ecrire: Any) -> None:
    ecrire(50)
    serveur.behaviours = chain(
        ["muet"], cycle(["ok", "451 Try later", "coupe", "rcpt 450 4.2.0 Greylisted", "ok", "421 Bye", "ok"])
    )
    drain_for(hours=8)
    courriels = rows()
    assert all(courriel.envoye_le for courriel in courriels)
    # Every e-mail was accepted exactly once.
    assert sorted(serveur.ids()) == sorted(courriel.message_id for courriel in courriels)
    assert len(serveur.vus) > 50
    assert set(serveur.vus) == set(serveur.ids())  # a retry keeps its Message-ID


def test_une_panne_garde_tout_et_repart_des_le_retour(
    app: Flask, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(app, free_port(), monkeypatch)  # no server on this port
    ecrire(20)
    assert drain().envoyes == 0
    essayes = [row for row in rows() if row.essais]
    assert len(essayes) == worker.TROUBLES  # the other e-mails are not tried
    assert essayes[0].erreur == "ConnectionRefusedError 111"
    assert essayes[0].prochain_essai_le > now()
    assert oldest_unsent() == rows()[0].cree_le


def test_les_essais_s_espacent(serveur: Serveur, ecrire: Any) -> None:
    ecrire()
    serveur.behaviours = repeat("451 4.3.0 Try later")
    minutes = []
    for _essai in range(12):
        with at(rows()[0].prochain_essai_le):
            instant = now()
            drain()
        minutes.append((rows()[0].prochain_essai_le - instant).total_seconds() / 60)
    assert minutes == [1, 2, 5, 15, 30, 60, 60, 60, 120, 240, 480, 480]
    assert rows()[0].erreur == "451 4.3.0 (contenu)"


def test_une_boite_toujours_pleine_s_abandonne_apres_cinq_jours_et_se_voit(
    serveur: Serveur, ecrire: Any, as_: Any
) -> None:
    """An e-mail that the server always defers is abandoned after 5 days and listed to the administrator."""
    ecrire()
    serveur.behaviours = repeat("rcpt 452 4.2.2 <samira.0@exemple.fr> mailbox full")
    debut = rows()[0].cree_le
    essais = _essayer_jusqu_au_bout()
    [courriel] = rows()
    assert timedelta(days=5) < courriel.abandonne_le - debut < timedelta(days=6)
    assert courriel.erreur == "452 4.2.2 (destinataire), encore après 5 jours"
    assert courriel.texte  # kept until the purge, so that the administrator can read it
    assert essais < 30
    assert oldest_unsent() is None
    page = as_(make_compte("Admin", est_administrateur=True)).get("/mon-espace").text
    assert "a remis ce courriel à plus tard pendant cinq jours" in page
    assert "452 4.2.2" in page


def test_apres_une_longue_panne_un_courriel_retrouve_ses_chances(
    app: Flask, serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days without a server do not count as refusals: greylisting after a week of outage is retried."""
    ecrire()
    port = app.extensions["mail"].port
    connect(app, free_port(), monkeypatch)
    for _essai in range(9):
        with at(rows()[0].prochain_essai_le):
            drain()
            assert rows()[0].prochain_essai_le - now() <= timedelta(
                hours=1
            )  # the backoff stays below one hour during an outage
    with at(rows()[0].cree_le + timedelta(days=7)):
        drain()
    connect(app, port, monkeypatch)
    serveur.behaviours = chain(["rcpt 450 4.2.0 Greylisted"], repeat("ok"))
    _essayer_jusqu_au_bout()
    assert rows()[0].envoye_le is not None


def _essayer_jusqu_au_bout() -> int:
    """Drain at each due time until the e-mail is sent or abandoned. Return the number of tries."""
    for essai in range(100):
        [courriel] = rows()
        if courriel.envoye_le or courriel.abandonne_le:
            return essai
        with at(courriel.prochain_essai_le):
            drain()
    raise AssertionError("it is tried for ever")


@pytest.mark.parametrize(
    ("reply", "erreur"),  # the error keeps codes, not the text of the reply
    [
        ("rcpt 550 5.1.1 <samira.0@exemple.fr> unknown", "550 5.1.1 (destinataire)"),
        ("554 5.7.1 Bonjour, we do not like this text", "554 5.7.1 (contenu)"),
    ],
)
def test_un_refus_definitif_s_arrete_et_se_voit(
    serveur: Serveur, ecrire: Any, reply: str, erreur: str
) -> None:
    ecrire()
    serveur.behaviours = chain([reply], repeat("ok"))
    assert drain().refuses == 1
    [courriel] = rows()
    assert courriel.abandonne_le is not None
    assert courriel.erreur == erreur
    assert [refuse.id for refuse in list_refuses()] == [courriel.id]
    assert oldest_unsent() is None
    drain_for(hours=3)
    assert serveur.recus == []


def test_un_reglage_a_corriger_n_abandonne_rien(serveur: Serveur, ecrire: Any) -> None:
    ecrire()
    serveur.behaviours = chain(["rcpt 530 5.7.0 Authentication required"], repeat("ok"))
    drain_for(hours=1)
    assert rows()[0].envoye_le is not None


def test_un_mot_de_passe_refuse_n_abandonne_rien(
    app: Flask, serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test server supports neither STARTTLS nor AUTH. Without the required one, no e-mail is sent."""
    monkeypatch.setattr(app.extensions["mail"], "use_tls", True)
    ecrire()
    drain()
    assert rows()[0].erreur == "SMTPNotSupportedError"
    monkeypatch.setattr(app.extensions["mail"], "use_tls", False)
    monkeypatch.setattr(app.extensions["mail"], "username", "mse")
    monkeypatch.setattr(app.extensions["mail"], "password", "secret")
    with at(now() + timedelta(hours=1)):
        drain()
    assert rows()[0].abandonne_le is None
    assert serveur.vus == []


def test_une_connexion_porte_plusieurs_courriels_puis_se_renouvelle(
    serveur: Serveur, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PER_CONNECTION", 2)
    connexions = []
    connect = delivery._connect
    monkeypatch.setattr(delivery, "_connect", lambda *args: connexions.append(1) or connect(*args))
    ecrire(5)
    assert drain().envoyes == 5
    assert len(connexions) == 3


def test_un_serveur_qui_distille_ses_octets_ne_nous_retient_pas(
    app: Flask, ecrire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte every 0.1 s never triggers the socket timeout, so the total duration is limited."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        connect(app, door.getsockname()[1], monkeypatch)
        stop = threading.Event()

        def drip() -> None:
            line, _address = door.accept()
            with line:
                while not stop.wait(0.1):
                    try:
                        line.send(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        ecrire()
        monkeypatch.setattr(worker, "TROUBLES", 1)
        drain()
        stop.set()
        thread.join()
    assert rows()[0].erreur == "délai dépassé"
