"""A real SMTP server with configurable failures, and helpers to fill and drain the outbox."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import delete, select

from devtools.smtp import Serveur
from mse.comptes.models import Compte
from mse.comptes.rate_limits import SignInLimits
from mse.comptes.use_cases import demander_lien
from mse.core.clock import at, now
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications import delivery, outbox
from mse.notifications.models import Courriel
from mse.notifications.reception import Famille, Rythme
from mse.notifications.reglages import choisir_reception
from mse.notifications.worker import drain
from tests.comptes.gens import make_inscrit
from tests.courriels import write_mails


@pytest.fixture
def serveur(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serveur]:
    """Start the server and configure the application to send to it, with a limit of one second per e-mail."""
    handler = Serveur()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    handler.release = lambda: controller.loop.call_soon_threadsafe(handler.libre.set)
    connect(app, handler.port, monkeypatch)
    yield handler
    controller.loop.call_soon_threadsafe(handler.fini.set)
    controller.stop()


def connect(app: Flask, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"server": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False}.items():
        monkeypatch.setattr(app.extensions["mail"], name, value)
    monkeypatch.setattr(delivery, "IDLE", 0.5)
    monkeypatch.setattr(delivery, "WHOLE", 1.0)


@pytest.fixture
def ecrire(app: Flask) -> Callable[..., None]:
    """`ecrire(3)`: put three e-mails in the outbox."""

    @use_case
    def put(count: int = 1, adresse: str = "samira.{}@exemple.fr") -> None:
        sujet, texte, html = "Une réponse à votre fiche", "Bonjour,\nà bientôt.", "<p>Bonjour</p>"
        adresses = [adresse.format(number) for number in range(count)]
        outbox.put(adresses, evenement="essai", sujet=sujet, texte=texte, html=html)

    return put


@pytest.fixture
def demander(app: Flask) -> Callable[[], None]:
    """`demander()`: Samira requests a sign-in link."""
    make_inscrit()
    return lambda: demander_lien("samira@exemple.fr", adresse=None, frein=SignInLimits(secret="s"))


def tell_at_once(*comptes: Compte) -> None:
    """Let these people receive each event by a mail of its own."""
    for compte in comptes:
        choisir_reception(dict.fromkeys(Famille, Rythme.TOUT_DE_SUITE), 7, par=compte)


def take_mails(*, receipts: bool = False) -> list[Courriel]:
    """Write the pending e-mails, return the content of the outbox and empty it.

    `receipts`: include the acknowledgement that the author of each filed fiche gets.
    """
    write_mails()
    query = select(Courriel).order_by(Courriel.id)
    if not receipts:
        query = query.where(Courriel.evenement != "fiche_deposee")
    mails = list(db.session.scalars(query))
    for mail in mails:
        db.session.expunge(mail)
    db.session.execute(delete(Courriel))
    db.session.commit()
    return mails


def addresses(mails: list[Courriel]) -> set[str]:
    assert len({mail.destinataire for mail in mails}) == len(mails)
    return {mail.destinataire for mail in mails}


def rows() -> list[Courriel]:
    db.session.rollback()
    write_mails()
    return list(db.session.scalars(select(Courriel).order_by(Courriel.id)))


def drain_for(hours: float) -> None:
    """Drain the outbox once per simulated minute, like the worker, until nothing is pending."""
    start = now()
    for minute in range(int(hours * 60)):
        with at(start + timedelta(minutes=minute)):
            drain()
        if not any(row.envoye_le is None and row.abandonne_le is None for row in rows()):
            return
