"""CPU and memory of other processes: the server's and the database's."""

import time

import psutil
from sqlalchemy import Engine, text

_PROCESS_CLOCK = 2  # CPUCLOCK_SCHED of clock_getcpuclockid(3)


class Processes:
    """A process and its descendants. CPU is user + system of all threads, ended ones included."""

    def __init__(self, pid: int) -> None:
        self.root = psutil.Process(pid)

    def cpu(self) -> float:
        """Return the CPU seconds since their start, including ended children, which their parent counts."""
        times = self.root.cpu_times()
        total = getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
        return total + sum(_cpu(process) for process in self._alive())

    def pss(self) -> list[int]:
        """Return the bytes of each process, the root first: private memory, plus each shared page divided by
        the number of its users."""
        return [process.memory_full_info().pss for process in self._alive()]

    def _alive(self) -> list[psutil.Process]:
        return [self.root, *self.root.children(recursive=True)]


class NoProcesses:
    """Placeholder for SQLite, which runs inside the server process."""

    def cpu(self) -> float:
        return 0.0


def find_postgres(engine: Engine) -> Processes:
    """Return the processes of a local PostgreSQL server. Raise `LookupError` if it runs elsewhere."""
    with engine.connect() as connection:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
        try:
            parent = psutil.Process(backend).parent()
        except psutil.NoSuchProcess:
            parent = None
        if parent is None or "postgres" not in parent.name():
            raise LookupError("PostgreSQL runs on another machine: its CPU cannot be read")
        return Processes(parent.pid)


def _cpu(process: psutil.Process) -> float:
    """Return CPU seconds: to the nanosecond with a clock per process (Linux), else in ticks of 10 ms."""
    try:
        return time.clock_gettime((~process.pid << 3) | _PROCESS_CLOCK)
    except (AttributeError, OSError):
        pass
    try:
        times = process.cpu_times()
        return float(times.user + times.system)
    except psutil.NoSuchProcess:
        return 0.0
