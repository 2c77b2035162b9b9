"""Copy a checked content to a repère, within a use case; and read it back."""

from mse.annuaire.models import Territoire, Theme
from mse.core.errors import DonneeInvalide
from mse.core.html import sanitize
from mse.core.text import _
from mse.extensions import db
from mse.reperes.models import Repere, VersionRepere
from mse.reperes.validation import Contenu

_CHAMPS = ("titre", "texte", "base", "base_lien", "valable_du", "a_revoir_le")


def exige_codes(contenu: Contenu) -> None:
    """Raise `DonneeInvalide` if a thème or a territoire does not exist, such as a postcode."""
    if any(db.session.get(Theme, code) is None for code in contenu.themes):
        raise DonneeInvalide(_("Choisissez les thèmes dans la liste."), champ="themes")
    if any(db.session.get(Territoire, code) is None for code in contenu.territoires):
        phrase = _("Choisissez les territoires dans la liste\u202f: un code postal n’en est pas un.")
        raise DonneeInvalide(phrase, champ="territoires")


def write_contenu(repere: Repere, contenu: Contenu) -> None:
    """Raise `DonneeInvalide` as `exige_codes` does."""
    exige_codes(contenu)
    for champ in _CHAMPS:
        setattr(repere, champ, getattr(contenu, champ))
    repere.texte_html = sanitize(contenu.texte)
    repere.themes, repere.territoires = list(contenu.themes), list(contenu.territoires)


def read_contenu_de(repere: Repere) -> Contenu:
    return Contenu(
        **{champ: getattr(repere, champ) for champ in _CHAMPS},
        themes=tuple(repere.themes),
        territoires=tuple(repere.territoires),
    )


def keep_version(repere: Repere, motif: str) -> VersionRepere:
    """Return the current version as a past one, until the present."""
    assert repere.publie_le is not None
    assert repere.valable_du is not None
    return VersionRepere(
        repere_id=repere.id,
        numero=repere.numero,
        titre=repere.titre,
        texte=repere.texte,
        texte_html=repere.texte_html,
        base=repere.base,
        base_lien=repere.base_lien,
        themes=repere.themes,
        territoires=repere.territoires,
        valable_du=repere.valable_du,
        du=repere.publie_le,
        motif=motif,
    )
