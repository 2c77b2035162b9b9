"""What the référents do with a report."""

from mse.comptes.models import Compte
from mse.confidentiel.events import SignalementOuvert, SignalementTraite
from mse.confidentiel.limites import MOT_MIN, TEXTE_MAX
from mse.confidentiel.models import Confidence, LectureConfidentielle, MessageConfidentiel
from mse.confidentiel.policies import peut_lire_signalement
from mse.confidentiel.workflow import Acte
from mse.core.clock import now, today
from mse.core.database import upsert
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import record, use_case
from mse.extensions import db

_MINIMUM = {Acte.PRENDRE: 0, Acte.REPONDRE: 1, Acte.ORIENTER: MOT_MIN, Acte.CLORE: MOT_MIN}


@use_case
def ouvrir_signalement(signalement: Confidence, *, par: Compte) -> None:
    """Record that this person reads the report today. The page shows no text before."""
    exige_droit(peut_lire_signalement(par), _interdit())
    lecture = {"signalement_id": signalement.id, "compte_id": par.id, "jour": today(), "le": now()}
    insertion = upsert(LectureConfidentielle).values(lecture).on_conflict_do_nothing()
    if db.session.execute(insertion).rowcount:  # type: ignore[attr-defined]
        record(SignalementOuvert(confidentiel_id=signalement.id, par_id=par.id))


@use_case
def traiter_signalement(signalement: Confidence, acte: Acte, texte: str, *, cle: str, par: Compte) -> None:
    """Apply the act; the author reads its text. The same `cle` (a double click) does it once. Raise
    `DonneeInvalide` or `TransitionInterdite`."""
    exige_droit(peut_lire_signalement(par), _interdit())
    signalement = db.session.get_one(Confidence, signalement.id, with_for_update=True, populate_existing=True)
    if any(message.cle == cle for message in signalement.messages):
        return
    signalement.traiter(acte, le=now())
    db.session.add(
        MessageConfidentiel(
            cle=cle,
            signalement_id=signalement.id,
            lecteur_id=par.id,
            acte=acte,
            le=now(),
            texte=require_length(texte, _MINIMUM[acte], TEXTE_MAX),
        )
    )
    record(SignalementTraite(confidentiel_id=signalement.id, par_id=par.id))


def _interdit() -> str:
    return _("Seules les personnes nommées par l’association lisent les messages confidentiels.")
