"""`python3 run.py bench [--fiches N]… [--ecrire]`: measure every page, at every size, on SQLite and
PostgreSQL."""

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Sequence
from functools import partial

from sqlalchemy import create_engine

from bench import report
from bench.caches import NAMES, VARIABLE
from bench.first_visit import measure_visits
from bench.ladder import Ladder, measure_ladder
from bench.measure import Pace, Result, Running, measure
from bench.memory import measure_memory
from bench.plans import describe_database, explain
from bench.processes import NoProcesses, Processes, find_postgres
from bench.searches import Searches, measure_searches
from bench.server import THREADS, serve
from bench.site import MeasuredSite
from devtools.postgres import Cluster, PostgresAbsent, cluster
from mse.core.clock import today

SIZES = (10_000, 100_000)
AFTERWARDS = 20.0  # seconds reserved for plans and memory, after the measurements
say = partial(print, flush=True)


def main() -> None:
    options = _read_options()
    sizes = sorted(set(options.fiches or SIZES))
    if options.without:
        os.environ[VARIABLE] = options.without
    if options.file and 2 * options.file > sizes[0]:
        raise SystemExit(f"--file {options.file}: at most half of the fiches of the smallest size")
    if options.recherche and not options.ecrire:
        with cluster() as server:
            for line in report.search_lines(_measure_searches(server, options.recherche)):
                say(line)
        return None
    if options.relances and not options.ecrire:
        return _measure_ladders(sizes, options.base)
    say(f"{report.machine()}; at most {options.minutes:g} minutes")
    reports = []
    end = time.monotonic() + 60 * options.minutes
    if options.base != "postgresql":
        half = time.monotonic() + 30 * options.minutes * (1 if options.base == "" else 2)
        reports.append(_measure_engine("SQLite", sizes, options, half, None))
    if options.base != "sqlite":
        try:
            with cluster() as server:
                reports.append(_measure_engine("PostgreSQL", sizes, options, end, server))
        except PostgresAbsent as reason:
            say(f"PostgreSQL skipped: {reason}")
    if options.ecrire:
        report.PAGE.parent.mkdir(exist_ok=True)
        report.PAGE.write_text(report.as_markdown(reports, options.rounds, THREADS, today()), "utf-8")
        say(f"{report.PAGE.name} written")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument(
        "--fiches", type=int, action="append", metavar="N", help="a size; again for more sizes"
    )
    parser.add_argument("--base", choices=("sqlite", "postgresql"), default="", help="only this database")
    parser.add_argument("--page", action="append", default=[], metavar="WORDS", help="only pages so named")
    parser.add_argument(
        "--without",
        metavar="CACHES",
        help=f"switch caches off: {', '.join(NAMES)} or a macro, separated by commas",
    )
    parser.add_argument(
        "--minutes", type=float, default=5.0, help="for everything; fewer requests when short"
    )
    parser.add_argument("--rounds", type=int, default=Pace.rounds)
    parser.add_argument("--requests", type=int, default=Pace.requests, metavar="N", help="a round, at most")
    parser.add_argument("--ecrire", action="store_true", help="write docs/performance.md")
    parser.add_argument(
        "--relances",
        action="store_true",
        help="only the nightly ladder of reminders (a minute for 100,000 fiches, ten for 1,000,000);"
        " with --ecrire the pages too",
    )
    parser.add_argument(
        "--recherche",
        type=int,
        default=0,
        metavar="N",
        help="only the response times of searches over N fiches, on PostgreSQL (about 15 minutes to fill for"
        " 1,000,000); with --ecrire the pages too",
    )
    parser.add_argument(
        "--file",
        type=int,
        default=0,
        metavar="N",
        help="also the queue of an acteur with N open saisines; for 5,000 among a million alone:"
        " --base postgresql --fiches 1000000 --file 5000 --page queue (about 15 minutes to fill)",
    )
    return parser.parse_args()


def _measure_ladders(sizes: Sequence[int], base: str) -> None:
    for size in sizes:
        if base != "postgresql":
            _say_ladder("SQLite", size, _measure_ladder(size, None))
        if base != "sqlite":
            with cluster() as server:
                _say_ladder("PostgreSQL", size, _measure_ladder(size, server))


def _say_ladder(name: str, size: int, runs: Sequence[Ladder]) -> None:
    for line in report.ladder_lines(size, runs):
        say(f"{name}, {line}")


def _measure_engine(
    name: str, sizes: Sequence[int], options: argparse.Namespace, end: float, server: Cluster | None
) -> report.Report:
    """Measure one database: fill a site of each size, measure all of them in turn until `end`, then read
    plans and memory."""
    with contextlib.ExitStack() as stack:
        sites = []
        for size in sizes:
            start = time.monotonic()
            url = server.new_database(f"bench_{size}") if server else ""
            site = MeasuredSite(url, size, options.file)
            stack.callback(site.folder.cleanup)
            sites.append(site)
            say(f"{name}: {size:,} fiches filled in {time.monotonic() - start:.1f} s")
        pace = Pace(options.rounds, options.requests, end - AFTERWARDS - time.monotonic())
        results = _measure_sites(sites, pace, options.page, _find_database(server))
        last = sites[-1]
        one = report.Report(describe_database(last), results)
        one.plans = explain(last, last.pages(["list"]))
        one.memory = measure_memory(last)
        if server is None:  # a browser sees no difference between the databases
            one.visits = measure_visits(last)
        if options.relances:
            one.ladder = _measure_ladder(sizes[-1], server)
        if options.recherche and server is not None:
            one.searches = _measure_searches(server, options.recherche)
        say(f"\n{report.as_text(one)}\n")
        return one


def _measure_ladder(size: int, server: Cluster | None) -> list[Ladder]:
    if server is not None:
        return measure_ladder(server.new_database(f"ladder_{size}"), size)
    with tempfile.TemporaryDirectory(prefix="mse-bench-") as folder:
        return measure_ladder(f"sqlite:///{folder}/mse.db", size)


def _measure_searches(server: Cluster, fiches: int) -> Searches:
    return measure_searches(server, fiches, _find_database(server), say)


def _measure_sites(
    sites: Sequence[MeasuredSite], pace: Pace, wanted: Sequence[str], database: Processes | NoProcesses
) -> list[Result]:
    with contextlib.ExitStack() as stack:
        running = []
        for site in sites:
            processes = stack.enter_context(serve(site.port, site.environ))
            running.append(Running(site, processes, database))
        return measure(running, [site.pages(wanted) for site in sites], pace, say)


def _find_database(server: Cluster | None) -> Processes | NoProcesses:
    if server is None:
        return NoProcesses()
    engine = create_engine(server.url)
    try:
        return find_postgres(engine)
    except LookupError as reason:
        say(f"{reason}; only the server’s is counted")
        return NoProcesses()
    finally:
        engine.dispose()


if __name__ == "__main__":
    main()
