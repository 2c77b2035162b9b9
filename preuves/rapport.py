"""docs/fiabilite.md, from what was counted."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.report import machine
from preuves.courriels import Envois
from preuves.disque import TAILLE, DisquePlein
from preuves.tuer import Tueries

PAGE = Path(__file__).resolve().parent.parent / "docs" / "fiabilite.md"
_TETE = """# Fiabilité

Written by `{commande}` on {jour}: {machine}.
Do not edit; prove again. Small versions of the same proofs run with the tests.
"""


def write_page(
    tueries: Sequence[tuple[str, int, Tueries]],
    envois: Sequence[tuple[str, Envois]],
    disque: DisquePlein | str,
    *,
    ecrivains: int,
    commande: str,
    jour: date,
) -> str:
    """`tueries`: (database, kills, counts); `disque`: its counts, or why there are none."""
    lignes = [
        _TETE.format(commande=commande, jour=jour.isoformat(), machine=machine()),
        "## Killed while people write\n",
        f"`kill -9` of web and worker at once, under {ecrivains} writers who add étapes as fast as they are"
        " taken; started again at once. The database server itself is not killed.\n",
        "| database | kills | acknowledged | lost | altered | stored twice | without its line of the journal"
        " | back in, slowest (median) |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for base, fois, t in tueries:
        retours = sorted(t.retours)
        lignes.append(
            f"| {base} | {fois} | {t.acquittees} | {t.perdues} | {t.alterees} | {t.doublees} | {t.sans_trace}"
            f" | {retours[-1]:.1f} s ({retours[len(retours) // 2]:.1f} s) |"
        )
    lignes += [
        "\n## Mails through a server that fails\n",
        "An SMTP server that answers 421, 450, 451, drops the line after the text, or hangs; the worker is"
        " killed meanwhile (`kill -9`). A mail put off is made due at once instead of waiting for minutes and"
        " hours. 1,000 more mails were written in transactions that were rolled back.\n",
        "| database | mails | lost | of rolled-back actions | tries under another Message-ID | sent twice"
        " | kills of the worker | texts the server read |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for base, e in envois:
        lignes.append(
            f"| {base} | {e.ecrits} | {e.perdus} | {e.annules_partis} | {e.essais_renommes} | {e.doubles}"
            f" | {e.morts} | {e.essais} |"
        )
    lignes += ["\n## A disk that is full\n", _disque(disque)]
    return "\n".join(lignes)


def _disque(d: DisquePlein | str) -> str:
    if isinstance(d, str):
        return f"Not proved on this machine: {d}\n"
    statuts = ", ".join(f"{statut} ({fois} times)" for statut, fois in sorted(d.statuts.items()))
    return (
        f"SQLite on a disk of {TAILLE} MiB that fills up under four writers: {d.refus} writes refused, with "
        f"status {statuts}; {d.traces} of them with a traceback or without a page; {d.perdues} acknowledged "
        f"étapes lost, {d.alterees} altered. Once there was room again it wrote again "
        f"{'without a restart' if d.repris else 'NO MORE'}.\n"
    )
