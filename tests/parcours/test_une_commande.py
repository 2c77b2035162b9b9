"""`python3 run.py`: one command starts everything, restarts what dies, and ends cleanly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


def _healthy(url: str, within: float) -> bool:
    limit = time.monotonic() + within
    while time.monotonic() < limit:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _child(parent: int, word: str) -> psutil.Process:
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        for child in psutil.Process(parent).children():
            if word in child.cmdline():
                return child
        time.sleep(0.1)
    raise AssertionError(f"run.py has no child «{word}»")


def test_ce_qui_meurt_revient_et_ctrl_c_arrete_tout(tmp_path: Path) -> None:
    with socket.socket() as sonde:
        sonde.bind(("127.0.0.1", 0))
        port = sonde.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = {key: value for key, value in os.environ.items() if not key.startswith("MSE_")}
    run = subprocess.Popen(
        [sys.executable, "run.py", "--port", str(port)],
        cwd=ROOT,
        env={**env, "MSE_INSTANCE": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert _healthy(url, 90)
        for word in ("serve", "worker"):
            victim = _child(run.pid, word)
            victim.kill()
            victim.wait(5)
            assert _child(run.pid, word).pid != victim.pid
            assert _healthy(url, 30)
        run.send_signal(signal.SIGINT)
        output = run.communicate(timeout=30)[0]
    finally:
        run.kill()
    assert run.returncode == 0, output
    assert f"Adresse : {url}" in output
    assert "delegue@demo.example" in output


def test_le_port_est_celui_de_l_adresse_annoncee(tmp_path: Path) -> None:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        port = prise.getsockname()[1]
        env = {key: value for key, value in os.environ.items() if not key.startswith("MSE_")}
        run = subprocess.run(
            [sys.executable, "run.py"],
            cwd=ROOT,
            env={**env, "MSE_INSTANCE": str(tmp_path), "MSE_URL": f"http://127.0.0.1:{port}"},
            capture_output=True,
            text=True,
            timeout=20,
        )
    assert f"Le port {port} est déjà pris" in run.stderr
