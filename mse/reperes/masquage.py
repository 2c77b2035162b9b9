"""End a repère, or erase its texts: they named a person, or come from an answer that is masked. Call within
a use case."""

from sqlalchemy import select

from mse.core.clock import now
from mse.core.text import _
from mse.extensions import db
from mse.reperes.models import Repere, RepereFiche, VersionRepere
from mse.reperes.portees import count_links, write_portees
from mse.reperes.workflow import ActionRepere


def erase(repere: Repere, motif: str) -> None:
    """Replace the text of the repère and of its past versions. A published one is withdrawn."""
    masque = _("Texte masqué par l’équipe d’animation.")
    versions = db.session.scalars(select(VersionRepere).where(VersionRepere.repere_id == repere.id))
    for une in (repere, *versions):
        une.texte, une.texte_html = masque, f"<p>{masque}</p>"
    if repere.est_publie:
        repere.avancer(ActionRepere.RETIRER)
        finish(repere, motif)
    elif not repere.est_brouillon:
        repere.motif = motif


def finish(repere: Repere, motif: str) -> None:
    """Note why a repère no longer holds, and take it out of the lists."""
    repere.fini_le, repere.motif = now(), motif
    write_portees(repere)
    fiches = select(RepereFiche.fiche_id).where(RepereFiche.repere_id == repere.id)
    count_links(db.session.scalars(fiches).all())
