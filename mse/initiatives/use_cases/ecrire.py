"""Use cases: propose an initiative, edit its texts, change its status, add news."""

from collections.abc import Callable
from functools import partial

from sqlalchemy import select

from mse.annuaire.models import Acteur
from mse.annuaire.queries import list_themes
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit, exige_version
from mse.core.html import Sanitized, sanitized
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.demarche import get_demarche
from mse.extensions import db
from mse.initiatives.events import (
    InitiativeAvancee,
    InitiativeModifiee,
    InitiativeProposee,
    NouvelleDonnee,
)
from mse.initiatives.libelles import INTERDIT, dire_depassee
from mse.initiatives.lignes import add_ligne, est_renvoi, verrouiller
from mse.initiatives.limites import DESCRIPTION_MAX, MOT_MAX, MOT_MIN, NOUVELLE_MAX, TITRE_MAX
from mse.initiatives.models import Initiative
from mse.initiatives.policies import (
    peut_engager,
    peut_porter,
    peut_proposer,
)
from mse.initiatives.porteurs import make_porteur
from mse.initiatives.workflow import EXPLIQUEES, Action, Nature, Statut, get_cibles
from mse.representation.models import Promotion
from mse.verification.api import exige_publiable


def _exige_public(texte: str, *, minimum: int = 0, maximum: int) -> Sanitized:
    """Refuse insults and contact details in a public text. Contact details are not needed, because people
    join an initiative with a button on its page."""
    return sanitized(exige_publiable(require_length(texte, minimum, maximum)))


_TEXTES: dict[str, Callable[[str], Sanitized]] = {
    "titre": partial(_exige_public, minimum=1, maximum=TITRE_MAX),
    "description": partial(_exige_public, minimum=MOT_MIN, maximum=DESCRIPTION_MAX),
    "besoins": partial(_exige_public, maximum=DESCRIPTION_MAX),
}


@prepared(**_TEXTES)
@use_case
def proposer_initiative(
    *,
    cle: str,
    titre: str,
    description: str,
    besoins: str,
    theme_code: str,
    porteur: Promotion | Acteur,
    par: Compte,
) -> Initiative:
    """Create an initiative, public at once and à l’étude. `cle` is an idempotency key: a double click returns
    the same initiative."""
    one_at_a_time(cle)
    deja = db.session.scalars(select(Initiative).where(Initiative.cle == cle)).first()
    if deja is not None:
        return deja
    exige_droit(peut_proposer(par) and peut_engager(par, porteur), INTERDIT)
    initiative = Initiative(
        cle=cle,
        statut=Statut.EN_ETUDE,
        proposee_le=now(),
        activite_le=now(),
        territoire_code=porteur.territoire_code or get_demarche().territoires.racine,
        nombre_participants=0,
    )
    _ecrire(initiative, titre, description, besoins, theme_code)
    db.session.add(initiative)
    db.session.flush()
    db.session.add(make_porteur(initiative, porteur))
    add_ligne(initiative, Nature.PROPOSITION, par=par, statut=Statut.EN_ETUDE)
    record(InitiativeProposee(initiative_id=initiative.id, par_id=par.id))
    return initiative


@prepared(**_TEXTES)
@use_case
def modifier_initiative(
    initiative: Initiative,
    *,
    titre: str,
    description: str,
    besoins: str,
    theme_code: str,
    version: int | None = None,
    par: Compte,
) -> None:
    """Change the texts and the thème. Do nothing if all values are stored already, as after a double
    click."""
    verrouiller(initiative)
    exige_droit(peut_porter(par, initiative), INTERDIT)
    dit = (initiative.titre, initiative.description, initiative.besoins or "", initiative.theme_code)
    if dit == (titre, description, besoins, theme_code):
        return
    exige_version(initiative, version, dire_depassee)
    _ecrire(initiative, titre, description, besoins, theme_code)
    record(InitiativeModifiee(initiative_id=initiative.id, par_id=par.id))


@prepared(mot=partial(_exige_public, maximum=MOT_MAX))
@use_case
def avancer_initiative(
    initiative: Initiative, action: Action, mot: str, *, version: int | None = None, par: Compte
) -> None:
    """Change the status; closing and reopening require an explanation. A repeated request does nothing."""
    verrouiller(initiative)
    exige_droit(peut_porter(par, initiative), INTERDIT)
    atteint = initiative.statut if initiative.statut in get_cibles(action) else None
    if atteint and est_renvoi(initiative, Nature.STATUT, mot, par=par, statut=atteint):
        return
    exige_version(initiative, version, dire_depassee)
    if action in EXPLIQUEES:
        require_length(mot, MOT_MIN, MOT_MAX)
    initiative.avancer(action, le=now())
    ligne = add_ligne(initiative, Nature.STATUT, par=par, statut=initiative.statut, texte=mot)
    record(InitiativeAvancee(initiative_id=initiative.id, ligne_id=ligne.id, par_id=par.id))


@prepared(texte=partial(_exige_public, minimum=1, maximum=NOUVELLE_MAX))
@use_case
def donner_nouvelle(initiative: Initiative, texte: str, *, par: Compte) -> None:
    """Add a dated line to an initiative that is not abandoned. A repeated request does nothing."""
    verrouiller(initiative)
    exige_droit(peut_porter(par, initiative), INTERDIT)
    if est_renvoi(initiative, Nature.NOUVELLE, texte, par=par):
        return
    if initiative.est_abandonnee:
        raise TransitionInterdite(_("Cette initiative est abandonnée : rouvrez-la d’abord."))
    initiative.activite_le = now()
    ligne = add_ligne(initiative, Nature.NOUVELLE, par=par, texte=texte)
    record(NouvelleDonnee(initiative_id=initiative.id, ligne_id=ligne.id, par_id=par.id))


def _ecrire(initiative: Initiative, titre: str, description: str, besoins: str, theme_code: str) -> None:
    if theme_code != initiative.theme_code and theme_code not in {theme.code for theme in list_themes()}:
        raise DonneeInvalide(_("Choisissez un thème de la liste."))
    initiative.theme_code = theme_code
    initiative.ecrire(titre=titre, description=description, besoins=besoins)
