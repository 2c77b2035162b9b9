"""Lines of the State's list, as small as they can be."""

from collections.abc import Callable

from mse.annuaire.models import Acteur, Nature
from mse.annuaire.use_cases.importer import Bilan
from mse.extensions import db

ENTETE = (
    "numeroDeclarationActivite;denomination;siren;siretEtablissementDeclarant;"
    "adressePhysiqueOrganismeFormation.voie;adressePhysiqueOrganismeFormation.codePostal;"
    "adressePhysiqueOrganismeFormation.ville;adressePhysiqueOrganismeFormation.codeRegion;"
)
# Valid numbers of nobody: the key of Luhn holds, the SIREN begins with 000.
A, B, C = "00090001900019", "00090002700012", "00090003500015"
A_BIS = "00090001900027"  # another establishment of A's SIREN

Chargeur = Callable[..., list[Bilan]]


def ligne(
    siret: str,
    nom: str = "LAVANDE",
    cp: str = "13001",
    ville: str = "MARSEILLE",
    region: str = "93",
    nda: str = "",
    voie: str = "",
) -> str:
    return f"{nda};{nom};{siret[:9]};{siret};{voie};{cp};{ville};{region};"


def acteur(siret: str) -> Acteur:
    found = db.session.query(Acteur).filter_by(siret=siret).one()
    assert found.nature == Nature.ORGANISME
    return found


def issues(bilans: list[Bilan]) -> list[str]:
    return [bilan.issue.value for bilan in bilans]


def codes(siret: str) -> tuple[str | None, str | None]:
    return acteur(siret).commune_code, acteur(siret).territoire_code
