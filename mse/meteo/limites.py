"""Length limits of the texts of a bulletin, in characters."""

TITRE_MAX, TEXTE_MIN, TEXTE_MAX = 120, 15, 20_000
