"""Business refusals, each with a sentence for the user; `core/web/error_handlers` turns them into pages."""

from collections.abc import Mapping, Sequence


class ErreurMetier(Exception):
    """A refusal. `str(e)` is shown to the user unchanged; `status` is the HTTP status of the page."""

    status = 400
    titre = ""  # of the page, translated when it is shown; by default that of the status
    attente = 0  # seconds before a retry can succeed (Retry-After)


class Interdit(ErreurMetier):
    status = 403


class Introuvable(ErreurMetier):
    """The object of a URL does not exist. Its sentence is more precise than «page introuvable»."""

    status = 404


class LienPerdu(ErreurMetier):
    """A link from a mail is no longer valid. The title of its page says so."""

    status = 410
    titre = "Ce lien ne sert plus"


class DonneeInvalide(ErreurMetier):
    """Invalid input. `champ`: the form field that the sentence is about, if any."""

    status = 422

    def __init__(self, phrase: str, *, champ: str = "") -> None:
        super().__init__(phrase)
        self.champ = champ


class ADecider(DonneeInvalide):
    """The input is ambiguous: the user must choose. `texte`: the input; `choix`: values and their labels."""

    def __init__(self, phrase: str, texte: str, choix: Sequence[tuple[str, str]]) -> None:
        super().__init__(phrase)
        self.texte, self.choix = texte, choix


class TransitionInterdite(ErreurMetier):
    status = 409


class Conflit(ErreurMetier):
    """Somebody else changed the object meanwhile. The sentence says what; the typed text is kept.

    `actuel`: what is stored now, for a script that shows both texts.
    """

    status = 409

    def __init__(self, phrase: str, *, actuel: Mapping[str, object] | None = None) -> None:
        super().__init__(phrase)
        self.actuel = actuel or {}


class TropDeDemandes(ErreurMetier):
    status = 429
