"""Hints about what a delegate writes: a sentence that seems to belong to another question, a long sentence.

Pure rules on words, made to be wrong rarely rather than to find everything: a hint on a right text would make
its writer doubt. They never block.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mse.core.text import _

MOTS_MAX = 25  # words of a sentence that is still easy to read
_PHRASE = re.compile(r"[^.!?;\n]+")
_MOT = re.compile(r"[^\W_]+")

# Words by which a part is recognised in the answer to another question. «Car» is no cause: it is a bus, too.
_SOLUTION = (
    r"(?:il )?faudrait|il suffi(?:t|rait) de|(?:on|vous|ils|elles|il|elle) devrai(?:t|ent|ez)|"
    r"(?:nous|on) (?:propos(?:e|ons)|souhait(?:e|ons)|aimer(?:ait|ions)|voudr(?:ait|ions))|"
    r"nous demandons (?:que|de|d')|pourquoi ne pas|ma solution|notre solution|la solution (?:est|serait)"
)
_CAUSE = r"parce qu(?:e|'\w+)|c'est dû|la cause est|puisqu(?:e|'\w+)"
_CONSEQUENCE = r"du coup|résultat\s?:|par conséquent|ce qui fait qu|la conséquence"
# First word of a sentence that says what to do
_AGIR = (
    "acheter|afficher|ajouter|autoriser|avancer|changer|commencer|créer|décaler|demander|donner|embaucher|"
    "envoyer|faire|fournir|installer|laisser|mettre|nommer|obliger|organiser|ouvrir|payer|permettre|prévenir|"
    "prévoir|proposer|remplacer|réparer|réserver|trouver"
)

# Part that is written → parts that its text may resemble
_AILLEURS = {
    "probleme": ("solution",),
    "causes": ("solution", "consequences"),
    "consequences": ("solution", "causes"),
    "solution": ("causes",),
}
_MOTIFS = {
    "solution": re.compile(rf"\b(?:{_SOLUTION})\b|(?:^|[.!\n])\s?(?:{_AGIR})\b"),
    "causes": re.compile(rf"\b(?:{_CAUSE})\b"),
    "consequences": re.compile(rf"\b(?:{_CONSEQUENCE})"),
}


@dataclass(frozen=True)
class Conseil:
    """A hint. `genre`: the part that the text resembles, or «longue»."""

    genre: str
    phrase: str


def conseiller(partie: str, texte: str) -> list[Conseil]:
    """Return at most one hint of each kind about the text of a part."""
    conseils = {conseil.genre: conseil for conseil in reversed(list(_find(partie, texte)))}
    return list(reversed(conseils.values()))


def _find(partie: str, texte: str) -> Iterator[Conseil]:
    simple = texte.casefold().replace("’", "'")
    for genre in _AILLEURS.get(partie, ()):
        if trouve := _MOTIFS[genre].search(simple):
            yield Conseil(genre, _dire(genre, trouve[0].strip(".!\n ")))
    for phrase in _PHRASE.findall(texte):
        if (nombre := len(_MOT.findall(phrase))) > MOTS_MAX:
            debut = " ".join(phrase.split()[:4])
            message = _(
                "La phrase « %(debut)s… » a %(n)s mots : en deux phrases, elle se lira mieux.",
                debut=debut,
                n=nombre,
            )
            yield Conseil("longue", message)


def _dire(genre: str, mots: str) -> str:
    if genre == "solution":
        return _("« %(mots)s » : cela ressemble à une solution. Une question est faite pour elle.", mots=mots)
    if genre == "causes":
        return _("« %(mots)s » : cela ressemble à une cause. Une question est faite pour elle.", mots=mots)
    return _("« %(mots)s » : cela ressemble à une conséquence. Une question est faite pour elle.", mots=mots)
