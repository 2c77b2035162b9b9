"""Write a draft step by step, and file it."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack, cast

from mse.annuaire.models import Theme
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import Conflit, DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit, exige_version
from mse.core.html import Sanitized, sanitized
from mse.core.text import _, clean
from mse.core.text_length import limite
from mse.core.use_cases import prepared, record, use_case
from mse.depot.brouillons import list_manques, oublier_pieces, read_etape
from mse.depot.events import BrouillonCommence, BrouillonEcrit
from mse.depot.limites import EFFECTIF_MAX, PARTIE_MAX, SEANCE, TITRE_MAX
from mse.depot.queries import get_fiche_par_cle
from mse.extensions import db
from mse.fiches.api import (
    INTERDIT,
    Moderation,
    Publication,
    Trouvaille,
    check_fiche,
    exige_acteurs_ouverts,
    publier,
    verrouille,
)
from mse.fiches.events import FicheDeposee, FicheRetenue
from mse.fiches.models import PARTIES, Fiche
from mse.fiches.policies import peut_ecrire
from mse.fiches.queries.routage import propose
from mse.representation.models import Promotion
from mse.representation.policies import roles_de


def _exige_partie(texte: str | None) -> Sanitized:
    return sanitized(limite(texte or "", PARTIE_MAX))


class Saisie(TypedDict, total=False):
    """The fields of one step of a draft. An absent field keeps its value."""

    theme_code: str
    titre: str
    probleme: str
    causes: str
    consequences: str
    solution: str
    effectif_concerne: int | None
    destinataires: Sequence[int]


@prepared(**dict.fromkeys(PARTIES, _exige_partie))
@use_case
def commencer_fiche(*, cle: str, promotion_id: int, theme_code: str, par: Compte, **textes: str) -> Fiche:
    """Create a draft, empty or with texts written without network. The same `cle` (a double click) returns
    the same draft."""
    one_at_a_time(cle)
    deja = get_fiche_par_cle(cle)
    if deja is not None and peut_ecrire(par, deja):
        return deja
    exige_droit(promotion_id in roles_de(par).promotions, INTERDIT)
    promotion = db.session.get_one(Promotion, promotion_id)
    fiche = Fiche(
        cle=cle,
        promotion_id=promotion.id,
        territoire_code=promotion.territoire_code,
        auteur_id=par.id,
        theme_code=_exige_theme(theme_code).code,
        publication=Publication.BROUILLON,
        creee_le=now(),
        modifiee_le=now(),
    )
    _store(fiche, _lire(fiche, cast(Saisie, textes)))
    db.session.add(fiche)
    db.session.flush()
    record(BrouillonCommence(fiche_id=fiche.id, par_id=par.id))
    return fiche


@prepared(**dict.fromkeys(PARTIES, _exige_partie))
@use_case
@verrouille
def ecrire_brouillon(fiche: Fiche, *, par: Compte, lue: str | None = None, **saisie: Unpack[Saisie]) -> None:
    """Save a step. If all values are already stored (a double click), do nothing. `lue`: the version of the
    step that was read (see `read_etape`)."""
    if _ecrire(fiche, saisie, par=par, lue=lue):
        record(BrouillonEcrit(fiche_id=fiche.id, par_id=par.id))


@prepared(**dict.fromkeys(PARTIES, _exige_partie))
@use_case
@verrouille
def garder_brouillon(fiche: Fiche, *, par: Compte, lue: str | None = None, **saisie: Unpack[Saisie]) -> None:
    """Save a step while it is being typed.

    The journal has one line for a time of writing, not one every few seconds: a save records no event if the
    draft changed less than `SEANCE` ago.
    """
    avant = fiche.modifiee_le
    if _ecrire(fiche, saisie, par=par, lue=lue) and avant < now() - SEANCE:
        record(BrouillonEcrit(fiche_id=fiche.id, par_id=par.id))


def _ecrire(fiche: Fiche, saisie: Saisie, *, par: Compte, lue: str | None) -> bool:
    """Store the values of a step. Return whether one changed. Raise `Conflit`, with the stored values, if
    they are not those of the version `lue`."""
    _exige_brouillon(fiche, par)
    champs = _lire(fiche, saisie)
    if all(getattr(fiche, nom) == valeur for nom, valeur in champs.items()):
        return False
    actuel = read_etape(fiche, saisie)
    if lue and lue != actuel["version"]:
        raise Conflit(_dire_depassee(), actuel=actuel)
    _store(fiche, champs)
    fiche.modifiee_le = now()
    return True


def _store(fiche: Fiche, champs: dict[str, Any]) -> None:
    for nom, valeur in champs.items():
        if nom in PARTIES:
            fiche.ecrire(nom, valeur)
        else:
            setattr(fiche, nom, valeur)


def _lire(fiche: Fiche, saisie: Saisie) -> dict[str, Any]:
    """Validate the values of a step. Another thème resets the addressees. Raises `DonneeInvalide`."""
    champs: dict[str, Any] = {}
    if "theme_code" in saisie and saisie["theme_code"] != fiche.theme_code:
        champs |= {"theme_code": _exige_theme(saisie["theme_code"]).code, "destinataires": None}
    if "titre" in saisie:
        champs["titre"] = limite(" ".join(saisie["titre"].split()), TITRE_MAX)
    if "effectif_concerne" in saisie:
        champs["effectif_concerne"] = _exige_effectif(saisie["effectif_concerne"])
    if "destinataires" in saisie:
        champs["destinataires"] = [acteur.id for acteur in exige_acteurs_ouverts(saisie["destinataires"])]
    return champs | {partie: saisie.get(partie) for partie in PARTIES if partie in saisie}


@use_case
@verrouille
def supprimer_brouillon(fiche: Fiche, *, par: Compte) -> None:
    _exige_brouillon(fiche, par)
    oublier_pieces(fiche)
    db.session.delete(fiche)


def deposer_fiche(
    fiche: Fiche, *, par: Compte, version: int | None = None, insiste: bool = False
) -> Publication:
    """File a draft. It is public at once, or retained for moderation if the automatic check finds personal
    data or insults and the delegate insists.

    Filing twice files once. Return the new publication state. Raise `DonneeInvalide` if a part is missing, or
    if the check finds something and `insiste` is False.
    """
    lue, trouves = fiche.version, check_fiche(fiche)
    return _deposer(fiche, trouves, lue=lue, par=par, version=version, insiste=insiste)


@use_case
@verrouille
def _deposer(
    fiche: Fiche, trouves: list[Trouvaille], *, lue: int, par: Compte, version: int | None, insiste: bool
) -> Publication:
    """File the draft in one transaction. `trouves`: matches of the automatic check, found in version
    `lue`."""
    exige_droit(peut_ecrire(par, fiche), INTERDIT)
    if not fiche.est_brouillon:
        return fiche.publication
    exige_version(fiche, version, _dire_depassee)
    exige_version(fiche, lue, _dire_depassee)
    manques = list_manques(fiche)
    if manques:
        raise DonneeInvalide(_("Il manque encore : %(manques)s.", manques=", ".join(manques)))
    if trouves and not insiste:
        mots = ", ".join(f"« {trouve.extrait} »" for trouve in trouves)
        raise DonneeInvalide(
            _(
                "Enlevez %(mots)s, ou demandez une relecture : tout le monde pourrait le lire.",
                mots=mots,
            )
        )
    if fiche.destinataires is None:
        fiche.destinataires = [p.acteur.id for p in propose(fiche) if p.coche]
    fiche.deposee_le = fiche.modifiee_le = now()
    fiche.auteur_id = par.id
    record(FicheDeposee(fiche_id=fiche.id, par_id=par.id))
    if trouves:
        fiche.moderer(Moderation.RETENIR)
        record(FicheRetenue(fiche_id=fiche.id, par_id=par.id))
    else:
        fiche.moderer(Moderation.DEPOSER)
        publier(fiche, par=par)
    return fiche.publication


def _exige_brouillon(fiche: Fiche, par: Compte) -> None:
    exige_droit(peut_ecrire(par, fiche), INTERDIT)
    if not fiche.est_brouillon:
        raise TransitionInterdite(_("Cette fiche est déjà déposée : son texte ne change plus."))


def _exige_effectif(nombre: int | None) -> int | None:
    if nombre is not None and not 1 <= nombre <= EFFECTIF_MAX:
        raise DonneeInvalide(_("Écrivez un nombre entre 1 et 100 000."))
    return nombre


def _exige_theme(code: str) -> Theme:
    theme = db.session.get(Theme, clean(code)[:40])
    if theme is None or theme.retire_le is not None:
        raise DonneeInvalide(_("Ce thème n’existe plus. Choisissez-en un dans la liste."))
    return theme


def _dire_depassee() -> str:
    """Return the message for the second of two people, or windows, that change a draft."""
    return _(
        "Entre-temps, ce brouillon a été modifié (dans une autre fenêtre, ou par l’autre délégué·e). "
        "Votre texte est gardé ci-dessous : comparez, puis enregistrez."
    )
