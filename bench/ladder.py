"""Benchmark of the nightly reminders: the first run, on years of data without reminders, then the run of the
next day."""

import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.fill import TABLES, Filler, Row
from bench.world import build_world
from bench.write import write
from mse.app import create_app
from mse.config import read_settings
from mse.core.clock import at, today
from mse.core.database import set_reading
from mse.extensions import db
from mse.fiches.models import PARTIES
from mse.relances.use_cases.relancer import relancer_du_jour
from mse.schema import upgrade

NEEDED = ("fiches", "saisines")  # the only rows that the ladder reads
TEXTS = {rank for rank, name in enumerate(TABLES["fiches"]) if name.removesuffix("_html") in PARTIES}


@dataclass(frozen=True)
class Ladder:
    """Measurements of one run: number of reminders, duration, and `memory`, the largest resident set of the
    process so far, in bytes."""

    reminders: int
    seconds: float
    memory: int


def measure_ladder(url: str, fiches: int) -> list[Ladder]:
    """Fill the empty database `url`, then run the ladder twice in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="mse-bench-") as folder:
        environ = {"MSE_MODE": "demo", "MSE_INSTANCE": folder, "MSE_DATABASE_URL": url}
        with create_app(read_settings(environ)).app_context():
            upgrade()
            world = build_world()
            write(db.engine, _select_needed(Filler(world, fiches).rows()))
            db.session.remove()
            db.engine.dispose()
        said = subprocess.run(
            [sys.executable, "-m", "bench.ladder"],
            env={**os.environ, **environ},
            check=True,
            stdout=subprocess.PIPE,
        )
    return [Ladder(**run) for run in json.loads(said.stdout)]


def _select_needed(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows that the reminders read, without the long texts: filling is several times faster."""
    for table, values in rows:
        if table == "fiches":
            yield table, tuple("" if rank in TEXTS else value for rank, value in enumerate(values))
        elif table in NEEDED:
            yield table, values


def _run_twice() -> list[dict[str, Any]]:
    runs = []
    with create_app(read_settings()).app_context():
        set_reading(False)
        for days in (0, 1):
            jour = today() + timedelta(days=days)
            begin = time.monotonic()
            with at(datetime(jour.year, jour.month, jour.day, 12, tzinfo=UTC)):
                reminders = relancer_du_jour()
            seconds, memory = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            runs.append(asdict(Ladder(reminders, seconds, memory * 1024)))
    return runs


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    print(json.dumps(_run_twice()))
