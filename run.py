#!/usr/bin/env python3
"""One command: set up, then serve, test or measure. Standard library only; parses under Python 3.8.

python3 run.py [--port 8000]          environment, migrations, demo data, then web and worker
python3 run.py test [pytest args]     environment, then all tests (coverage is enforced without arguments)
python3 run.py test --le 2027-02-28   the same as if it were that day, or that hour: 2026-12-31T23:30
python3 run.py bench [args]           environment, then the measures of docs/performance.md
python3 run.py preuves [args]         environment, then the proofs of docs/fiabilite.md
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
MSE = str(BIN / "mse")
STAMP = VENV / "installed.sha256"
COVERAGE = ["--cov", "--cov-report=term"]
STOP_WITHIN = 8.0  # seconds that a child has to end after SIGTERM
STEADY_AFTER = 30.0  # seconds of life after which a crash does not count as a restart loop
PR_SET_PDEATHSIG = 1
VERBS = ("test", "bench", "preuves")  # without one of these: serve


def say(sentence: str) -> None:
    print(sentence, flush=True)


# ---------------------------------------------------------------- environment


def fingerprint(lock: str) -> str:
    """Return a hash of everything that the environment depends on.
    When it changes, packages are installed again."""
    read = [ROOT / "pyproject.toml", ROOT / "requirements" / "core.txt", ROOT / "requirements" / lock]
    content = b"\0".join(path.read_bytes() for path in read)
    return hashlib.sha256(content + f"\0{sys.version}\0{ROOT}".encode()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Take a lock: two run.py set up one after the other. The system releases the lock of a dead process."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with open(__file__) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Un autre run.py prépare l’environnement : attente…")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def set_up(*locks: str) -> None:
    """Install the first of the locks into .venv, unless it already matches one of them."""
    with one_at_a_time():
        stamp = STAMP.read_text() if STAMP.exists() else ""
        if PYTHON.exists() and stamp in {fingerprint(lock) for lock in locks}:
            return
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            sys.exit("Il manque (missing) le module venv de Python : apt install python3-venv")
        if STAMP.exists():
            STAMP.unlink()
        say("Préparation de l’environnement .venv (une minute ou deux la première fois)…")
        if not has_pip():
            run_or_exit(sys.executable, "-m", "venv", "--clear", str(VENV))
        # The lock lists every package; if pip resolves «coverage[toml]» by itself, it takes a newer release.
        install("--no-deps", "--require-hashes", "-r", str(ROOT / "requirements" / locks[0]))
        install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        STAMP.write_text(fingerprint(locks[0]))


def has_pip() -> bool:
    """Return False also after an interrupted creation of .venv, or if its Python has been removed."""
    return (
        PYTHON.exists()
        and not subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode
    )


def install(*arguments: str) -> None:
    """Install with uv if it is there. Use pip otherwise, or if uv fails: pip has its own configuration."""
    uv = shutil.which("uv")
    if uv and not subprocess.call([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *arguments]):
        return
    run_or_exit(str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments)


def run_or_exit(*command: str) -> None:
    code = subprocess.call(command, cwd=ROOT)
    if code:
        sys.exit(code if code > 0 else 128 - code)


def become(*arguments: str) -> None:
    """Run the Python of .venv in place of this process; signals and exit code pass through."""
    command = [str(PYTHON), *arguments]
    os.chdir(ROOT)
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


# ---------------------------------------------------------------- tests


def test(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--le", type=datetime.fromisoformat)
    known, rest = parser.parse_known_args(arguments)
    set_up("dev.txt")
    if known.le:  # tests/instant/sitecustomize.py reads this in each process
        path = os.pathsep.join(filter(None, [str(ROOT / "tests" / "instant"), os.environ.get("PYTHONPATH")]))
        os.environ.update(PYTHONPATH=path, TESTS_LE=known.le.isoformat(), TESTS_BEGUN=str(time.time()))
    become("-m", "pytest", "-n", "2", "--dist", "worksteal", *(rest or COVERAGE))


# ---------------------------------------------------------------- web and worker


def die_with(parent: int) -> Callable[[], None] | None:
    """Return a preexec function that ends the child when run.py dies,
    even by kill -9; None except on Linux."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    prctl = ctypes.CDLL(None).prctl

    def preexec() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return preexec


