"""Attestations for the tests."""

from mse.attestations.models import Attestation
from mse.attestations.queries import read_chiffres
from mse.attestations.use_cases import etablir_attestation
from mse.comptes.models import Compte
from mse.core.codes import new_code
from mse.representation.models import Mandat

PAGE = '<html lang="fr"><head><title>Attestation</title></head><body><h1>Attestation</h1></body></html>'


def make_attestation(compte: Compte, code: str = "") -> Attestation:
    """Make an attestation of the first mandat of the account."""
    mandats: list[Mandat] = compte.mandats  # type: ignore[attr-defined]  # a backref
    mandat = mandats[0]
    return etablir_attestation(mandat, read_chiffres(mandat), code=code or new_code(), page=PAGE, par=compte)
