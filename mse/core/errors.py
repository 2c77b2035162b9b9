"""«No», said with a sentence for the person. Turned into a page once, in `core/web.py`."""

from collections.abc import Sequence


class ErreurMetier(Exception):
    """A refusal. `str(e)` is shown as it is; `status` is the HTTP status of the page."""

    status = 400
    attente = 0  # seconds before it is worth trying again


class Interdit(ErreurMetier):
    status = 403


class Introuvable(ErreurMetier):
    """What an address names does not exist: a better sentence than «page introuvable»."""

    status = 404


class LienPerdu(ErreurMetier):
    """What a link of a mail opened is no more."""

    status = 410


class DonneeInvalide(ErreurMetier):
    """`champ`: the field of the form that the sentence is about, where there is one."""

    status = 422

    def __init__(self, phrase: str, *, champ: str = "") -> None:
        super().__init__(phrase)
        self.champ = champ


class ADecider(DonneeInvalide):
    """What was written can be read in several ways: the person chooses. `choix`: values and their labels."""

    def __init__(self, phrase: str, texte: str, choix: Sequence[tuple[str, str]]) -> None:
        super().__init__(phrase)
        self.texte, self.choix = texte, choix


class TransitionInterdite(ErreurMetier):
    status = 409


class Conflit(ErreurMetier):
    """Somebody else acted in between: what they did is told, the text is kept."""

    status = 409


class TropDeDemandes(ErreurMetier):
    status = 429
