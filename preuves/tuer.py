"""Proof against kills of web and worker under load: each acknowledged étape is stored once and unaltered."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import create_engine, text

from preuves.ecrivain import Ecrivain, stop_all, wait_for_writes
from preuves.instance import Instance


@dataclass(frozen=True)
class KillResults:
    """Counts of étapes. `retours`: seconds until the site answers again, one value for each kill."""

    acquittees: int
    perdues: int  # acknowledged, not stored
    alterees: int  # stored with a text that no writer sent
    doublees: int  # stored twice
    sans_trace: int  # stored without their line of the journal, or the reverse
    retours: tuple[float, ...]


def kill_repeatedly(
    instance: Instance,
    *,
    fois: int,
    ecrivains: int,
    par_vie: int,
    dire: Callable[[str], object] = lambda phrase: None,
) -> KillResults:
    """Start the instance, let `ecrivains` threads write, kill it (SIGKILL) and restart it, `fois` times; then
    count the étapes found and lost. `par_vie`: number of étapes acknowledged before each kill."""
    instance.start()
    tous = [Ecrivain(f"E{n}", instance) for n in range(ecrivains)]
    retours = []
    for un in tous:
        un.start()
    try:
        for numero in range(1, fois + 1):
            wait_for_writes(tous, par_vie)
            instance.kill()
            retours.append(instance.start())
            if numero % 20 == 0:
                dire(f"  {numero} kills, the slowest return {max(retours):.1f} s")
        wait_for_writes(tous, par_vie)
    finally:
        stop_all(tous)
        instance.stop()
    return _count(instance.base, tous, tuple(retours))


def _count(base: str, tous: list[Ecrivain], retours: tuple[float, ...]) -> KillResults:
    engine = create_engine(base)
    with engine.connect() as connection:
        gardees = Counter(connection.scalars(text("SELECT texte FROM etapes WHERE nature = 'etape'")))
        lignes = connection.scalar(text("SELECT count(*) FROM journal WHERE action = 'etape_ajoutee'")) or 0
    engine.dispose()
    acquittees = [texte for un in tous for texte in un.acquittes]
    tentees = {texte for un in tous for texte in un.tentes}
    return KillResults(
        acquittees=len(acquittees),
        perdues=sum(gardees[texte] == 0 for texte in acquittees),
        alterees=sum(texte not in tentees for texte in gardees),
        doublees=sum(fois > 1 for fois in gardees.values()),
        sans_trace=abs(lignes - sum(gardees.values())),
        retours=retours,
    )
