"""Mask a passage, show it again, erase what was masked 12 months ago."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.clock import is_recent, now
from mse.core.errors import Conflit, DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _, lazy
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN
from mse.masquage.events import PassageMasque
from mse.masquage.limites import GARDE, MOTS_MAX, MOTS_MIN
from mse.masquage.models import Original, Passage
from mse.masquage.passages import dire_introuvable
from mse.masquage.policies import peut_masquer_passage, peut_retablir
from mse.masquage.queries import find_mots, find_originaux, list_passages
from mse.masquage.textes import tell_changes, write_text
from mse.masquage.workflow import Sujet

INTERDIT = lazy("Seule l’équipe d’animation masque un passage.")
PAR_TOUR = 200  # decisions whose words are erased in one transaction


@prepared(
    mots=partial(require_length, minimum=MOTS_MIN, maximum=MOTS_MAX),
    motif=partial(require_length, minimum=MOTIF_MIN, maximum=MOTIF_MAX),
)
@use_case
def masquer_passage(
    sujet: Sujet, page: Any, mots: str, motif: str, *, par: Compte, rendus: Mapping[str, str]
) -> None:
    """Replace these words by a mark in all texts of the page, of the fiches merged with it and of the repères
    linked to it. Keep the originals for the animateurs.

    `rendus`: see `render_texts`. Raise `DonneeInvalide` if no text holds the words, `Conflit` if a text has
    changed since. A repeated request does nothing.
    """
    exige_droit(peut_masquer_passage(par, page), INTERDIT)
    deja = next(iter(list_passages(sujet, page.id)), None)
    if deja is not None and is_recent(deja.le) and (deja.mots, deja.motif) == (mots, motif):
        return
    trouvailles = find_mots(sujet, page.id, mots, locked=True)
    if not trouvailles:
        raise DonneeInvalide(dire_introuvable(), champ="mots")
    passage = Passage(sujet=sujet, page_id=page.id, mots=mots, motif=motif, par_id=par.id, le=now())
    for une in trouvailles:
        if une.apres not in rendus:
            raise Conflit(_("Un de ces textes vient de changer. Regardez de nouveau où sont ces mots."))
        passage.originaux.append(
            Original(
                table=une.ligne.__tablename__,
                ligne_id=une.ligne.id,
                champ=une.champ,
                texte=une.avant,
                html=getattr(une.ligne, f"{une.champ}_html", None),
            )
        )
        write_text(une.ligne, une.champ, une.apres, rendus[une.apres])
    db.session.add(passage)
    db.session.flush()
    record(PassageMasque(passage_id=passage.id, par_id=par.id))
    tell_changes([(une.sujet, une.page_id, une.mots) for une in trouvailles], par=par, rendus=rendus)


@use_case
def retablir_passage(passage: Passage, *, par: Compte) -> None:
    """Write the originals back, and forget the decision's words: the text is public again.

    Raise `Conflit` if one of the texts has changed since. A repeated request does nothing.
    """
    exige_droit(peut_retablir(par, passage), INTERDIT)
    if passage.retabli_le is not None:
        return
    if passage.mots is None:
        raise TransitionInterdite(_("Le texte d’origine a été effacé au bout de 12 mois."))
    masques = find_originaux(passage)
    for masque in masques:
        if getattr(masque.ligne, masque.original.champ) != masque.attendu:
            raise Conflit(
                _(
                    "Ce texte a changé depuis. Si un autre passage a été masqué après celui-ci, "
                    "rétablissez d’abord cet autre passage."
                )
            )
        write_text(masque.ligne, masque.original.champ, masque.original.texte, masque.original.html)
    passage.mots, passage.originaux, passage.retabli_le = None, [], now()
    tell_changes([(masque.sujet, masque.page_id, ()) for masque in masques], par=par, rendus={})


@use_case
def oublier_originaux() -> int:
    """Erase the words and the originals of the decisions of more than 12 months ago, at most 200 a run.
    Return their number."""
    vieux = select(Passage).where(Passage.mots.is_not(None), Passage.le < now() - GARDE)
    passages = db.session.scalars(vieux.order_by(Passage.le, Passage.id).limit(PAR_TOUR)).all()
    for passage in passages:
        passage.mots, passage.originaux = None, []
    return len(passages)
