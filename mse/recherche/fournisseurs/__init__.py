"""Providers: what each kind of document is made of, who may see it and what a result shows.

The assembly (`mse/app.py`) registers them. A provider reads the models and queries of one capability.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from mse.core.events import Event
from mse.recherche.models import Genre, Sujet


@dataclass(frozen=True, kw_only=True)
class Document:
    """A public text to index.

    textes: plain or sanitized HTML, that results show too.
    mots: other public words that find the document: its thème, its place, a number.
    territoires: codes, the smallest first.
    le: None for a document without date.
    """

    genre: Genre
    objet_id: int
    sujet_id: int
    titre: str
    textes: Sequence[str]
    mots: Sequence[str] = ()
    le: datetime | None = None
    personnes: int = 0
    themes: Sequence[str] = ()
    territoires: Sequence[str] = ()
    statut: str | None = None


@dataclass(frozen=True, kw_only=True)
class Trouve:
    """What a result shows of an object. `textes`: sanitized HTML, the most important first."""

    sujet_id: int
    titre: str
    textes: Sequence[str]
    theme: str | None = None
    territoire: str | None = None
    statut: str | None = None
    responsable: str | None = None
    le: datetime | None = None
    personnes: int | None = None
    ancre: str | None = None  # part of the page that holds the text


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One kind of document.

    visible: the condition under which everybody may see the object whose id is the given column. The same
        rule as that of its page and of its lists.
    documents: the documents of these subjects that are public now.
    load: what results show, by id of the object. Invisible objects are left out.
    """

    genre: Genre
    sujet: Sujet
    visible: Callable[[ColumnElement[int]], ColumnElement[bool]]
    documents: Callable[[Sequence[int]], Iterable[Document]]
    load: Callable[[Sequence[int]], Mapping[int, Trouve]]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A kind of subject.

    ids: the ids after the given one, at most `limit`.
    touched: the ids of the subjects that an event changes.
    hiding: the events after which a document may no longer be public. It leaves the index in the same
        transaction; all other changes wait for the worker.
    rewriting: the events that remove words from public texts. All documents of the subject leave the index in
        the same transaction, until the worker has read the new texts.
    """

    sujet: Sujet
    ids: Callable[[int, int], Sequence[int]]
    touched: Callable[[Event], Iterable[int]]
    hiding: tuple[type[Event], ...] = ()
    rewriting: tuple[type[Event], ...] = ()


@dataclass
class Registry:
    """The providers and subjects that the assembly has registered."""

    providers: dict[Genre, Provider] = field(default_factory=dict)
    subjects: dict[Sujet, Subject] = field(default_factory=dict)

    def add(self, *modules: Any) -> None:
        """Register the `PROVIDERS` and the `SUBJECT` of modules. To register them again replaces them."""
        for module in modules:
            self.providers.update({provider.genre: provider for provider in module.PROVIDERS})
            self.subjects[module.SUBJECT.sujet] = module.SUBJECT


REGISTRY = Registry()
