"""Support a fiche in the name of a promotion, or withdraw the support."""

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _, ngettext
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import INTERDIT, verrouille
from mse.fiches.models import Fiche
from mse.representation.models import Promotion
from mse.soutiens.compter import count_again
from mse.soutiens.events import SoutienCorrige, SoutienDonne, SoutienRetire
from mse.soutiens.models import Soutien
from mse.soutiens.policies import list_soutenantes
from mse.soutiens.queries import get_soutien, list_autrices
from mse.suivis.api import Objet, suivre_aussi
from mse.suivis.queries.cibles import Cible


@use_case
@verrouille
def soutenir(fiche: Fiche, *, promotion_id: int, personnes: int, par: Compte) -> None:
    """Say that the promotion has this problem too, with the number of its people; or correct that number. The
    delegate follows the fiche from then on."""
    exige_droit(promotion_id in list_soutenantes(par, fiche), INTERDIT)
    _exige_soutenable(fiche)
    if list_autrices(fiche.id, [promotion_id]):
        phrase = _(
            "Votre promotion a déposé une fiche qui est réunie à celle-ci\u202f: elle est déjà comptée."
        )
        raise TransitionInterdite(phrase)
    _exige_effectif(personnes, db.session.get_one(Promotion, promotion_id))
    soutien = get_soutien(fiche.id, promotion_id)
    if soutien is not None and soutien.personnes == personnes:
        return
    sujet = {"fiche_id": fiche.id, "promotion_id": promotion_id, "par_id": par.id}
    if soutien is not None:
        soutien.personnes = personnes
        record(SoutienCorrige(**sujet))
    else:
        db.session.add(
            Soutien(
                fiche_id=fiche.id,
                promotion_id=promotion_id,
                personnes=personnes,
                compte_id=par.id,
                donne_le=today(),
            )
        )
        suivre_aussi(Cible(Objet.FICHE, fiche.id, fiche.titre), par=par)
        record(SoutienDonne(**sujet))
    db.session.flush()
    count_again([fiche.id])


@use_case
@verrouille
def retirer_soutien(fiche: Fiche, *, promotion_id: int, par: Compte) -> None:
    """Withdraw the support of a promotion. A second click changes nothing."""
    exige_droit(promotion_id in list_soutenantes(par, fiche), INTERDIT)
    soutien = get_soutien(fiche.id, promotion_id)
    if soutien is None:
        return
    if soutien.donne_le == today():
        db.session.delete(soutien)
    else:
        soutien.retire_le = today()
    record(SoutienRetire(fiche_id=fiche.id, promotion_id=promotion_id, par_id=par.id))
    db.session.flush()
    count_again([fiche.reunie_a_id or fiche.id, fiche.id])


def _exige_soutenable(fiche: Fiche) -> None:
    if not fiche.est_publique:
        raise TransitionInterdite(_("Cette fiche n’est plus publique."))
    if fiche.est_reunie:
        raise TransitionInterdite(
            _(
                "Entre-temps, cette fiche a été réunie à la fiche %(id)s\u202f: c’est celle-ci que vous "
                "pouvez soutenir.",
                id=fiche.reunie_a_id,
            )
        )


def _exige_effectif(personnes: int, promotion: Promotion) -> None:
    if not 0 < personnes <= promotion.effectif:
        phrase = ngettext(
            "Votre promotion compte %(num)s personne\u202f: écrivez un nombre entre 1 et %(num)s.",
            "Votre promotion compte %(num)s personnes\u202f: écrivez un nombre entre 1 et %(num)s.",
            promotion.effectif,
        )
        raise DonneeInvalide(phrase, champ="personnes")
