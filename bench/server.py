"""The measured server: granian with one worker process, which contains the application and the bare pages.

With a single process, the CPU time between two readings of its clock is that of the requests sent between
them.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from bench.processes import Processes

ROOT = Path(__file__).resolve().parent.parent
START_WITHIN = 120.0  # seconds
THREADS = 4  # as `mse serve`
# Arguments of Python that start a server; the port is appended.
_ONE_PROCESS = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws")
MEASURED = ("-m", "granian", *_ONE_PROCESS, "--factory", "bench.server:make_app")
REAL = ("-c", "from mse.cli import main; main()", "serve", "--processus", "2")


def make_app() -> Any:
    """Return the WSGI application of granian's worker: /nue/ are the bare pages, /socle/ is the libraries
    alone, the rest is the application."""
    from bench.bare import create_bare_app
    from bench.caches import VARIABLE, switch_off
    from bench.libraries import create_library_app

    if off := os.environ.get(VARIABLE):
        switch_off(off)
    from mse.app import create_app
    from mse.core.memory import freeze_loaded_objects

    application = create_app()
    url = application.config["SQLALCHEMY_DATABASE_URI"]
    others = {"nue": create_bare_app(url), "socle": create_library_app(url)}

    freeze_loaded_objects()  # as `mse serve` does

    def dispatch(environ: dict[str, Any], start_response: Any) -> Any:
        chosen = others.get(environ["PATH_INFO"].split("/")[1], application)
        return chosen(environ, start_response)

    return dispatch


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def serve(port: int, environ: dict[str, str], arguments: Sequence[str] = MEASURED) -> Iterator[Processes]:
    """Run a server on `port` until the block ends."""
    command = [sys.executable, *arguments, "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stdout=log, stderr=log)
        try:
            if not _is_answering(port, process):
                log.seek(0)
                raise RuntimeError(f"the server did not start: {log.read().decode(errors='replace')[-2000:]}")
            yield Processes(process.pid)
        finally:
            _stop(process)


def _is_answering(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.05)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop granian and its worker. If granian must be killed, its worker would otherwise keep running."""
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in children:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
