"""Permissions on attestations."""

from mse.attestations.models import Attestation
from mse.comptes.models import Compte
from mse.representation.models import Mandat


def peut_attester(compte: Compte | None, mandat: Mandat) -> bool:
    """The holder of the mandat, present or past. Nobody makes an attestation for somebody else."""
    return compte is not None and mandat.compte_id == compte.id


def peut_tenir(compte: Compte | None, attestation: Attestation) -> bool:
    """The person whom it is about reads it and makes its code invalid."""
    return compte is not None and attestation.compte_id == compte.id
