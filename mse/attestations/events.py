"""Events of attestations. They hold ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AttestationEtablie(Event):
    attestation_id: int


@dataclass(frozen=True, kw_only=True)
class AttestationRevoquee(Event):
    """The owner made the code invalid."""

    attestation_id: int
