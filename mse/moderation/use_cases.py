"""Moderation by animateurs: publish, return, withdraw, restore, hide, orient."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.clock import is_recent, now
from mse.core.errors import Conflit, DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.fiches.api import (
    AVIS,
    INTERDIT,
    Moderation,
    NatureEtape,
    add_etape,
    dire_avis,
    est_renvoi,
    exige_motif,
    exige_motif_reserve,
    publier,
    saisir,
    verrouille,
)
from mse.fiches.events import EtapeMasquee, FicheOrientee, FicheRendue, FicheRetablie, FicheRetiree
from mse.fiches.models import Avis, Etape, Fiche
from mse.fiches.policies import peut_masquer, peut_moderer, peut_orienter


@use_case
@verrouille
def publier_fiche(fiche: Fiche, *, par: Compte, version: int | None = None) -> None:
    """Publish a retained fiche. Its time limits start now."""
    exige_droit(peut_moderer(par, fiche), INTERDIT)
    if est_renvoi(fiche, NatureEtape.PUBLICATION, None, par=par):
        return
    _exige_lue(fiche, version)
    fiche.moderer(Moderation.PUBLIER)
    fiche.motif_moderation = None
    publier(fiche, par=par, nature=NatureEtape.PUBLICATION)


@prepared(motif=exige_motif_reserve)
@use_case
@verrouille
def rendre_fiche(fiche: Fiche, motif: str, *, par: Compte, version: int | None = None) -> None:
    """Return the fiche to draft state. Its delegates read the reason."""
    exige_droit(peut_moderer(par, fiche), INTERDIT)
    _exige_lue(fiche, version)
    fiche.moderer(Moderation.RENDRE)
    fiche.motif_moderation, fiche.modifiee_le = motif, now()
    record(FicheRendue(fiche_id=fiche.id, par_id=par.id))


@prepared(motif=exige_motif_reserve)
@use_case
@verrouille
def retirer_fiche(fiche: Fiche, motif: str, *, par: Compte, version: int | None = None) -> None:
    """Withdraw the fiche. Its address answers 410; its delegates read the reason."""
    exige_droit(peut_moderer(par, fiche), INTERDIT)
    _exige_lue(fiche, version)
    if fiche.motif_moderation == motif and est_renvoi(fiche, NatureEtape.RETRAIT, None, par=par):
        return
    fiche.moderer(Moderation.RETIRER)
    fiche.motif_moderation = motif
    add_etape(fiche, NatureEtape.RETRAIT, le=now(), par=par)
    record(FicheRetiree(fiche_id=fiche.id, par_id=par.id))


@use_case
@verrouille
def retablir_fiche(fiche: Fiche, *, par: Compte) -> None:
    """Restore a withdrawn fiche with its due dates. If it was never public, its time limits start now."""
    exige_droit(peut_moderer(par, fiche), INTERDIT)
    if est_renvoi(fiche, NatureEtape.RETABLISSEMENT, None, par=par):
        return
    fiche.moderer(Moderation.RETABLIR)
    fiche.motif_moderation = None
    if not fiche.est_comptee:
        publier(fiche, par=par, nature=NatureEtape.PUBLICATION)
        return
    etape = add_etape(fiche, NatureEtape.RETABLISSEMENT, le=now(), par=par)
    record(FicheRetablie(fiche_id=fiche.id, etape_id=etape.id, par_id=par.id))


@prepared(texte=exige_motif)
@use_case
@verrouille
def masquer_etape(etape: Etape, texte: str, *, par: Compte) -> None:
    """Erase the text of an étape; the line and the reason stay. A verdict keeps its value and loses its
    comment.

    All étapes of the fiche with the same text are erased too, so that it cannot be read elsewhere.
    """
    exige_droit(peut_masquer(par, etape), INTERDIT)
    if etape.masquee_le and is_recent(etape.masquee_le) and etape.masquee_motif == texte:
        return
    if not etape.texte or etape.masquee_le:
        raise TransitionInterdite(_("Cette étape n’a pas de texte, ou il est déjà masqué."))
    mots = etape.texte
    for ligne in [une for une in etape.fiche.etapes if une.texte == mots]:
        record(EtapeMasquee(etape_id=ligne.id, texte=mots, html=ligne.texte_html or "", par_id=par.id))
        ligne.texte = _masquer_avis(ligne) if ligne.nature == NatureEtape.AVIS else None
        ligne.texte_html = Markup("<p>{}</p>").format(ligne.texte) if ligne.texte else None
        ligne.masquee_le, ligne.masquee_motif = now(), texte


@use_case
@verrouille
def orienter_fiche(fiche: Fiche, acteur_ids: Sequence[int], *, par: Compte) -> None:
    """Choose the acteurs of a fiche without owner."""
    exige_droit(peut_orienter(par, fiche), INTERDIT)
    confiee = {saisine.acteur_id for saisine in fiche.saisines} == set(acteur_ids)
    if confiee and est_renvoi(fiche, NatureEtape.ORIENTATION, None, par=par):
        return
    fiche.exige_sans_responsable()
    if not acteur_ids:
        raise DonneeInvalide(_("Choisissez au moins un service ou un organisme."))
    etape = add_etape(fiche, NatureEtape.ORIENTATION, le=now(), par=par)
    saisir(fiche, acteur_ids, par=par)
    record(FicheOrientee(fiche_id=fiche.id, etape_id=etape.id, par_id=par.id))


def _exige_lue(fiche: Fiche, version: int | None) -> None:
    """Raise `Conflit` if the retained fiche has changed since the animateur read it. `version` is None if no
    page was read."""
    if fiche.est_retenue and version not in (None, fiche.version):
        raise Conflit(
            _("Entre-temps, cette fiche a été rendue à ses délégué·es, puis déposée de nouveau : relisez-la.")
        )


def _masquer_avis(etape: Etape) -> str | None:
    """Erase the comment of the matching verdict. Return the text that remains."""
    texte = etape.texte or ""
    query = select(Avis).where(Avis.saisine_id == etape.saisine_id)
    for avis in db.session.scalars(query.execution_options(populate_existing=True)):
        if texte == dire_avis(avis.valeur, avis.commentaire):
            avis.commentaire = avis.commentaire_html = ""
    mots = (dire_avis(valeur, None) for valeur in AVIS)
    return next((mot for mot in mots if texte.startswith(mot)), None)
