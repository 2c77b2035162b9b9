"""Proof for the ladder of reminders and the digests: the worker is killed (SIGKILL) while it records the
reminders, prepares the mails and sends them. Nothing is lost, at most the mail in flight is doubled."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as heure
from functools import partial
from os import environ
from random import Random

from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from devtools.factories import make_acteur, make_agent, make_delegue, make_fiche, make_promotion
from devtools.smtp import Serveur
from mse.annuaire.models import Nature
from mse.app import create_app
from mse.comptes.models import Compte
from mse.config import read_settings
from mse.core.clock import at
from mse.core.database import reading, set_reading
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.notifications.annonces import write_next
from mse.notifications.models import Courriel
from mse.notifications.queries import has_due_mails
from mse.notifications.reception import HEURE_PAR_DEFAUT, Famille, Rythme
from mse.notifications.reglages import choisir_reception
from mse.notifications.resumes import envoyer_resumes
from mse.notifications.worker import drain
from mse.relances.models import Relance
from mse.relances.use_cases import relancer
from preuves.instance import Instance

JOUR = date(2026, 12, 10)  # a Thursday
PAUSE = 0.25  # seconds between the start of the work and a kill of the first half, at most
MAILS = 12  # received between the start of the work and a kill of the second half, at most
READY = b"ready\n"


@dataclass(frozen=True)
class Echelle:
    """Counts of the proof. A mail is missing if an agent has no reminder or no digest."""

    morts: int
    saisines: int  # due on the day
    rappelees: int  # with one reminder
    manquants: int
    perdus: int  # mails written, not received
    doubles: int  # mails received twice


def kill_during_the_ladder(
    instance: Instance,
    serveur: Serveur,
    *,
    acteurs: int,
    par_acteur: int,
    morts: int,
    dire: Callable[[str], object] = lambda phrase: None,
) -> Echelle:
    """Let `acteurs` acteurs with two agents each owe `par_acteur` answers, run the tasks of the worker for
    the day, kill them up to `morts` times, then let them finish; return the counts. The first half of the
    kills comes after a random time, the second half after a random number of mails."""
    hasard, faites = Random(2004), 0
    controller = Controller(serveur, hostname="127.0.0.1", port=serveur.port)
    controller.start()
    try:
        set_reading(False)  # as in a command: transactions may write
        with instance.app.app_context():
            agents = _make_due(acteurs, par_acteur)
            instance.close_connections()
        while faites < morts:
            if faites < morts / 2:
                moment = partial(time.sleep, hasard.uniform(0, PAUSE))
            else:
                moment = partial(_wait_for, serveur, len(serveur.recus) + hasard.randrange(MAILS))
            if not _run_and_kill(instance, moment):
                break
            faites += 1
            dire(f"  killed {faites} times, {len(serveur.recus)} mails received")
        if _run_and_kill(instance, None):
            raise RuntimeError("the ladder did not finish")
    finally:
        controller.stop()
    with instance.app.app_context():
        counts = _count(agents, serveur, faites)
        instance.close_connections()
    return counts


def _make_due(acteurs: int, par_acteur: int) -> set[str]:
    """File the fiches on the day before; their answers are due on `JOUR`. Return the addresses of the agents,
    who want a digest of everything."""
    agents: list[Compte] = []
    with at(datetime.combine(JOUR - timedelta(days=1), heure(5), UTC)):
        promotion = make_promotion(make_acteur("Lavande Formation", Nature.ORGANISME, courriel=None))
        delegue = make_delegue(promotion, "Samira")
        for numero in range(acteurs):
            acteur = make_acteur(f"Service {numero}", courriel=None)
            siens = [make_agent(acteur, f"Agent{numero}x{rang}") for rang in range(2)]
            for agent in siens:
                choisir_reception(dict.fromkeys(Famille, Rythme.QUOTIDIEN), HEURE_PAR_DEFAUT, par=agent)
            agents += siens
            for rang in range(par_acteur):
                make_fiche(promotion, delegue, acteur, titre=f"Fiche {numero}.{rang}")
        while write_next():
            pass
        db.session.execute(update(Saisine).values(reponse_due=JOUR))
        db.session.commit()
    return {str(agent.courriel) for agent in agents}


def _wait_for(serveur: Serveur, mails: int) -> None:
    """Wait until the server has received this many mails, or for ten seconds: the work may have ended."""
    end = time.monotonic() + 10
    while len(serveur.recus) < mails and time.monotonic() < end:
        time.sleep(0.002)


def _run_and_kill(instance: Instance, moment: Callable[[], object] | None) -> bool:
    """Run the tasks in a process and kill it when `moment` returns; None: never. Return True if it was
    killed. A claim of the dead worker ends at once, instead of after two minutes."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "preuves.echelle"],
        env={**environ, **instance.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert worker.stdout is not None
    if worker.stdout.readline() != READY:
        raise RuntimeError("the process of the tasks did not start")
    if moment is not None:
        moment()
        worker.kill()
    killed = worker.wait() != 0
    worker.stdout.close()
    with instance.app.app_context():
        db.session.execute(update(Courriel).values(reservee_jusqu_a=None))
        db.session.commit()
        instance.close_connections()
    return killed


def _count(agents: set[str], serveur: Serveur, morts: int) -> Echelle:
    ecrits = set(db.session.scalars(select(Courriel.message_id)))
    recus = Counter(serveur.ids())
    lettres = Counter(
        (row.destinataire, row.evenement)
        for row in db.session.execute(select(Courriel.destinataire, Courriel.evenement))
    )
    rappels = Counter(db.session.scalars(select(Relance.saisine_id)))
    saisines = db.session.scalars(select(Saisine.id).where(Saisine.reponse_due == JOUR)).all()
    attendus = [(adresse, nom) for adresse in agents for nom in ("relances_envoyees", "resume")]
    return Echelle(
        morts=morts,
        saisines=len(saisines),
        rappelees=sum(rappels[saisine] == 1 for saisine in saisines),
        manquants=sum(lettres[un] != 1 for un in attendus),
        perdus=sum(recus[un] == 0 for un in ecrits),
        doubles=sum(fois - 1 for fois in recus.values()),
    )


def _run_tasks() -> None:
    """Run the ladder, the digests and the outbox of the day, in short transactions."""
    relancer.LOT, relancer.LOT_ACTEURS = 5, 2
    instant = datetime.combine(JOUR, heure(17), UTC)
    with create_app(read_settings()).app_context(), reading(), at(instant):
        sys.stdout.buffer.write(READY)
        sys.stdout.flush()
        relancer.relancer_du_jour()
        envoyer_resumes()
        while has_due_mails():
            drain()


if __name__ == "__main__":
    _run_tasks()
