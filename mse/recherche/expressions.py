"""Expressions that find documents by their stems and filters, in the language of each database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from mse.recherche.frequences import get_shares
from mse.recherche.tokens import MOT


@dataclass(frozen=True)
class Part:
    """An expression, and the share of all documents that it finds: an estimate, 0 if they are few."""

    expression: str
    share: float = 0.0


@dataclass(frozen=True)
class _Language:
    """How a database writes an expression. Stems and tokens are made of `a-z0-9` only."""

    word: str
    title: str  # a word of the title
    around: str  # a word of the document, or of its thème, its place or its numbers
    token: str
    both: str
    either: str
    without: str

    def join(self, sign: str, parts: Iterable[str]) -> str:
        return f"({sign.join(parts)})"


_LANGUAGES = {
    "sqlite": _Language(
        word='{{titre texte}}:"{0}"',
        title='titre:"{0}"',
        around=f'{{{{titre texte}}}}:"{{0}}" OR filtres:"{MOT}{{0}}"',
        token='filtres:"{0}"',
        both=" AND ",
        either=" OR ",
        without=" NOT ",
    ),
    "postgresql": _Language(
        word="{0}",
        title="T{0}",
        around=f"{{0}} | F{MOT}{{0}}",
        token="F{0}",
        both=" & ",
        either=" | ",
        without=" & !",
    ),
}


def write_expression(
    dialect: str, groups: Sequence[Sequence[str]], tokens: Sequence[str], *, around: bool = False
) -> Part:
    """Return the expression that finds the documents with, for each group, at least one of its stems, and
    with all filter `tokens`. With `around`, the words of their thème, place and numbers count too."""
    said, shares = _LANGUAGES[dialect], get_shares()
    word = said.around if around else said.word
    mots = [said.join(said.either, map(word.format, group)) for group in groups]
    expression = said.join(said.both, [*mots, *map(said.token.format, tokens)])
    share = prod(_share(shares, "", group) for group in groups) * _share_all(shares, tokens)
    return Part(expression, share)


def rank_expressions(
    dialect: str, groups: Sequence[Sequence[str]], tokens: Sequence[str]
) -> tuple[Part, ...]:
    """Return expressions that split the same documents into classes, the best first: those with all groups in
    their title, then with some of them, then with none."""
    said, shares = _LANGUAGES[dialect], get_shares()
    titres = [said.join(said.either, map(said.title.format, group)) for group in groups]
    found, every = write_expression(dialect, groups, tokens, around=True), said.join(said.both, titres)
    some = said.join(said.either, titres)
    in_title = [_share(shares, "T", group) for group in groups]
    elsewhere = [max(0.0, _share(shares, "", group) - t) for group, t in zip(groups, in_title, strict=True)]
    kept = _share_all(shares, tokens)
    best = Part(
        said.join(said.both, [every, *map(said.token.format, tokens)]),
        prod(in_title) * kept,
    )
    last = Part(said.join(said.without, [found.expression, some]), prod(elsewhere) * kept)
    if len(groups) == 1:
        return best, last
    between = said.join(said.without, [said.join(said.both, [found.expression, some]), every])
    return best, Part(between, max(0.0, found.share - best.share - last.share)), last


def _share(shares: Mapping[str, float], prefix: str, stems: Sequence[str]) -> float:
    """Return the share of the documents that hold one of the stems."""
    return min(1.0, sum(shares.get(prefix + stem, 0.0) for stem in stems))


def _share_all(shares: Mapping[str, float], tokens: Sequence[str]) -> float:
    return prod(shares.get(f"F{token}", 0.0) for token in tokens)
