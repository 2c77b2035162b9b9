"""python3 run.py bench [--fiches N]… [--ecrire]: every page, at every size, on SQLite and PostgreSQL."""

import argparse
import contextlib
import time
from collections.abc import Sequence
from functools import partial

from sqlalchemy import create_engine

from bench import report
from bench.measure import Pace, Result, Running, measure
from bench.memory import measure_memory
from bench.plans import describe_database, explain
from bench.processes import NoProcesses, Processes, find_postgres
from bench.server import THREADS, serve
from bench.site import Site
from mse.core.clock import today
from tests.pg import Cluster, PostgresAbsent, cluster

SIZES = (10_000, 100_000)
say = partial(print, flush=True)


def main() -> None:
    options = _read_options()
    pace = Pace(options.rounds, options.requests)
    sizes = sorted(set(options.fiches or SIZES))
    say(f"{report.machine()}; {pace.rounds} rounds of {pace.requests} requests")
    reports = []
    if options.base in ("", "sqlite"):
        reports.append(_measure_engine("SQLite", sizes, pace, options.page, None))
    if options.base in ("", "postgresql"):
        try:
            with cluster() as server:
                reports.append(_measure_engine("PostgreSQL", sizes, pace, options.page, server))
        except PostgresAbsent as reason:
            say(f"PostgreSQL skipped: {reason}")
    for one in reports:
        say(f"\n{report.as_text(one)}")
    if options.ecrire:
        report.PAGE.parent.mkdir(exist_ok=True)
        report.PAGE.write_text(report.as_markdown(reports, pace, THREADS, today()), "utf-8")
        say(f"\n{report.PAGE} written")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("--fiches", type=int, action="append", metavar="N", help="a size; again for more sizes")
    parser.add_argument("--base", choices=("sqlite", "postgresql"), default="", help="only this database")
    parser.add_argument("--page", action="append", default=[], metavar="WORDS", help="only pages so named")
    parser.add_argument("--rounds", type=int, default=Pace.rounds)
    parser.add_argument("--requests", type=int, default=Pace.requests, metavar="N", help="in each round")
    parser.add_argument("--ecrire", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def _measure_engine(
    name: str, sizes: Sequence[int], pace: Pace, wanted: Sequence[str], server: Cluster | None
) -> report.Report:
    with contextlib.ExitStack() as stack:
        sites = []
        for size in sizes:
            start = time.monotonic()
            site = Site(server.new_database(f"bench_{size}") if server else "", size)
            stack.callback(site.folder.cleanup)
            sites.append(site)
            say(f"{name}: {size:,} fiches filled in {time.monotonic() - start:.1f} s")
        results = _measure_sites(sites, pace, wanted, _find_database(server))
        lists = [page for page in sites[-1].pages() if page.name.startswith("list")]
        plans = explain(sites[-1], lists)
        memory = measure_memory(sites[-1])
        return report.Report(describe_database(sites[-1]), results, plans, memory)


def _measure_sites(
    sites: Sequence[Site], pace: Pace, wanted: Sequence[str], database: Processes | NoProcesses
) -> list[Result]:
    with contextlib.ExitStack() as stack:
        running = [Running(site, stack.enter_context(serve(site.port, site.environ)), database) for site in sites]
        return measure(running, pace, wanted, say)


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
