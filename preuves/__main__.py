"""python3 run.py preuves [--ecrire]: kills, failing mails, a year of reminders, a full disk, axe."""

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from devtools.postgres import PostgresAbsent, cluster
from devtools.smtp import Serveur
from mse.core.clock import today
from preuves import rapport
from preuves.accessibilite import Accessibilite, walk_matrix
from preuves.annee import Bilan, simulate_year
from preuves.courriels import Envois, send_with_failures
from preuves.disque import DisquePlein, PasDeDisque, fill_the_disk, small_disk
from preuves.echelle import Echelle, kill_during_the_ladder
from preuves.instance import Instance
from preuves.tuer import KillResults, kill_repeatedly

DATABASES = 4  # of each kind: one for each proof

say = partial(print, flush=True)


def main() -> None:
    options = _read_options()
    command = " ".join(["python3 run.py preuves", *sys.argv[1:]])
    if options.seulement == "accessibilite":
        accessibilite = _check_pages(options.page)
        if options.ecrire:
            section = rapport.replace_accessibilite(accessibilite, commande=command, jour=today())
            rapport.PAGE.write_text(section, "utf-8")
        return
    tueries: list[tuple[str, int, KillResults]] = []
    envois: list[tuple[str, Envois]] = []
    echelles: list[tuple[str, Echelle]] = []
    annees: list[tuple[str, Bilan]] = []
    for name, urls in _databases(options.base):
        if options.seulement == "annee":
            _live_a_year(name, next(urls), options.fiches)
            continue
        say(f"{name}: {options.tues} kills under {options.ecrivains} writers")
        with tempfile.TemporaryDirectory(prefix="mse-preuves-") as folder:
            instance = Instance(Path(folder), next(urls))
            counts = kill_repeatedly(
                instance, fois=options.tues, ecrivains=options.ecrivains, par_vie=20, dire=say
            )
        say(f"  {counts.acquittees} acknowledged, {counts.perdues} lost, {counts.alterees} altered")
        tueries.append((name, options.tues, counts))
        say(f"{name}: {options.courriels} mails")
        with _mailing_instance(next(urls)) as (instance, serveur):
            sent = send_with_failures(
                instance, serveur, nombre=options.courriels, morts=options.morts, dire=say
            )
        say(f"  {sent}")
        envois.append((name, sent))
        say(f"{name}: {options.coupures} kills during the ladder of reminders and the digests")
        with _mailing_instance(next(urls)) as (instance, serveur):
            echelle = kill_during_the_ladder(
                instance, serveur, acteurs=40, par_acteur=10, morts=options.coupures, dire=say
            )
        say(f"  {echelle}")
        echelles.append((name, echelle))
        annees.append((name, _live_a_year(name, next(urls), options.fiches)))
    if options.seulement:
        return
    disque = _fill_a_disk()
    say(f"full disk: {disque}")
    accessibilite = _check_pages()
    if options.ecrire:
        page = rapport.write_page(
            tueries,
            envois,
            echelles,
            annees,
            disque,
            accessibilite,
            ecrivains=options.ecrivains,
            commande=command,
            jour=today(),
        )
        rapport.PAGE.write_text(page, "utf-8")
        say(f"{rapport.PAGE.name} written")


@contextlib.contextmanager
def _mailing_instance(url: str) -> Iterator[tuple[Instance, Serveur]]:
    """Yield a new instance and the SMTP server of its mails."""
    with tempfile.TemporaryDirectory(prefix="mse-preuves-") as folder:
        serveur = Serveur()
        yield Instance(Path(folder), url, **serveur.settings), serveur


def _live_a_year(name: str, url: str, fiches: int) -> Bilan:
    say(f"{name}: a year of reminders, {fiches} fiches")
    begin, cpu = time.monotonic(), time.process_time()
    bilan = simulate_year(url, fiches=fiches, agents=60, jours=365, dire=say)
    say(f"  {time.monotonic() - begin:.0f} s, of which {time.process_time() - cpu:.0f} s of CPU: {bilan}")
    return bilan


def _check_pages(part: str = "") -> Accessibilite | str:
    """Check the pages whose pattern contains `part`."""
    say("axe on every page, role, width and theme")
    found = walk_matrix(say, part)
    for fault in found.fautes if isinstance(found, Accessibilite) else ():
        say(f"  {fault}")
    return found


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py preuves", description=__doc__)
    parser.add_argument("--tues", type=int, default=200, metavar="N", help="kills of web and worker")
    parser.add_argument("--ecrivains", type=int, default=8, metavar="N", help="writers at once")
    parser.add_argument("--courriels", type=int, default=5000, metavar="N", help="mails in the outbox")
    parser.add_argument("--morts", type=int, default=10, metavar="N", help="kills of the worker meanwhile")
    parser.add_argument("--coupures", type=int, default=20, metavar="N", help="kills during the ladder")
    parser.add_argument("--seulement", choices=["accessibilite", "annee"], help="only this proof")
    parser.add_argument("--page", default="", metavar="TEXT", help="axe on the pages whose path contains it")
    parser.add_argument("--base", choices=["sqlite", "postgresql"], default="", help="only this database")
    parser.add_argument("--fiches", type=int, default=2000, metavar="N", help="of the year")
    parser.add_argument("--ecrire", action="store_true", help="write docs/fiabilite.md, or its section")
    return parser.parse_args()


def _databases(only: str) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the name of each database and URLs of empty ones. `only`: one of them; empty for both."""
    if only != "postgresql":
        yield "SQLite", iter([""] * DATABASES)
    if only == "sqlite":
        return
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(cluster())
        except PostgresAbsent as reason:
            say(f"PostgreSQL skipped: {reason}")
            return
        yield "PostgreSQL", (server.new_database(f"preuves_{number}") for number in range(DATABASES))


def _fill_a_disk() -> DisquePlein | str:
    try:
        with small_disk() as folder:
            return fill_the_disk(folder)
    except PasDeDisque as reason:
        return str(reason)


if __name__ == "__main__":
    main()
