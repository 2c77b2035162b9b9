"""`python3 run.py test --le INSTANT`: the tests and their subprocesses start at the chosen instant."""

import os
import subprocess
import sys
from pathlib import Path

STORY = """
import subprocess, sys
from datetime import datetime, timedelta, timezone

CHOSEN = datetime(2028, 2, 29, 11, tzinfo=timezone.utc)
READ = "from mse.core.clock import now; print(now().isoformat())"

def test_deux_processus_croient_le_meme_instant():
    child = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True).stdout
    for instant in (datetime.now(timezone.utc), datetime.fromisoformat(child.strip())):
        assert CHOSEN < instant < CHOSEN + timedelta(hours=1)
"""


def test_la_suite_se_joue_le_jour_choisi(tmp_path: Path) -> None:
    (tmp_path / "test_histoire.py").write_text(STORY)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("TESTS_", "PYTEST_"))}
    run = subprocess.run(
        [sys.executable, "run.py", "test", "--le", "2028-02-29T12:00", "-n", "0", str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout


def test_un_instant_illisible_est_refuse() -> None:
    run = subprocess.run(
        [sys.executable, "run.py", "test", "--le", "demain"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "demain" in run.stderr
