"""What the system lacks: tests that need it are skipped, which is said at the end; with CI=true they fail.

Only what a test really asked for is listed, for it is the refusal itself that is counted.
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
    """Give up the present test because the system lacks `part`: a skip here, a failure with CI=true."""
    sentence = f"absent: {part} ({' '.join(reason.split())})"
    if in_ci():
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def program(part: str, *names: str) -> str:
    """The path of the first of these programs found on PATH; without any, `part` is absent."""
    for name in names:
        if path := shutil.which(name):
            return path
    absent(part, "introuvable : " + ", ".join(names))


def _sentence(report: Any) -> str | None:
    """Ours within the report of a skip (file, line, reason) or of a failure; None for another reason."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    match = _SENTENCE.search(reason)
    return match and match.group()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Reports travel from the xdist workers by themselves: reading them here needs no other channel."""
    stats = terminalreporter.stats
    reports = [report for kind in ("skipped", "failed", "error") for report in stats.get(kind, [])]
    if sentences := {sentence for report in reports if (sentence := _sentence(report))}:
        terminalreporter.section("ce que le système n’a pas", sep="-")
        for line in sorted(sentences):
            terminalreporter.write_line(line)
