"""Events of the masking of passages."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PassageMasque(Event):
    """A passage was replaced by a mark in texts of one page, and perhaps of others that copy them."""

    passage_id: int


@dataclass(frozen=True, kw_only=True)
class TextesChanges(Event):
    """Texts of one page have a passage masked, or shown again. Derived copies must follow.

    `sujet`: kind of page. `disparus`: (words as they were written, their HTML), only for the handlers of this
    transaction; empty if the passage is shown again.
    """

    page_id: int
    sujet: str
    disparus: tuple[tuple[str, str], ...] = ()

    def subject(self) -> tuple[str, int]:
        return self.sujet, self.page_id
