"""Format the results of the bench as text for the terminal and as docs/performance.md."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench import first_visit, libraries
from bench.first_visit import Visit
from bench.ladder import Ladder
from bench.measure import Result
from bench.memory import Memory
from bench.plans import Plan
from bench.searches import Searches

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
MAX_QUERIES, MAX_GROWTH, MAX_MEMORY, MAX_LIST = 10, 1.2, 200e6, 25_000
MAX_LADDER, MAX_LADDER_MEMORY = 60.0, 300e6  # seconds and bytes of the nightly reminders
MAX_SEARCH = 100.0  # milliseconds of a search over a million fiches
MAX_OVER_LIBRARIES = 1.5  # maximum ratio of the pages that write


@dataclass
class Report:
    """Measurements on one database."""

    database: str
    results: list[Result]
    plans: list[Plan] = field(default_factory=list)
    memory: Memory | None = None
    visits: Sequence[Visit] = ()
    ladder: Sequence[Ladder] = ()
    searches: Searches | None = None

    def sizes(self) -> list[int]:
        return sorted({result.fiches for result in self.results})

    def largest(self) -> list[Result]:
        return [result for result in self.results if result.fiches == self.sizes()[-1]]

    def growth(self, result: Result) -> float | None:
        smallest = self.sizes()[0]
        if smallest == result.fiches:
            return None
        return result.growth(next(r for r in self.results if r.page == result.page and r.fiches == smallest))

    def goal(self, result: Result) -> float | None:
        """Return the maximum ratio to the bare page. For a write it follows from that of the libraries alone,
        and is None if they were not measured."""
        if result.size:
            return result.goal
        alone = next((one for one in self.largest() if one.page == libraries.NAME), result)
        return None if result.page == libraries.NAME or alone is result else MAX_OVER_LIBRARIES * alone.ratio

    def missed(self) -> list[str]:
        """Return one sentence for each missed goal."""
        sentences = []
        for result in self.largest():
            growth, goal = self.growth(result), self.goal(result)
            if goal and result.ratio > goal:
                sentences.append(f"{result.page}: {result.ratio:.1f} × the bare page, goal {goal:.3g}")
            if growth and growth > MAX_GROWTH:
                sentences.append(f"{result.page}: grows {growth:.2f} times, goal {MAX_GROWTH}")
            if result.size and result.queries > MAX_QUERIES:
                sentences.append(f"{result.page}: {result.queries} SQL queries, goal {MAX_QUERIES}")
            if result.page.startswith("list") and result.size > MAX_LIST:
                sentences.append(f"{result.page}: {result.size} bytes, goal {MAX_LIST}")
        if self.memory and self.memory.pss > MAX_MEMORY:
            sentences.append(f"memory: {self.memory.pss / 1e6:.0f} MB, goal {MAX_MEMORY / 1e6:.0f}")
        for run in self.ladder:
            if run.seconds > MAX_LADDER or run.memory > MAX_LADDER_MEMORY:
                sentences.append(
                    f"reminders: {run.seconds:.1f} s, {run.memory / 1e6:.0f} MB, goal 60 s, 300 MB"
                )
        if self.searches and self.searches.percentile(95) > MAX_SEARCH:
            sentences.append(f"searches: p95 {self.searches.percentile(95):.0f} ms, goal {MAX_SEARCH:.0f}")
        sentences += [sentence for visit in self.visits for sentence in visit.missed()]
        sentences += [f"{plan.page}: {fault}" for plan in self.plans for fault in plan.faults]
        return sentences


_HEADS = (
    "page", "× bare", "goal", "CPU ms (server + database)", "bare ms", "growth", "req/s", "p50 ms", "p95 ms",
    "SQL", "bytes", "gzip",
)  # fmt: skip


def _rows(report: Report) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for result in report.largest():
        growth, goal = report.growth(result), report.goal(result)
        rows.append(
            (
                result.page,
                f"{result.ratio:.1f}",
                f"≤ {goal:.3g}" if goal else "–",
                f"{result.server_ms:.2f} + {result.database_ms:.2f}",
                f"{result.bare_ms:.2f}",
                f"{growth:.2f}" if growth else "–",
                f"{result.throughput:.0f}",
                f"{result.percentile(50):.1f}",
                f"{result.percentile(95):.1f}",
                str(result.queries),
                str(result.size or "–"),
                str(result.zipped or "–"),
            )
        )
    return rows


def as_text(report: Report) -> str:
    table = [_HEADS, *_rows(report)]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEADS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join(
        [
            _title(report),
            *lines,
            "",
            *_plan_lines(report),
            *_memory_lines(report),
            *_visit_lines(report),
            *_extra_lines(report),
            *_missed_lines(report),
        ]
    )


def _title(report: Report) -> str:
    sizes = " and ".join(f"{size:,}" for size in report.sizes())
    return f"{report.database}, {sizes} fiches (figures of the largest)"


def _plan_lines(report: Report) -> Iterable[str]:
    for plan in report.plans:
        yield f"plan of {plan.page}: {plan.walks}" + "".join(f" | {fault}" for fault in plan.faults)


def _memory_lines(report: Report) -> Iterable[str]:
    if report.memory:
        memory = report.memory
        yield (
            f"memory: {memory.pss / 1e6:.0f} MB (PSS), of which {sum(memory.answering) / 1e6:.0f} MB in the "
            f"{len(memory.answering)} processes that answer and {memory.parent / 1e6:.0f} MB in their parent"
        )


def _visit_lines(report: Report) -> Iterable[str]:
    for visit in report.visits:
        yield (
            f"first visit of {visit.page}: {visit.first / 1000:.0f} kB, again {visit.again / 1000:.0f} kB, "
            f"LCP {visit.lcp:.0f} ms, CLS {visit.cls:.3f}"
        )


def ladder_lines(fiches: int, runs: Sequence[Ladder]) -> Iterable[str]:
    for night, run in zip(("first", "second"), runs, strict=True):
        yield (
            f"{fiches:,} fiches, {night} night of reminders: {run.reminders:,} in {run.seconds:.1f} s, "
            f"at most {run.memory / 1e6:.0f} MB"
        )


def search_lines(searches: Searches) -> Iterable[str]:
    yield (
        f"searches over {searches.fiches:,} fiches ({searches.documents:,} texts), none of them cached: "
        f"p50 {searches.percentile(50):.0f} ms, p95 {searches.percentile(95):.0f} ms; "
        f"load of the machine {searches.load:.1f}"
    )
    for kind in searches.latencies:
        p50, p95 = searches.percentile(50, kind), searches.percentile(95, kind)
        yield f"{kind}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, CPU {1000 * searches.cpu[kind]:.0f} ms"


def _extra_lines(report: Report) -> Iterable[str]:
    """Yield the reminders, and what an option of the bench would have measured."""
    if report.ladder:
        yield from ladder_lines(report.sizes()[-1], report.ladder)
    else:
        yield "not measured: the nightly reminders (option `--relances`)"
    if report.searches:
        yield from search_lines(report.searches)
    if not any(result.page.startswith("queue of") for result in report.results):
        yield "not measured: the queue of an acteur with thousands of open saisines (option `--file`)"


def _missed_lines(report: Report) -> Iterable[str]:
    missed = report.missed()
    yield "all goals hold" if not missed else "goals missed:"
    yield from (f"  {sentence}" for sentence in missed)


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} CPU ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"


_INTRO = """# Performance

