"""Writer of docs/fiabilite.md."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.report import machine
from preuves.accessibilite import Accessibilite
from preuves.annee import Bilan
from preuves.courriels import Envois
from preuves.disque import DISK_SIZE, DisquePlein
from preuves.echelle import Echelle
from preuves.tuer import KillResults

PAGE = Path(__file__).resolve().parent.parent / "docs" / "fiabilite.md"
_ACCESSIBILITE = "## Accessibility\n"  # the last section
_HEAD = """# Reliability

`{commande}` wrote this page on {jour}: {machine}.
Do not edit it; run the proofs again. The tests run small versions of the same proofs.
"""


def write_page(
    tueries: Sequence[tuple[str, int, KillResults]],
    envois: Sequence[tuple[str, Envois]],
    echelles: Sequence[tuple[str, Echelle]],
    annees: Sequence[tuple[str, Bilan]],
    disque: DisquePlein | str,
    accessibilite: Accessibilite | str,
    *,
    ecrivains: int,
    commande: str,
    jour: date,
) -> str:
    """Write docs/fiabilite.md. `tueries`: (database, number of kills, counts). `disque`, `accessibilite`:
    their counts, or the reason why the proof could not run."""
    lignes = [
        _HEAD.format(commande=commande, jour=jour.isoformat(), machine=machine()),
        "## Processes killed while people write\n",
        f"The web process and the worker are killed together (`kill -9`) while {ecrivains} clients add étapes"
        " as fast as the site accepts them. Both are restarted at once. The database server is not killed.\n",
        "| database | kills | acknowledged | lost | altered | stored twice | without its journal line"
        " | restart time, slowest (median) |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for base, fois, t in tueries:
        retours = sorted(t.retours)
        lignes.append(
            f"| {base} | {fois} | {t.acquittees} | {t.perdues} | {t.alterees} | {t.doublees} | {t.sans_trace}"
            f" | {retours[-1]:.1f} s ({retours[len(retours) // 2]:.1f} s) |"
        )
    lignes += [
        "\n## E-mails through a failing SMTP server\n",
        "The SMTP server answers 421, 450 or 451, closes the connection after the text, or hangs. The worker"
        " is killed several times (`kill -9`). A postponed e-mail is made due at once, instead of after"
        " minutes or hours. Another 1,000 e-mails are written in transactions that are rolled back.\n",
        "| database | e-mails | lost | sent for a rolled-back action | retries with another Message-ID"
        " | sent twice | kills of the worker | messages the server received |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for base, e in envois:
        lignes.append(
            f"| {base} | {e.ecrits} | {e.perdus} | {e.annules_partis} | {e.essais_renommes} | {e.doubles}"
            f" | {e.morts} | {e.essais} |"
        )
    lignes += [
        "\n## The worker killed during the reminders and the digests\n",
        "The tasks of one day run in a process that is killed (`kill -9`) at random instants, while it"
        " records the reminders, prepares the mails and sends them; then it finishes. Each agent must get one"
        " reminder and one digest.\n",
        "| database | kills | saisines due | with one reminder | mails missing | lost | sent twice |",
        "|---|---|---|---|---|---|---|",
    ]
    for base, k in echelles:
        lignes.append(
            f"| {base} | {k.morts} | {k.saisines} | {k.rappelees} | {k.manquants} | {k.perdus}"
            f" | {k.doubles} |"
        )
    lignes += [
        "\n## A year of reminders\n",
        "On a fixed clock, agents take leave and go for good, fiches are answered, postponed, transferred and"
        " withdrawn, and the SMTP server fails one time in five. A model that shares no code with the ladder"
        " says each day who must get which reminder; every difference is a fault.\n",
        "| database | fiches | mails | saisines named | SMTP failures | absences | departures | faults |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for base, a in annees:
        lignes.append(
            f"| {base} | {a.fiches} | {a.courriels} | {a.rappels} | {a.refus} | {a.absences} | {a.departs}"
            f" | {len(a.fautes)} |"
        )
    lignes += ["\n## A full disk\n", _describe_disque(disque)]
    lignes += [_ACCESSIBILITE, _describe_accessibilite(accessibilite)]
    return "\n".join(lignes)


def replace_accessibilite(accessibilite: Accessibilite | str, *, commande: str, jour: date) -> str:
    """Return the page with a new last section, measured alone."""
    before, _title, _section = PAGE.read_text("utf-8").partition(_ACCESSIBILITE)
    measured = f"`{commande}` measured this section on {jour.isoformat()}: {machine()}.\n"
    return "\n".join(
        [before.rstrip() + f"\n\n{_ACCESSIBILITE}", measured, _describe_accessibilite(accessibilite)]
    )


def _describe_disque(d: DisquePlein | str) -> str:
    if isinstance(d, str):
        return f"Not run on this machine: {d}\n"
    statuts = ", ".join(f"{statut} ({fois} times)" for statut, fois in sorted(d.statuts.items()))
    return (
        f"SQLite runs on a disk of {DISK_SIZE} MiB while four clients fill it. Writes refused: {d.refus}, "
        f"with status {statuts}. Refusals with a traceback or without a page: {d.traces}. Acknowledged "
        f"étapes lost: {d.perdues}; altered: {d.alterees}. Once space was freed, writing "
        f"{'worked again without a restart' if d.repris else 'did NOT work again'}.\n"
    )


def _describe_accessibilite(a: Accessibilite | str) -> str:
    if isinstance(a, str):
        return f"Not run on this machine: {a}\n"
    lignes = [
        f"axe (WCAG 2.1 A and AA, best practices) checks every page of every role at 320, 360 and 1280 px,"
        f" light and dark: {a.vues} views. Violations, or pages that scroll sideways: {len(a.fautes)}.\n"
    ]
    lignes += [f"- {page}, {largeur} px, {theme}: {regle}" for page, largeur, theme, regle, _ in a.fautes]
    return "\n".join(lignes)
