"""How long the texts of a bulletin are, in characters."""

TITRE_MAX, TEXTE_MIN, TEXTE_MAX = 120, 15, 20_000
