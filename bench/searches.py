"""Benchmark of searches over many fiches on PostgreSQL: response times of searches that no cache answers."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from bench.client import Request, ask
from bench.fill import FREQUENT, RARE
from bench.processes import NoProcesses, Processes
from bench.server import serve
from bench.site import MeasuredSite
from devtools.postgres import Cluster
from mse.extensions import db
from mse.recherche.models import Genre
from mse.recherche.use_cases import reindex

SEED = 10_000  # fiches of the bench, which are copied until there are enough
EACH = 12  # searches of one kind; all of them within the rate limit of a minute
WORDS = 50_000  # rare words, one in each document, as names and numbers are
WARM = 10

_MINUTE = 2**34  # of the id of a document
# Each copy is moved by another part of the three years: copies of a fiche do not stand side by side. The
# upper part of the id of a document is its minute.
_MOVE = """
CREATE FUNCTION pg_temp.moved(minute bigint, n bigint) RETURNS bigint LANGUAGE sql AS $$
    SELECT {oldest} + (minute - {oldest} + n * {span} / {copies}) % {span} $$;
CREATE FUNCTION pg_temp.moved(le timestamptz, n bigint) RETURNS timestamptz LANGUAGE sql AS $$
    SELECT le + (pg_temp.moved(m, n) - m) * interval '1 min'
    FROM (SELECT floor(extract(epoch FROM le - '2000-01-01 00:00Z') / 60)::bigint) AS minutes (m) $$;
"""
_COPY = """
INSERT INTO fiches (id, cle, publication, promotion_id, auteur_id, theme_code, territoire_code, titre,
    {texts}, effectif_concerne, destinataires, creee_le, modifiee_le, deposee_le, statut, est_orientee,
    est_comptee, prochaine_echeance, repondue_le, derniere_reponse_le, nombre_pieces, version)
SELECT id + {step} * n, cle || '-' || n, publication, promotion_id, auteur_id, theme_code, territoire_code,
    titre, {texts}, effectif_concerne, destinataires, creee_le, modifiee_le,
    pg_temp.moved(deposee_le, n), statut, est_orientee, est_comptee, prochaine_echeance, repondue_le,
    derniere_reponse_le, nombre_pieces, version
FROM fiches, generate_series({first}, {last}) n WHERE id <= {seed} AND publication = 'publiee';
INSERT INTO etapes
    (id, fiche_id, saisine_id, nature, le, auteur_id, acteur_id, texte, texte_html, jours_ouvres)
SELECT etapes.id + {answers} * n, fiche_id + {step} * n, saisine_id, nature, pg_temp.moved(le, n), auteur_id,
    acteur_id, etapes.texte, texte_html, jours_ouvres
FROM etapes JOIN recherche_documents d ON d.genre = 'reponse' AND d.objet_id = etapes.id,
    generate_series({first}, {last}) n WHERE d.sujet_id <= {seed};
INSERT INTO recherche_documents (id, genre, objet_id, sujet, sujet_id, titre, texte, filtres)
SELECT id + (moved - (id >> 34)) * {minute} + further, genre, objet_id + further, sujet,
    sujet_id + {step} * n, titre, texte || ' mot' || (objet_id + n * 7919) % {words},
    regexp_replace(filtres, '\\ma20\\d\\d\\M',
        to_char(timestamp '2000-01-01' + moved * interval '1 min', '"a"YYYY'))
FROM recherche_documents CROSS JOIN generate_series({first}, {last}) n
    CROSS JOIN LATERAL pg_temp.moved(id >> 34, n) AS moved
    CROSS JOIN LATERAL (SELECT (CASE genre WHEN 'reponse' THEN {answers} ELSE {step} END) * n) AS f (further)
WHERE genre IN ('fiche', 'reponse') AND sujet_id <= {seed};
"""
_FINISH = f"""
INSERT INTO recherche_facettes (id, personnes, filtres)
SELECT id, objet_id % 20 + 1, regexp_replace(filtres, ' m\\S+', '', 'g')
FROM recherche_documents WHERE sujet_id > {{seed}} AND sujet = 'fiche' ORDER BY id;
INSERT INTO recherche_plein_texte (id, vecteur) SELECT id,
    (titre || ' ' || regexp_replace(titre, '\\S+', 'T\\&', 'g') || ' ' || texte || ' '
        || regexp_replace(filtres, '\\S+', 'F\\&', 'g'))::tsvector
