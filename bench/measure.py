"""Measurements in rounds. Each round measures the bare page and the page in turn, at every size, so that
noise of the machine affects all alike."""

import http.client
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from sqlalchemy import event

from bench.client import Request, ask, send
from bench.processes import NoProcesses, Processes
from bench.site import MeasuredSite, Page

WARM = 25  # requests before the first round: plans prepared, templates compiled
CLIENTS = 4  # concurrent connections that measure the throughput
BURST = 60  # number of requests that measure the throughput


FEWEST = 12  # minimum number of requests in a round


@dataclass
class Pace:
    """How long to measure."""

    rounds: int = 5
    requests: int = 60  # maximum number in a round
    seconds: float = 100.0  # available for all pages of one database

    def fit(self, warming: float, pages: int) -> int:
        """Return the number of requests in a round. `warming`: seconds that the warm-up took; `pages`: number
        of pages left to measure."""
        share = self.seconds / pages - 3 * warming  # 1 for the warm-up, about 2 for the burst
        return max(FEWEST, min(self.requests, int(share / self.rounds / (warming / WARM))))


@dataclass(frozen=True)
class Cost:
    """CPU seconds of one request."""

    server: float
    database: float

    @property
    def total(self) -> float:
        return self.server + self.database


@dataclass
class Result:
    """Measurements of one page at one size."""

    page: str
    goal: float | None
    fiches: int
    costs: list[Cost] = field(default_factory=list)  # one value for each round
    bare: list[Cost] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    throughput: float = 0.0
    queries: int = 0
    size: int = 0
    zipped: int = 0

    @property
    def ratio(self) -> float:
        """Return the CPU relative to the bare page: median of the rounds."""
        return median(cost.total / bare.total for cost, bare in zip(self.costs, self.bare, strict=True))

    @property
    def server_ms(self) -> float:
        return 1000 * median(cost.server for cost in self.costs)

    @property
    def database_ms(self) -> float:
        return 1000 * median(cost.database for cost in self.costs)

    @property
    def bare_ms(self) -> float:
        return 1000 * median(cost.total for cost in self.bare)

    def percentile(self, percent: int) -> float:
        return 1000 * quantiles(self.latencies, n=100)[percent - 1]

    def growth(self, smaller: "Result") -> float:
        """Return the growth of the CPU from `smaller` to this size, measured in the same rounds."""
        return median(mine.total / its.total for mine, its in zip(self.costs, smaller.costs, strict=True))


@dataclass
class Running:
    """A site and the processes that serve it."""

    site: MeasuredSite
    server: Processes
    database: Processes | NoProcesses

    def cost(self, requests: Sequence[Request], latencies: list[float] | None = None) -> Cost:
        """Send the requests and return the CPU seconds of one. Latencies are appended to `latencies`."""
        server, database = self.server.cpu(), self.database.cpu()
        answers = ask(self.site.port, requests)
        spent = self.server.cpu() - server, self.database.cpu() - database
        if latencies is not None:
            latencies += answers.latencies
        return Cost(spent[0] / len(requests), spent[1] / len(requests))


def measure(
    sites: Sequence[Running], pages: Sequence[Sequence[Page]], pace: Pace, say: Callable[[str], None]
) -> list[Result]:
    """Measure every page of every site; sites take turns within each round. `pages`: one list per site."""
    results: list[Result] = []
    for left, same in enumerate(zip(*pages, strict=True), start=-len(pages[0])):
        start = time.monotonic()
        found = _measure_page(list(zip(sites, same, strict=True)), pace, -left)
        results += found
        spent = time.monotonic() - start
        pace.seconds -= spent
        last = found[-1]
        say(f"  {last.page}: {last.ratio:.1f} × bare ({len(last.latencies)} requests, {spent:.1f} s)")
    return results


def _measure_page(sites: list[tuple[Running, Page]], pace: Pace, pages: int) -> list[Result]:
    results = [Result(page.name, page.goal, running.site.fiches) for running, page in sites]
    start = time.monotonic()
    for (running, page), result in zip(sites, results, strict=True):
        _record_size_and_queries(running.site, page, result)
        ask(running.site.port, [_bare_request(running.site, page)] * WARM)
        ask(running.site.port, page.next_requests(WARM))
    count = pace.fit(time.monotonic() - start, pages)
    count = min(count, *(_max_requests(page, pace) for _running, page in sites))
    for _ in range(pace.rounds):
        for (running, page), result in zip(sites, results, strict=True):
            result.bare.append(running.cost([_bare_request(running.site, page)] * count))
            result.costs.append(running.cost(page.next_requests(count), result.latencies))
    for (running, page), result in zip(sites, results, strict=True):
        answers = ask(running.site.port, page.next_requests(BURST), CLIENTS)
        result.throughput = len(answers.latencies) / answers.seconds
    return results


def _bare_request(site: MeasuredSite, page: Page) -> Request:
    return site.bare_write if page.writes else site.bare_read


def _max_requests(page: Page, pace: Pace) -> int:
    """Return the maximum number of requests in a round. A small database has fewer saisines to answer."""
    if not page.writes:
        return pace.requests
    count = (page.write_count - 1 - WARM - BURST) // pace.rounds
    if count < 1:
        raise SystemExit(f"{page.name}: too few fiches to measure; ask for more with --fiches")
    return count


def _record_size_and_queries(site: MeasuredSite, page: Page, result: Result) -> None:
    """Send one request with warm caches; store its number of bytes and of SQL statements."""
    if page.writes:
        result.queries = len(statements(site, page.next_requests(1)[0]))
        return
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    request = page.next_requests(1)[0]
    result.size = len(send(connection, request, "identity"))
    result.zipped = len(send(connection, request, "gzip"))
    connection.close()
    statements(site, request)
    result.queries = len(statements(site, request))


def statements(site: MeasuredSite, request: Request) -> list[tuple[str, Any]]:
    """Run one request in this process. Return its SQL statements with their parameters, without BEGIN."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, parameters))

    app = site.app_of(request)
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        headers = {"Cookie": request.cookie} if request.cookie else {}
        browser = app.test_client(use_cookies=False)
        url = site.environ["MSE_URL"]
        answer = browser.open(
            request.path, method=request.method, data=request.fields, headers=headers, base_url=url
        )
        if answer.status_code != request.expected:
            raise RuntimeError(f"{request.path}: {answer.status_code} instead of {request.expected}")
    finally:
        event.remove(engine, "before_cursor_execute", note)
        engine.dispose()
    return seen