class Child:
    """A supervised command in its own session:
    started, watched, restarted, and ended with its process group."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name = name
        self.command = [MSE, *arguments]
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = 0.5
        self.started = self.next_start = 0.0

    def watch(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_start:
                self.started = now
                self.process = subprocess.Popen(
                    self.command, cwd=ROOT, start_new_session=True, preexec_fn=die_with(os.getpid())
                )
        elif self.process.poll() is not None:
            code = self.process.returncode
            self.kill_group()  # no orphan may keep the port
            self.process = None
            if now - self.started >= STEADY_AFTER:
                self.pause = 0.5
            say(f"{self.name} s’est arrêté (code {code}) ; redémarrage dans {self.pause:g} s.")
            self.next_start = now + self.pause
            self.pause = min(self.pause * 2, 10.0)

    def kill_group(self) -> None:
        if self.process is None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        elif self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def end(children: list[Child]) -> None:
    """Terminate the children, wait a few seconds for all, then kill what is left of their process groups."""
    on_stop_signals(signal.SIG_IGN)
    alive = [child.process for child in children if child.process]
    for process in alive:
        process.terminate()
    deadline = time.monotonic() + STOP_WITHIN
    while time.monotonic() < deadline and any(process.poll() is None for process in alive):
        time.sleep(0.05)
    for child in children:
        child.kill_group()


def refuse_taken_port(port: int) -> None:
    """Exit with a sentence if the port cannot be used. A server that is just ending gets three seconds."""
    why = ""
    for _ in range(6):
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return
            except OSError as problem:
                why = "réservé au système" if isinstance(problem, PermissionError) else "déjà pris"
        time.sleep(0.5)
    sys.exit(f"Le port {port} est {why} ; choisissez-en un autre, par exemple : python3 run.py --port 8123")


def serve(port: int) -> None:
    refuse_taken_port(port)
    on_postgresql = os.environ.get("MSE_DATABASE_URL", "").startswith("postgres")
    set_up(*(["all.txt", "dev.txt"] if on_postgresql else ["core.txt", "dev.txt", "all.txt"]))
    demo = os.environ.get("MSE_MODE", "demo") == "demo"
    if demo:
        os.environ.setdefault("MSE_URL", f"http://127.0.0.1:{port}")
    run_or_exit(MSE, "migrer")
    say(f"Adresse : {os.environ.get('MSE_URL', '')} (Ctrl-C pour arrêter)")
    if demo:
        run_or_exit(MSE, "demo", "--si-vide")
    children = [Child("Le serveur web", "serve", "--port", str(port)), Child("Le worker", "worker")]
    try:
        while True:
            for child in children:
                child.watch()
            time.sleep(0.1)
    except KeyboardInterrupt:
        pass
    finally:
        end(children)


def on_stop_signals(handler: Any) -> None:
    """Handle SIGTERM, and SIGHUP unless under nohup, like Ctrl-C."""
    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, handler)


def port_number(text: str) -> int:
    if not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("un port va de 1 à 65535")
    return int(text)


def local_port() -> int:
    """Return the port of MSE_URL if it names this machine, else 8000."""
    try:
        parts = urlsplit(os.environ.get("MSE_URL", ""))
        here = parts.hostname in ("127.0.0.1", "localhost", "::1")
        return (here and parts.port) or 8000
    except ValueError:  # mse prints what is wrong
        return 8000


def main() -> None:
    if sys.version_info < (3, 11):
        found = sys.version.split()[0]
        sys.exit(f"Il faut Python 3.11 ou plus récent / Python 3.11 or newer is needed ({found}).")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # an unprintable accent must not stop the server
    on_stop_signals(signal.default_int_handler)
    verb = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] in VERBS else ""
    rest = sys.argv[2:] if verb else sys.argv[1:]
    if verb:  # tests start mse dozens of times; the bench must not measure the memory that compiling takes
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if verb == "test":
        test(rest)
    elif verb:
        set_up("dev.txt")
        become("-m", verb, *rest)
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
        parser.add_argument("--port", type=port_number, help="celui de MSE_URL, ou 8000")
        serve(parser.parse_args(rest).port or local_port())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
