"""Validate, write and change a promotion."""

from datetime import date
from functools import partial

from mse.annuaire.api import TENU_PAR_L_EQUIPE, exige_commune, exige_ouvert, exige_texte
from mse.annuaire.models import Acteur
from mse.annuaire.queries import lock_acteur
from mse.comptes.models import Compte
from mse.core.clock import is_recent, now, today
from mse.core.dates import date_longue
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db
from mse.representation.events import PromotionContinuee, PromotionCreee, PromotionModifiee
from mse.representation.models import Promotion
from mse.representation.policies import peut_gerer_promotions
from mse.representation.queries.elections import get_bornes_des_votes
from mse.representation.queries.promotions import get_promotion_identique, get_suite, lock_promotion

EFFECTIF_MAX, DUREE_MAX = 1000, 10  # maximum number of people; maximum duration in years


def exige_gestion(par: Compte | None, organisme: Acteur) -> None:
    """Raise `Interdit` unless the caller is a command or manages the promotions of the organisme."""
    exige_droit(par is None or peut_gerer_promotions(par, organisme), TENU_PAR_L_EQUIPE)


def add_promotion(
    organisme: Acteur,
    *,
    titre: str,
    commune_code: str,
    debut: date,
    fin: date,
    effectif: int,
    succede_a: Promotion | None = None,
    par: Compte | None = None,
) -> Promotion:
    """Create a group in training from `debut` to `fin`, both included. A short course has delegates too.

    Called within a use case; `creer_promotion` wraps it as a use case. A form sent twice creates it once.
    """
    exige_gestion(par, organisme)
    lock_acteur(organisme)
    exige_ouvert(organisme)
    if not organisme.est_organisme:
        raise DonneeInvalide(_("%(acteur)s n’est pas un organisme de formation.", acteur=organisme.nom))
    deja = get_promotion_identique(
        organisme, exige_texte(titre, _("Le titre"), 160), exige_commune(commune_code), debut
    )
    dit = (fin, effectif, succede_a)
    if deja and is_recent(deja.creee_le) and (deja.fin, deja.effectif, deja.succede_a) == dit:
        return deja
    promotion = Promotion(organisme=organisme, creee_le=now())
    ecrire_promotion(
        promotion,
        titre=titre,
        commune_code=commune_code,
        debut=debut,
        fin=fin,
        effectif=effectif,
        succede_a=succede_a,
    )
    db.session.add(promotion)
    db.session.flush()
    record(PromotionCreee(promotion_id=promotion.id, par_id=par.id if par else None))
    if succede_a is not None:
        record(PromotionContinuee(promotion_id=promotion.id, par_id=par.id if par else None))
    return promotion


def rewrite_promotion(
    promotion: Promotion,
    *,
    titre: str,
    commune_code: str,
    debut: date,
    fin: date,
    effectif: int,
    succede_a: Promotion | None,
    par: Compte | None,
    version: int | None = None,
) -> None:
    """Change a promotion. Mandats end with it at the latest. Its elections must stay within its dates.

    Called within a use case; `modifier_promotion` wraps it as a use case. Without a change, do nothing.
    """
    exige_gestion(par, promotion.organisme)
    lock_acteur(promotion.organisme)
    lock_promotion(promotion)
    dit = (promotion.titre, promotion.commune, promotion.debut, promotion.fin, promotion.effectif)
    nouveau = (exige_texte(titre, _("Le titre"), 160), exige_commune(commune_code), debut, fin, effectif)
    if dit == nouveau and succede_a is promotion.succede_a:
        return
    exige_version(promotion, version, partial(_describe, promotion))
    avant, continuait, par_id = promotion.debut, promotion.succede_a, par.id if par else None
    ecrire_promotion(
        promotion,
        titre=titre,
        commune_code=commune_code,
        debut=debut,
        fin=fin,
        effectif=effectif,
        succede_a=succede_a,
    )
    premier, dernier = get_bornes_des_votes(promotion)
    if premier is not None and debut > premier:
        raise DonneeInvalide(
            _(
                "Écrivez un début au plus tard le %(date)s : ce jour-là, cette promotion a voté.",
                date=date_longue(premier),
            )
        )
    if dernier is not None and fin < dernier:
        raise DonneeInvalide(
            _(
                "Écrivez une fin au plus tôt le %(date)s : ce jour-là, cette promotion a voté.",
                date=date_longue(dernier),
            )
        )
    for mandat in promotion.mandats:
        if mandat.debut == avant > today():  # a future mandat starts on the first day of the course
            mandat.debut = debut
    dernier = max((mandat.debut for mandat in promotion.mandats), default=debut)
    if fin < dernier:
        raise DonneeInvalide(
            _(
                "Écrivez une fin au plus tôt le %(date)s : ce jour-là, un mandat a commencé.",
                date=date_longue(dernier),
            )
        )
    for mandat in promotion.mandats:
        if mandat.fin is not None and mandat.fin > fin:
            mandat.fin = fin
    record(PromotionModifiee(promotion_id=promotion.id, depuis=min(avant, debut), par_id=par_id))
    if succede_a is not None and succede_a is not continuait:
        record(PromotionContinuee(promotion_id=promotion.id, par_id=par_id))


