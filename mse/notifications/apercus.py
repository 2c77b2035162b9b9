"""Show the mail of an answer before it is published, from the same templates."""

from markupsafe import Markup

from mse.comptes.models import DUREES, Compte, NatureJeton
from mse.core.clock import now
from mse.core.events import Event
from mse.core.html import Sanitized, show_mail, without_stars
from mse.core.text import _
from mse.core.web import lien
from mse.fiches.events import SaisineAbandonnee, SaisineReglee, SaisineRepondue
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter
from mse.notifications.mails import render_html

_EVENEMENTS: dict[str, type[Event]] = {
    "repondre": SaisineRepondue,
    "regler": SaisineReglee,
    "abandonner": SaisineAbandonnee,
}


def preview_answer(
    saisine: Saisine, geste: str, texte: Sanitized, fichiers: int, *, par: Compte
) -> tuple[str, str]:
    """Return the subject and the safe HTML of the mail that a current delegate would get. `fichiers`: their
    number."""
    page = f"{lien('fiches.detail', fiche_id=saisine.fiche_id)}#saisine-{saisine.id}"
    sujet, html = render_html(
        _EVENEMENTS[geste],
        par=par,
        fiche=saisine.fiche,
        saisine=saisine,
        acteur=saisine.acteur,
        texte=without_stars(texte),
        texte_html=Markup(texte.html),
        fichiers=fichiers,
        par_l_animation=not peut_traiter(par, saisine),
        lien=page,
        lien_texte=_("Voir la fiche"),
        lien_avis=page,  # the real one is personal and secret
        expire_le=now() + DUREES[NatureJeton.AVIS],
        ancien=False,
        reglages=lien("notifications.reception"),
    )
    return sujet, show_mail(html)
