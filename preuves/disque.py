"""Proof for a full disk: no false success, no traceback, and writes work again without a restart."""

import contextlib
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from preuves.ecrivain import Ecrivain, stop_all, wait_for_writes
from preuves.instance import Instance

DISK_SIZE = 16  # MiB, size of the small disk
TEXT_LENGTH = 4000  # characters of an étape
REFUS = 50  # refusals to observe while the disk is full


class PasDeDisque(Exception):
    """This machine cannot mount a small disk; the message contains its error."""


@dataclass(frozen=True)
class DisquePlein:
    refus: int
    statuts: dict[int, int]  # status of the refusals → count
    traces: int  # refusals that show a traceback, or no sentence
    perdues: int
    alterees: int
    repris: bool  # writes work again without a restart


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """Mount a small tmpfs. Raise `PasDeDisque`."""
    with tempfile.TemporaryDirectory(prefix="mse-disque-") as folder:
        words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_SIZE}m", "tmpfs", folder]
        try:
            done = subprocess.run(words, capture_output=True, text=True)
        except OSError as error:
            raise PasDeDisque(str(error)) from error
        if done.returncode:
            raise PasDeDisque(done.stderr.strip())
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill_the_disk(folder: Path) -> DisquePlein:
    instance = Instance(folder)
    instance.log = Path(os.devnull)
    instance.start(worker=False)
    tous = [Ecrivain(f"D{n}", instance, poids=TEXT_LENGTH) for n in range(4)]
    lest = folder / "lest"
    try:
        for un in tous:
            un.start()
        wait_for_writes(tous, 20)
        _fill(lest)
        while sum(len(un.refus) for un in tous) < REFUS:
            for un in tous:
                un.join(0.05)
        lest.unlink()
        avant = sum(len(un.acquittes) for un in tous)
        with contextlib.suppress(RuntimeError):
            wait_for_writes(tous, 20)
        repris = sum(len(un.acquittes) for un in tous) >= avant + 20
    finally:
        stop_all(tous)
        instance.stop()
    return _count(instance.base, tous, repris)


def _fill(lest: Path) -> None:
    """Fill the disk to the last block."""
    with contextlib.suppress(OSError), lest.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)


def _count(base: str, tous: list[Ecrivain], repris: bool) -> DisquePlein:
    engine = create_engine(base)
    with engine.connect() as connection:
        gardees = Counter(connection.scalars(text("SELECT texte FROM etapes WHERE nature = 'etape'")))
    engine.dispose()
    refus = [un for ecrivain in tous for un in ecrivain.refus]
    return DisquePlein(
        refus=len(refus),
        statuts=dict(Counter(statut for statut, _page in refus)),
        traces=sum("Traceback" in page or "<h1" not in page for _statut, page in refus),
        perdues=sum(gardees[texte] != 1 for un in tous for texte in un.acquittes),
        alterees=sum(texte not in {t for un in tous for t in un.tentes} for texte in gardees),
        repris=repris,
    )
