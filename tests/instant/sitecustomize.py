"""Shift the clock of the tests for `python3 run.py test --le INSTANT`.

run.py puts this folder on PYTHONPATH, so that each Python process of the tests (servers and workers
included) imports this module when it starts. In all of them the instant at which the tests began, TESTS_BEGUN
(seconds since 1970), becomes TESTS_LE, Paris time.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

if "TESTS_LE" in os.environ:
    with suppress(ImportError):  # a Python outside .venv, such as the one that runs run.py
        import time_machine

        begun = datetime.fromtimestamp(float(os.environ["TESTS_BEGUN"]), UTC)
        chosen = datetime.fromisoformat(os.environ["TESTS_LE"]).replace(tzinfo=ZoneInfo("Europe/Paris"))
        time_machine.travel(datetime.now(UTC) + (chosen - begun), tick=True).start()
