"""The site starts while the worker or an import holds the write lock of SQLite."""

import sqlite3
import subprocess
import sys
from os import environ
from pathlib import Path

from devtools.site import wait_for_answer
from devtools.smtp import free_port


def test_le_site_s_ouvre_pendant_un_long_import(tmp_path: Path) -> None:
    port = free_port()
    env = {
        **environ,
        "MSE_MODE": "demo",
        "MSE_URL": f"http://127.0.0.1:{port}",
        "MSE_INSTANCE": str(tmp_path),
        "MSE_DATABASE_URL": "",
    }
    mse = [sys.executable, "-m", "mse"]
    subprocess.run([*mse, "migrer"], env=env, check=True, capture_output=True)
    [base] = tmp_path.glob("*.db")
    importer = sqlite3.connect(base, isolation_level=None)
    importer.execute("BEGIN IMMEDIATE")
    site = subprocess.Popen([*mse, "serve", "--port", str(port), "--processus", "1"], env=env)
    try:
        wait_for_answer(f"http://127.0.0.1:{port}/a-propos")
    finally:
        importer.close()
        site.terminate()
        site.wait(15)
