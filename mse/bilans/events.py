"""Events of the reports. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BilanEnvoye(Event):
    """The report of a quarter leaves for the acteur; its figures are frozen."""

    envoi_id: int
