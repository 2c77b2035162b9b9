"""Missing system programs: tests that need them are skipped, or fail with CI=true.

A summary at the end lists the missing programs that a test has asked for.
"""

import os
import re
import shutil
from typing import Any, NoReturn

import pytest

_SENTENCE = re.compile(r"absent: .+ \(.+\)")


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def absent(part: str, reason: str) -> NoReturn:
    """Skip the current test because the system lacks `part`; fail it with CI=true."""
    sentence = f"absent: {part} ({' '.join(reason.split())})"
    if in_ci():
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def program(part: str, *names: str) -> str:
    """Return the path of the first of these programs on PATH. Without any, call `absent` for `part`."""
    for name in names:
        if path := shutil.which(name):
            return path
    absent(part, "introuvable : " + ", ".join(names))


def _sentence(report: Any) -> str | None:
    """Return the sentence of `absent` in the report of a skip (file, line, reason) or failure, or None."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    match = _SENTENCE.search(reason)
    return match and match.group()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List the missing programs, read from the reports, which xdist collects from its workers."""
    stats = terminalreporter.stats
    reports = [report for kind in ("skipped", "failed", "error") for report in stats.get(kind, [])]
    if sentences := {sentence for report in reports if (sentence := _sentence(report))}:
        terminalreporter.section("ce que le système n’a pas", sep="-")
        for line in sorted(sentences):
            terminalreporter.write_line(line)
