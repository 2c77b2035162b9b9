"""Prometheus metrics of the instance, read from the database: every process returns the same values."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from mse.accueil import health
from mse.accueil.chiffres import get_chiffres
from mse.notifications.queries import count_unsent


def write_metriques() -> bytes:
    registry = CollectorRegistry()
    registry.register(_Instance())
    return generate_latest(registry)


class _Instance(Collector):
    def collect(self) -> Iterable[Metric]:
        etat, chiffres = health.details(), get_chiffres()
        yield _gauge(
            "mse_reglages_sans_garantie",
            "Settings of PostgreSQL that may lose what it acknowledged",
            len(etat["reglages_sans_garantie"]),
        )
        if etat["worker_vu_il_y_a"] is not None:
            yield _gauge(
                "mse_worker_vu_secondes", "Since the worker last told that it lives", etat["worker_vu_il_y_a"]
            )
        yield _gauge(
            "mse_courriel_plus_ancien_secondes",
            "Age of the oldest mail not yet sent",
            etat["courriel_le_plus_ancien"] or 0,
        )
        yield _gauge("mse_courriels_en_attente", "Mails of the outbox that have not left", count_unsent())
        yield _gauge("mse_fiches_publiees", "Public fiches", chiffres.publiees)
        yield _gauge("mse_fiches_repondues", "Of these, with a detailed answer", chiffres.traitees)


def _gauge(name: str, documentation: str, value: float) -> Metric:
    return GaugeMetricFamily(name, documentation, value=value)
