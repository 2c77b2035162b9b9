"""Make an attestation; make its code invalid."""

from mse.attestations.events import AttestationEtablie, AttestationRevoquee
from mse.attestations.models import Attestation
from mse.attestations.policies import peut_attester, peut_tenir
from mse.attestations.queries import Chiffres, count_valables
from mse.comptes.models import Compte
from mse.comptes.queries import lock_compte
from mse.core.clock import now
from mse.core.codes import hash_code
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.impressions.api import add_impression, effacer_impressions
from mse.representation.models import Mandat

VALABLES_MAX = 20  # attestations of one person whose code is valid


@use_case
def etablir_attestation(
    mandat: Mandat, chiffres: Chiffres, *, code: str, page: str, par: Compte
) -> Attestation:
    """Store the figures under the hash of the code, and request the PDF of `page`, which alone shows the
    code. Raise `DonneeInvalide` beyond `VALABLES_MAX`."""
    lock_compte(par)
    exige_droit(peut_attester(par, mandat), _("Cette attestation n’est pas la vôtre."))
    if count_valables(par.id) >= VALABLES_MAX:
        phrase = _(
            "Vous avez déjà %(n)s attestations valables\u202f: annulez-en une d’abord.", n=VALABLES_MAX
        )
        raise DonneeInvalide(phrase)
    hashed = hash_code(code)
    assert hashed is not None
    attestation = Attestation(
        compte_id=par.id,
        mandat_id=mandat.id,
        code_hash=hashed,
        etablie_le=now(),
        debut=mandat.debut,
        fin=mandat.fin or mandat.promotion.fin,
        fiches=chiffres.fiches,
        personnes=chiffres.personnes,
        consultees=chiffres.consultees,
        reponses=chiffres.reponses,
    )
    db.session.add(attestation)
    db.session.flush()
    add_impression(attestation.sujet, page, compte_id=par.id)
    record(AttestationEtablie(attestation_id=attestation.id, par_id=par.id))
    return attestation


@use_case
def revoquer_attestation(attestation: Attestation, *, par: Compte) -> None:
    """Make the code invalid and delete the PDF. A second click changes nothing."""
    exige_droit(peut_tenir(par, attestation), _("Cette attestation n’est pas la vôtre."))
    if attestation.revoquee_le is None:
        attestation.revoquee_le = now()
        effacer_impressions(attestation.sujet)
        record(AttestationRevoquee(attestation_id=attestation.id, par_id=par.id))
