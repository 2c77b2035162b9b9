"""Events of answer templates. They carry ids only. Drafts have none: a draft is private to its author."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ModeleEcrit(Event):
    """An answer template was created or changed."""

    modele_id: int


@dataclass(frozen=True, kw_only=True)
class ModeleSupprime(Event):
    modele_id: int