FROM recherche_documents WHERE sujet_id > {{seed}} AND sujet = 'fiche' ORDER BY id;
INSERT INTO recherche_mots (mot, racine) SELECT 'mot' || n, 'mot' || n FROM generate_series(0, {WORDS} - 1) n;
"""


@dataclass
class Searches:
    """Response times of searches.

    latencies: seconds by kind of search.
    cpu: mean seconds of one search of each kind, in the server and in the database.
    """

    fiches: int
    documents: int
    latencies: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    load: float = 0.0  # processes that wanted a CPU, on average over the last minute

    def percentile(self, percent: int, kind: str = "") -> float:
        times = self.latencies[kind] if kind else list(chain.from_iterable(self.latencies.values()))
        return 1000 * quantiles(times, n=100)[percent - 1]


def measure_searches(
    server: Cluster, fiches: int, database: Processes | NoProcesses, say: Callable[[str], None]
) -> Searches:
    """Fill a database with copies of the fiches of the bench, then send each search once, kind after kind."""
    site = MeasuredSite(server.new_database("searches"), SEED)
    try:
        with site.app.app_context():
            reindex(lambda _done: None)
            db.session.remove()
            documents = _multiply(max(1, fiches // SEED), say)
            theme, departements = site.world.themes[0], sorted({g.lineage[1] for g in site.world.groups})
            site.close()
        kinds = _list_kinds(theme, departements)
        found = Searches(fiches, documents, {kind: [] for kind, _paths in kinds})
        with serve(site.port, site.environ) as processes:
            ask(site.port, [Request(f"/recherche?q=mot{WORDS - rank}") for rank in range(1, WARM)])
            for kind, paths in kinds:
                before = processes.cpu() + database.cpu()
                found.latencies[kind] = ask(
                    site.port, [Request(path) for path in islice(paths, EACH)]
                ).latencies
                spent = processes.cpu() + database.cpu() - before
                found.cpu[kind] = spent / len(found.latencies[kind])
        found.load = os.getloadavg()[0]
        return found
    finally:
        site.folder.cleanup()


def _multiply(copies: int, say: Callable[[str], None]) -> int:
    """Copy the fiches, the answers and their documents; return the number of documents."""
    texts = ", ".join(f"{part}, {part}_html" for part in ("probleme", "causes", "consequences", "solution"))
    connection = db.engine.raw_connection()
    driver: Any = connection.driver_connection
    try:
        driver.autocommit = True
        driver.execute("SET session_replication_role = replica")  # no trigger, no check of foreign keys
        driver.execute("DROP INDEX ix_recherche_plein_texte_vecteur")
        (answers,) = driver.execute("SELECT max(id) FROM etapes").fetchone()
        (step,) = driver.execute("SELECT max(id) FROM fiches").fetchone()
        oldest, newest = driver.execute(
            "SELECT min(id >> 34), max(id >> 34) FROM recherche_documents WHERE sujet = 'fiche'"
        ).fetchone()
        driver.execute(_MOVE.format(oldest=oldest, span=newest - oldest + 1, copies=copies))
        values = {"texts": texts, "step": step, "answers": answers, "seed": SEED, "minute": _MINUTE}
        for first in range(1, copies, 10):
            last = min(first + 9, copies - 1)
            driver.execute(_COPY.format(first=first, last=last, words=WORDS, **values))
            say(f"  {(last + 1) * SEED:,} fiches")
        driver.execute(_FINISH.format(**values))
        driver.execute(
            "CREATE INDEX ix_recherche_plein_texte_vecteur ON recherche_plein_texte USING gin (vecteur)"
        )
        say("  indexed")
        driver.execute("VACUUM ANALYZE")
        (documents,) = driver.execute("SELECT count(*) FROM recherche_documents").fetchone()
        return int(documents)
    finally:
        connection.invalidate()


def _list_kinds(theme: str, departements: Sequence[str]) -> list[tuple[str, Iterator[str]]]:
    """Return the kinds of searches with the URLs of each, all different."""
    frequent = (FREQUENT, "car", "retard", "heure", "mois", "semaine", "demande", "centre")
    pairs = [f"{one} {other}" for one in frequent for other in frequent if one < other]
    usual = ("cantine", "micro-ondes", "ordinateur", "chauffage", "logement", "stage", "wifi", "bruit")
    places = [{"territoire": code} for code in departements]
    years = [{"annee": str(year)} for year in (2024, 2025, 2026)]
    said: list[tuple[str, list[dict[str, str]]]] = [
        ("word in 40 documents", [{"q": f"mot{rank * 37}"} for rank in range(EACH)]),
        ("one document of 1,000", [{"q": RARE, **place} for place in [{}, *places, *years]]),
        ("usual word", [{"q": word, **year} for word in usual for year in ({}, years[0])]),
        ("frequent word", [{"q": word} for word in frequent]),
        ("two frequent words", [{"q": pair} for pair in pairs]),
        (
            "frequent word, two filters",
            [{"q": word, "theme": theme, **place} for word in frequent for place in places],
        ),
        (
            "frequent word, by people",
            [{"q": word, "tri": "personnes", "genre": Genre.FICHE} for word in frequent],
        ),
        ("beginning of a word", [{"q": word[:5]} for word in (*usual, *frequent) if len(word) > 5]),
        ("typing mistake", [{"q": f"{word[:-2]}x{word[-1]}"} for word in (*usual, RARE) if len(word) > 5]),
    ]
    return [(kind, (f"/recherche?{urlencode(one)}" for one in values)) for kind, values in said]
