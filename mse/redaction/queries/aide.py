"""What helps a person to write an answer: templates, the person's draft, colleagues who are writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.files.formats import ACCEPT
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_traiter
from mse.redaction.limites import PIECE_OCTETS_MAX, PIECES_MAX
from mse.redaction.models import BrouillonReponse, ModeleReponse, PieceReponse
from mse.redaction.queries.brouillons import Ecrivant, list_brouillons_de
from mse.redaction.queries.modeles import list_modeles_proposes
from mse.redaction.workflow import A_APERCU, Geste

PREMIERS = 3  # templates shown as buttons; the others are in a list


@dataclass(frozen=True, kw_only=True)
class Aide:
    """What the form of an answer shows around its text field. `gabarit`, `fichiers`, `boutons`: paths of the
    Jinja templates above the field, for the files, and below the field. `maximum`, `octets`, `accept`:
    number, bytes and formats of the files."""

    saisine: Saisine
    geste: Geste
    modeles: Sequence[ModeleReponse]
    brouillon: BrouillonReponse | None
    collegues: Sequence[Ecrivant]
    tient_modeles: bool
    gabarit: str = "redaction/_aide.html"
    boutons: str = "redaction/_boutons.html"
    fichiers: str = "redaction/_fichiers.html"
    maximum: int = PIECES_MAX
    octets: int = PIECE_OCTETS_MAX
    accept: str = ACCEPT

    @property
    def texte(self) -> str | None:
        """Initial text of the field: the draft, if there is one."""
        return self.brouillon.texte if self.brouillon else None

    @property
    def adresse(self) -> dict[str, object]:
        """URL parameters of the endpoints behind the buttons."""
        return {"fiche_id": self.saisine.fiche_id, "saisine_id": self.saisine.id, "geste": self.geste.value}

    @property
    def premiers(self) -> Sequence[ModeleReponse]:
        return self.modeles[:PREMIERS]

    @property
    def autres(self) -> Sequence[ModeleReponse]:
        return self.modeles[PREMIERS:]

    @property
    def a_apercu(self) -> bool:
        return self.geste in A_APERCU

    @property
    def prend_fichiers(self) -> bool:
        """True if files may be joined: an animateur who closes a saisine for its owner joins none."""
        return self.a_apercu and self.tient_modeles

    @property
    def pieces(self) -> Sequence[PieceReponse]:
        """The files that wait with the draft."""
        return self.brouillon.pieces if self.brouillon and self.prend_fichiers else ()


def get_aide(par: Compte, saisine: Saisine, geste: str) -> Aide | None:
    """Return the help for this kind of text, None if it has neither templates nor drafts."""
    if geste not in [un.value for un in Geste]:
        return None
    un = Geste(geste)
    brouillon, collegues = list_brouillons_de(saisine, par, un)
    tient = peut_traiter(par, saisine)
    return Aide(
        saisine=saisine,
        geste=un,
        modeles=list_modeles_proposes(saisine, un, le=today()) if tient else (),
        brouillon=brouillon,
        collegues=collegues,
        tient_modeles=tient,
    )
