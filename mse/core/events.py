"""Events: frozen dataclasses of ids that say what happened. Handlers react in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

Handler = TypeVar("Handler", bound=Callable[[Any], None])

_handlers: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)
_observers: list[Callable[[Sequence[Any]], None]] = []


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. The first field of a subclass gives the subject: `saisine_id` → saisine."""

    par_id: int | None  # the compte that acted; None: a command or the worker

    def subject(self) -> tuple[str, int]:
        """Return the type and the id of the object of the event: («saisine», 12)."""
        name = next(field.name for field in fields(self) if field.name != "par_id")
        return name.removesuffix("_id"), getattr(self, name)


def on(*kinds: type[Event]) -> Callable[[Handler], Handler]:
    """Register a handler `(event) -> None`, called before the COMMIT."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            if handler not in _handlers[kind]:
                _handlers[kind].append(handler)
        return handler

    return register


def on_every(observer: Callable[[Sequence[Event]], None]) -> Callable[[Sequence[Event]], None]:
    """Register a function that receives all events of a use case at once, after their handlers."""
    if observer not in _observers:
        _observers.append(observer)
    return observer


def dispatch(event: Event) -> None:
    """Call the handlers registered with `on` for the type of the event and its base classes."""
    for kind in type(event).__mro__:
        for handler in _handlers.get(kind, ()):
            handler(event)


def notify_observers(events: Sequence[Event]) -> None:
    """Call the functions registered with `on_every`."""
    for observer in _observers:
        observer(events)