`python3 run.py bench --ecrire` wrote this page on {day}: {machine}. Do not edit it; run the bench again.

How to read the tables:

- **CPU ms** is the user and system CPU time of one request, in the server process and in all processes
  of the database. Requests go over HTTP (keep-alive, gzip accepted) to granian with one worker process
  of {threads} threads, so that all the CPU time is counted in one process.
- **× bare** divides this time by that of a plain Flask page of 25 rows (for answering and filing: by
  that of a plain INSERT). The same process serves the bare page from the same database. Bare page and
  real page are measured in turn, {rounds} times; the table shows the median.
- **growth** divides the CPU time at the largest size by that at the smallest, in the same rounds.
- **p50** and **p95** are response times with one client. **req/s** is measured with four clients on one
  process.
- **SQL** counts statements, without BEGIN and COMMIT.
- "acteur" asks the pages of all acteurs in turn.
- "list, three filters" filters by statut, thème and département at once. "filing" is the last step of a
  draft.
- "libraries alone" is the least that a signed-in answer costs with the same libraries and none of the
  application's rules (`bench/libraries.py`). The goal of answering and filing is 1.5 times its ratio.
- "queue of 5,000 saisines" (option `--file 5000`) is that of an agent whose acteur has that many open ones;
  "deep page" begins in the middle of them, "one filter" filters by thème, territoire, urgency and colleague
  in turn. Every fifth saisine has a thread of messages that the agent has read.
- "search" asks for one word again and again; its counts are cached for ten seconds.
- **searches over N fiches** (option `--recherche N`) sends searches that no cache answers, on PostgreSQL.
- **night of reminders** (option `--relances`) is one run of the nightly ladder in a process of its own. The
  first night finds three years without any reminder, the second one what is new. Seconds depend on the
  machine.
- **memory** is that of `mse serve` with 2 worker processes and their parent, at rest after 1,000
  requests and 16 password checks.
- **first visit** is a page opened in Chromium on a phone: 1.6 Mbit/s, 150 ms of latency, CPU 4 times
  slower; median of {visits} visits with an empty cache (all bytes, compressed), then the same page again.
  Goals: 100 kB and 15 kB, LCP 1,500 ms, CLS 0.02.

What is cached during the measure: each process keeps the rendered cards of its last 1,000 fiches ([ADR
15](adr/0015-constant-text-and-macros-are-cached-per-process.md)); the bare page has no cache. "list" and
its filters are measured with cached cards; "list, deep page" reads more cards than the cache holds. "agent’s
queue" is measured with cached rows: each process keeps the last 500 of all queues. The météo pages and the
home page are cached by their figures, which the worker counts again every ten minutes. Each process also
keeps for 30 seconds the names of places and thèmes, the last day counted, the number of delegates and the
last bulletin.

Milliseconds and requests per second change from one machine to another and from hour to hour. Compare
the ratios; they vary by some 10 % between runs.
"""


def as_markdown(reports: Sequence[Report], rounds: int, threads: int, day: date) -> str:
    parts = [
        _INTRO.format(day=day, machine=machine(), threads=threads, rounds=rounds, visits=first_visit.VISITS)
    ]
    for report in reports:
        parts.append(f"## {_title(report)}\n")
        parts.append("| " + " | ".join(_HEADS) + " |\n|" + "---|" * len(_HEADS))
        parts += ["| " + " | ".join(row) + " |" for row in _rows(report)]
        parts.append("")
        parts += [
            f"- {line.strip()}"
            for lines in (_memory_lines, _visit_lines, _extra_lines, _missed_lines)
            for line in lines(report)
        ]
        parts.append("\nIndex that the database uses for each list:\n")
        parts += [f"- {line.removeprefix('plan of ')}" for line in _plan_lines(report)]
        parts.append("")
    return "\n".join(parts)
