"""The plans of the statements that a function runs."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import event, text

from mse.extensions import db


def explain(run: Callable[[], object], about: str) -> list[str]:
    """Run a function. Return the plan of each of its SELECTs that names `about`, one line for each step;
    PostgreSQL says how many rows each step has read."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")) and about in statement:
            seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        run()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert seen
    with db.engine.connect() as connection:
        return [_explain(connection, *one) for one in seen]


def analyze() -> None:
    with db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def _explain(connection: Any, statement: str, parameters: Any) -> str:
    if db.engine.dialect.name == "sqlite":
        return "\n".join(
            row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        )
    statement = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    plan = connection.exec_driver_sql(statement, parameters).scalar_one()
    plan = plan if isinstance(plan, list) else json.loads(plan)
    return "\n".join(map(_say, _nodes(plan[0]["Plan"])))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _say(node: dict[str, Any]) -> str:
    name = node.get("Relation Name") or node.get("Index Name")
    if name is None:
        return str(node["Node Type"])
    rows = node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
    return f"{node['Node Type']} of {name}: {rows:.0f} rows"


def count_read(plan: str) -> int:
    """Return the number of rows that PostgreSQL has read from tables and indexes."""
    return sum(int(line.split()[-2]) for line in plan.splitlines() if line.endswith(" rows"))
