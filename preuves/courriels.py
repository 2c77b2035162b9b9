"""Proof for mails: the SMTP server refuses, hangs and disconnects; the worker is killed meanwhile."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, cycle

from aiosmtpd.controller import Controller
from sqlalchemy import create_engine, func, select, text, update

from devtools.smtp import Serveur
from mse.core.clock import now
from mse.core.database import set_reading
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.notifications import outbox
from mse.notifications.models import Courriel
from preuves.instance import Instance

BEHAVIOURS = (
    "ok",
    "ok",
    "451 Try later",
    "ok",
    "coupe",
    "ok",
    "rcpt 450 4.2.0 Greylisted",
    "ok",
    "421 Bye",
    "ok",
)
MUETS = 3  # number of mails for which the server hangs, 20 seconds each
PAUSE = 0.5  # seconds between two polls of the outbox
PATIENCE = 1800.0  # seconds after which the proof fails


@dataclass(frozen=True)
class Envois:
    """Counts of mails: written to the outbox, lost, received twice…"""

    ecrits: int
    perdus: int
    annules_partis: int  # mails of rolled-back transactions that were sent
    essais_renommes: int  # Message-IDs sent that no row of the outbox has
    doubles: int
    morts: int  # kills of the worker
    essais: int  # messages that the server read, accepted or not


class _Annule(Exception):
    pass


@use_case
def _queue_mails(nombre: int, *, annuler: bool = False) -> None:
    """Put `nombre` mails into the outbox; with `annuler`, raise `_Annule`, which rolls them back."""
    adresses = [f"{'annule' if annuler else 'personne'}.{numero}@exemple.fr" for numero in range(nombre)]
    outbox.put(adresses, evenement="essai", sujet="Une réponse", texte="Bonjour.", html="<p>Bonjour.</p>")
    if annuler:
        raise _Annule


def send_with_failures(
    instance: Instance,
    serveur: Serveur,
    *,
    nombre: int,
    morts: int,
    dire: Callable[[str], object] = lambda phrase: None,
) -> Envois:
    """Send `nombre` mails to `serveur`, which fails as `BEHAVIOURS` says, and kill the worker `morts` times
    meanwhile; return the counts. A deferred mail is made due at once, to avoid waiting for hours."""
    serveur.behaviours = chain(["muet"] * MUETS, cycle(BEHAVIOURS))
    controller = Controller(serveur, hostname="127.0.0.1", port=serveur.port)
    controller.start()
    set_reading(False)  # as in a command: transactions may write
    with instance.app.app_context():
        _queue_mails(nombre)
        for _fois in range(20):
            try:
                _queue_mails(50, annuler=True)
            except _Annule:
                db.session.rollback()
        instance.close_connections()
    faites = 0
    try:
        instance.start_worker()
        limite = time.monotonic() + PATIENCE
        while reste := _count_unsent(instance):
            time.sleep(PAUSE)
            if faites < morts and len(serveur.recus) >= (faites + 1) * nombre / (morts + 1):
                instance.kill()
                faites += 1
                _make_due(instance, killed=True)
                instance.start_worker()
                dire(f"  worker killed {faites} times, {reste} mails left")
            _make_due(instance)
            if time.monotonic() > limite:
                raise RuntimeError(f"{reste} mails have not left")
    finally:
        instance.stop()
        controller.loop.call_soon_threadsafe(serveur.fini.set)
        controller.stop()
    return _count(instance, serveur, faites)


def _count_unsent(instance: Instance) -> int:
    """Return the number of mails that still have to be sent."""
    with instance.app.app_context():
        restent = select(func.count()).where(Courriel.envoye_le.is_(None), Courriel.abandonne_le.is_(None))
        total = db.session.scalar(restent) or 0
        instance.close_connections()
        return total


def _make_due(instance: Instance, *, killed: bool = False) -> None:
    """Make the remaining mails due now. After a kill, also release the claims of the worker."""
    hier = now() - timedelta(days=1)
    with instance.app.app_context():
        encore = (Courriel.envoye_le.is_(None), Courriel.abandonne_le.is_(None))
        db.session.execute(update(Courriel).where(*encore).values(prochain_essai_le=hier))
        if killed:
            db.session.execute(update(Courriel).where(*encore).values(reservee_jusqu_a=None))
        db.session.commit()
        instance.close_connections()


def _count(instance: Instance, serveur: Serveur, morts: int) -> Envois:
    engine = create_engine(instance.base)
    with engine.connect() as connection:
        ecrits = set(connection.scalars(text("SELECT message_id FROM courriels WHERE abandonne_le IS NULL")))
    engine.dispose()
    recus = Counter(serveur.ids())
    return Envois(
        ecrits=len(ecrits),
        perdus=sum(recus[message] == 0 for message in ecrits),
        annules_partis=sum("annule." in str(message["To"]) for message in serveur.recus),
        essais_renommes=len(set(serveur.vus) - ecrits),
        doubles=sum(fois - 1 for fois in recus.values()),
        morts=morts,
        essais=len(serveur.vus),
    )
