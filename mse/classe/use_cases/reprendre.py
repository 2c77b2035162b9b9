"""Take over a contribution, set it aside, put it back."""

from mse.classe.models import Contribution
from mse.classe.policies import peut_ouvrir
from mse.classe.workflow import TEXTE_MAX, Etat
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import Conflit, DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.html import Sanitized, sanitized
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import record, use_case
from mse.depot.api import PARTIE_MAX
from mse.depot.events import BrouillonEcrit
from mse.extensions import db
from mse.fiches.api import INTERDIT, LIBELLES_PARTIES, verrouille
from mse.fiches.models import Fiche

_ESSAIS = 5


class _Change(Exception):
    """The part has changed since it was read: the HTML must be computed again, outside the transaction."""


def reprendre_contribution(contribution: Contribution, *, par: Compte, texte: str | None = None) -> None:
    """Append the text, or the edited `texte`, to its part of the draft. Taking over twice appends once.

    The draft gets a new version, so that a colleague who is typing in that part is told and loses nothing.
    Raise `DonneeInvalide` if the part would be too long.
    """
    fiche, contribution_id, partie = contribution.classe.fiche, contribution.id, contribution.nature.partie
    ajout = _exige_texte(contribution.texte if texte is None else texte)
    for _essai in range(_ESSAIS):
        avant = str(getattr(fiche, partie))
        apres = f"{avant}\n\n{ajout}" if avant.strip() else ajout
        if len(apres) > PARTIE_MAX:
            raise DonneeInvalide(
                _(
                    "« %(partie)s » est trop long pour ce texte : raccourcissez-le, ou la fiche.",
                    partie=LIBELLES_PARTIES[partie],
                ),
                champ="texte",
            )
        try:
            _reprendre(fiche, contribution_id, partie, sanitized(apres), avant=avant, par=par)
        except _Change:
            continue
        return
    raise Conflit(_("Cette partie de la fiche change en ce moment. Réessayez dans un instant."))


@use_case
@verrouille
def _reprendre(
    fiche: Fiche, contribution_id: int, partie: str, texte: Sanitized, *, avant: str, par: Compte
) -> None:
    """Write the part in one transaction. `avant`: the text of the part that `texte` was made from."""
    _exige_brouillon(fiche, par)
    contribution = _get(contribution_id)
    if contribution.est_reprise:
        return
    if getattr(fiche, partie) != avant:
        raise _Change
    fiche.ecrire(partie, texte)
    fiche.modifiee_le = now()
    contribution.traiter(Etat.REPRISE, le=now())
    record(BrouillonEcrit(fiche_id=fiche.id, par_id=par.id))


def ecarter_contribution(contribution: Contribution, *, par: Compte) -> None:
    """Set a contribution aside. It can be put back."""
    _classer(contribution.classe.fiche, contribution.id, Etat.ECARTEE, par=par)


def remettre_contribution(contribution: Contribution, *, par: Compte) -> None:
    """Put a contribution back among those to read. A text already taken over stays in the draft."""
    _classer(contribution.classe.fiche, contribution.id, Etat.RECUE, par=par)


@use_case
@verrouille
def _classer(fiche: Fiche, contribution_id: int, etat: Etat, *, par: Compte) -> None:
    _exige_brouillon(fiche, par)
    contribution = _get(contribution_id)
    if contribution.etat != etat:
        contribution.traiter(etat, le=now())


def _get(contribution_id: int) -> Contribution:
    return db.session.get_one(Contribution, contribution_id, populate_existing=True)


def _exige_texte(texte: str) -> str:
    try:
        return require_length(texte, 1, TEXTE_MAX)
    except DonneeInvalide as error:
        error.champ = "texte"
        raise


def _exige_brouillon(fiche: Fiche, par: Compte) -> None:
    exige_droit(peut_ouvrir(par, fiche), INTERDIT)
    if not fiche.est_brouillon:
        raise TransitionInterdite(_("Cette fiche est déjà déposée : son texte ne change plus."))
