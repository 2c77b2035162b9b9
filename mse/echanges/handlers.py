"""Keep threads right when a saisine changes owner, and when an agent joins an acteur."""

from sqlalchemy import func, literal, select

from mse.annuaire.events import AppartenanceOuverte
from mse.annuaire.models import Appartenance
from mse.core.database import upsert
from mse.core.events import on
from mse.echanges.models import Fil, LectureFil
from mse.extensions import db
from mse.fiches.events import EvenementDeSaisine, SaisineTransferee, TransfertAnnule
from mse.fiches.models import Saisine


@on(SaisineTransferee, TransfertAnnule)
def address_to_new_owner(event: EvenementDeSaisine) -> None:
    """If the delegates wrote the last message of the thread, address it to the present owner."""
    fil = db.session.get(Fil, event.saisine_id)
    if fil is not None and fil.acteur_id is not None:
        fil.acteur_id = db.session.get_one(Saisine, event.saisine_id).acteur_id


@on(AppartenanceOuverte)
def take_over_readings(event: AppartenanceOuverte) -> None:
    """Give somebody who joins an acteur the readings of its agents: what they have read does not wait for the
    new colleague, what nobody has read does. Delegates see no difference: they read the name of the acteur
    and the time of its first reading."""
    appartenance = db.session.get_one(Appartenance, event.appartenance_id)
    colonnes = ("saisine_id", "compte_id", "acteur_id", "message_id", "lu_le")
    lues = (
        select(
            LectureFil.saisine_id,
            literal(appartenance.compte_id),
            LectureFil.acteur_id,
            func.max(LectureFil.message_id),
            func.max(LectureFil.lu_le),
        )
        .join(Fil, Fil.saisine_id == LectureFil.saisine_id)
        .where(
            Fil.acteur_id == appartenance.acteur_id,
            LectureFil.acteur_id == appartenance.acteur_id,
            LectureFil.compte_id != appartenance.compte_id,
        )
        .group_by(LectureFil.saisine_id, LectureFil.acteur_id)
    )
    insertion = upsert(LectureFil).from_select(colonnes, lues)
    nouvelle = insertion.excluded
    db.session.execute(
        insertion.on_conflict_do_update(
            index_elements=["saisine_id", "compte_id"],
            set_={nom: nouvelle[nom] for nom in ("message_id", "lu_le")},
            where=(LectureFil.message_id < nouvelle.message_id)
            & (LectureFil.acteur_id == nouvelle.acteur_id),
        )
    )
