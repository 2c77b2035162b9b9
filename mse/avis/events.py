"""Events of verdicts, of requests to reopen and of solved problems. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event
from mse.fiches.events import EvenementDeSaisine


class AvisDonne(EvenementDeSaisine):
    """The delegates gave or changed their verdict on the present answer."""


class ReouvertureDemandee(EvenementDeSaisine):
    """A delegate asked to reopen the saisine."""


class ReouvertureRefusee(EvenementDeSaisine):
    """The owner declined the request to reopen."""


class ReouvertureContestee(EvenementDeSaisine):
    """A delegate contested the refusal: an animateur decides."""


class ReouvertureRejetee(EvenementDeSaisine):
    """An animateur rejected the request to reopen."""


class ProblemeRevenu(EvenementDeSaisine):
    """The delegates say that a problem declared solved has come back."""


class SolutionDurable(EvenementDeSaisine):
    """The delegates say that a problem declared solved has not come back."""


@dataclass(frozen=True, kw_only=True)
class DurabiliteDemandee(Event):
    """The delegates are asked whether a problem declared solved has come back."""

    saisine_id: int