def _describe(promotion: Promotion) -> str:
    """Return the message for the second of two people who change a promotion: its current values."""
    return _(
        "Entre-temps, quelqu’un d’autre a changé cette promotion : « %(titre)s », à %(commune)s, "
        "du %(debut)s au %(fin)s, effectif de %(effectif)s. Ce que vous avez écrit est gardé : "
        "comparez, puis enregistrez.",
        titre=promotion.titre,
        commune=promotion.commune.nom,
        debut=date_longue(promotion.debut),
        fin=date_longue(promotion.fin),
        effectif=promotion.effectif,
    )


def ecrire_promotion(
    promotion: Promotion,
    *,
    titre: str,
    commune_code: str,
    debut: date,
    fin: date,
    effectif: int,
    succede_a: Promotion | None,
) -> None:
    """Validate and set all fields of `promotion`, without flush, within a use case. Raises `DonneeInvalide`.

    Two groups with the same organisme, title, commune and first day are refused: titles must tell them apart.
    """
    organisme = promotion.organisme
    if fin < debut:
        raise DonneeInvalide(_("La fin de la formation est avant son début."))
    if fin.year - debut.year > DUREE_MAX or debut.year < 2000:
        raise DonneeInvalide(_("Ces dates ne sont pas celles d’une formation : vérifiez les années."))
    if effectif < 1:
        raise DonneeInvalide(_("L’effectif est d’au moins une personne."))
    if effectif > EFFECTIF_MAX:
        raise DonneeInvalide(_("L’effectif est de %(max)s personnes au plus.", max=EFFECTIF_MAX))
    titre, commune = exige_texte(titre, _("Le titre"), 160), exige_commune(commune_code)
    _exige_lignee(promotion, succede_a, organisme, debut)
    _exige_suite(promotion, fin)
    deja = get_promotion_identique(organisme, titre, commune, debut)
    if deja is not None and deja.id != promotion.id:
        raise DonneeInvalide(
            _(
                "« %(titre)s » qui commence ce jour-là à %(commune)s est déjà dans la liste. "
                "Pour un second groupe, ajoutez au titre ce qui le distingue (groupe A, groupe B).",
                titre=titre,
                commune=commune.nom,
            )
        )
    promotion.titre, promotion.commune, promotion.territoire = titre, commune, commune.territoire
    promotion.debut, promotion.fin, promotion.effectif = debut, fin, effectif
    promotion.succede_a = succede_a


def _exige_lignee(promotion: Promotion, succede_a: Promotion | None, organisme: Acteur, debut: date) -> None:
    """Raise `DonneeInvalide` unless the promotion may continue `succede_a`: a promotion of the same organisme
    that has ended by `debut`, neither itself nor one that continues it. Its delegates inherit the drafts of
    `succede_a`."""
    if succede_a is None:
        return
    if succede_a.organisme_id != organisme.id:
        raise DonneeInvalide(_("Choisissez une promotion du même organisme."))
    avance = promotion.debut is not None and debut < promotion.debut
    if (avance or succede_a is not promotion.succede_a) and succede_a.fin > debut:
        raise DonneeInvalide(
            _(
                "« %(titre)s » dure jusqu’au %(date)s : choisissez une promotion déjà terminée.",
                titre=succede_a.titre,
                date=date_longue(succede_a.fin),
            )
        )
    aieule: Promotion | None = succede_a
    while aieule is not None:
        if aieule is promotion:
            raise DonneeInvalide(
                _("Choisissez une autre promotion : celle-ci suit déjà celle que vous modifiez.")
            )
        aieule = aieule.succede_a


def _exige_suite(promotion: Promotion, fin: date) -> None:
    """Raise `DonneeInvalide` if an extension to `fin` would overlap the promotion that continues this one."""
    if promotion.fin is None or fin <= promotion.fin:
        return
    suite = get_suite(promotion)
    if suite is not None and suite.debut < fin:
        raise DonneeInvalide(
            _(
                "« %(titre)s » la continue à partir du %(date)s : corrigez d’abord la suite, "
                "ou ce qu’elle continue.",
                titre=suite.titre,
                date=date_longue(suite.debut),
            )
        )
