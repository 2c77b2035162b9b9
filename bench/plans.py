"""Query plans of each list: the index that they use, and faults such as a sort or a full scan."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from bench.client import Request
from bench.measure import statements
from bench.site import MeasuredSite, Page
from mse.extensions import db

MAX_ROWS = 200  # sorting or scanning more rows is a fault
BIG_TABLES = ("fiches", "saisines", "etapes", "fiches_territoires")
_PARAMETER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Plan:
    """The query plan of a list on one database."""

    page: str
    walks: str  # the index that gives the order of the rows
    faults: tuple[str, ...]


def explain(site: MeasuredSite, pages: list[Page]) -> list[Plan]:
    """Explain the longest SELECT of each list, which is its main query."""
    plans = []
    for page in pages:
        request = page.next_requests(1)[0]
        statement, parameters = max(_selects(site, request), key=lambda pair: len(pair[0]))
        with site.app.app_context(), db.engine.connect() as connection:
            explain_one = _explain_sqlite if connection.dialect.name == "sqlite" else _explain_postgresql
            plans.append(explain_one(connection, page.name, statement, parameters))
    return plans


def _selects(site: MeasuredSite, request: Request) -> list[tuple[str, Any]]:
    return [(s, p) for s, p in statements(site, request) if "FROM fiches" in s and "LIMIT" in s]


def _explain_sqlite(connection: Connection, page: str, statement: str, parameters: Any) -> Plan:
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    steps = [row.detail for row in rows]
    walks = next((step for step in steps if step.startswith(("SCAN", "SEARCH"))), "?")
    faults = [step for step in steps if "TEMP B-TREE" in step]
    faults += [step for step in steps if re.fullmatch(rf"SCAN ({'|'.join(BIG_TABLES)})", step)]
    return Plan(page, walks, tuple(faults))


def _explain_postgresql(
    connection: Connection, page: str, statement: str, parameters: dict[str, Any]
) -> Plan:
    """Explain the custom plan and the generic plan, because the driver prepares repeated statements."""
    plan = _run_explain(connection, f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    walks, faults = _read_plan(plan)
    generic_walks, generic_faults = _read_plan(_generic_plan(connection, statement, parameters))
    if generic_walks != walks:
        walks += f"; for any value: {generic_walks}"
    return Plan(
        page,
        walks,
        tuple(dict.fromkeys([*faults, *(f"{fault} (for any value)" for fault in generic_faults)])),
    )


def _generic_plan(connection: Connection, statement: str, parameters: dict[str, Any]) -> dict[str, Any]:
    names = list(dict.fromkeys(_PARAMETER.findall(statement)))
    numbered = _PARAMETER.sub(lambda match: f"${names.index(match.group(1)) + 1}", statement).replace(
        "%%", "%"
    )
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    driver.execute(f"PREPARE measured AS {numbered}")
    values = ", ".join("NULL" if parameters[name] is None else f"'{parameters[name]}'" for name in names)
    arguments = f"({values})" if names else ""
    (plan,) = driver.execute(f"EXPLAIN (FORMAT JSON) EXECUTE measured{arguments}").fetchone()
    driver.execute("DEALLOCATE measured")
    return _get_root(plan)


def _run_explain(connection: Connection, statement: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return _get_root(connection.exec_driver_sql(statement, parameters).scalar())


def _get_root(plan: Any) -> dict[str, Any]:
    root: dict[str, Any] = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return root


def _read_plan(plan: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the outermost index on a big table, and the faults."""
    nodes = list(_nodes(plan))
    walks = [
        node["Index Name"]
        for node in nodes
        if "Index Name" in node and node.get("Relation Name", node["Index Name"]) in BIG_TABLES
    ]
    faults = []
    for node in nodes:
        kind, rows = node["Node Type"], node["Plan Rows"]
        if kind == "Seq Scan" and node["Relation Name"] in BIG_TABLES:
            faults.append(f"Seq Scan on {node['Relation Name']} ({rows} rows)")
        if "Sort" in kind and node["Plans"][0]["Plan Rows"] > MAX_ROWS:
            faults.append(f"{kind} of {node['Plans'][0]['Plan Rows']} rows")
        if "Gather" in kind:
            faults.append("parallel workers started")
        if "Bitmap" in kind and rows > MAX_ROWS:
            faults.append(f"{kind} of {rows} rows")
    return (walks[0] if walks else "no index"), faults


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def describe_database(site: MeasuredSite) -> str:
    with site.app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return f"SQLite {connection.scalar(text('SELECT sqlite_version()'))}"
        version = connection.scalar(text("SHOW server_version"))
        fsync = connection.scalar(text("SHOW fsync"))
        return f"PostgreSQL {str(version).split()[0]} (fsync {fsync})"
