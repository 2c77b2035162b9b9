"""Draw the picture of a shared link with Pillow. A web process imports this module at its first picture."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from mse.affiches.images import HAUTEUR, LARGEUR, Carte, find_fonts

MARGE, BANDE = 72, 96  # pixels: of the text, height of the band on top
TITRES = ((68, 3), (56, 4), (46, 5))  # size of the title in pixels, most lines of that size

PAPIER, ENCRE, ENCRE_2, NUIT, SOLEIL, BLANC = "#fbf8f2", "#122f3e", "#4a5d69", "#0b3852", "#ffc53d", "#ffffff"
COULEURS = {  # of the badge: text, background
    "en_cours": ("#0f4c6b", "#e4f0f6"),
    "reponse": ("#5a3f86", "#eee9f7"),
    "reglee": ("#1c6446", "#e1f1e8"),
    "neutre": ("#505e66", "#ecebe6"),
    "soleil": ("#5c4300", "#fff3d1"),
}


def draw_png(carte: Carte) -> bytes:
    """Return the PNG of these words."""
    image = Image.new("RGB", (LARGEUR, HAUTEUR), PAPIER)
    crayon = ImageDraw.Draw(image)
    crayon.rectangle((0, 0, LARGEUR, BANDE), fill=NUIT)
    crayon.ellipse((MARGE, 28, MARGE + 40, 68), fill=SOLEIL)
    crayon.text((MARGE + 60, BANDE // 2), carte.site, font=_font(34, gras=True), fill=BLANC, anchor="lm")
    genre = _fit(carte.genre, _font(32), LARGEUR - 2 * MARGE)
    crayon.text((MARGE, BANDE + 52), genre, font=_font(32), fill=ENCRE_2, anchor="ls")
    police, lignes = _wrap_title(carte.titre)
    haut = BANDE + 92
    for rang, ligne in enumerate(lignes):
        crayon.text((MARGE, haut + rang * int(police.size * 1.24)), ligne, font=police, fill=ENCRE)
    if carte.etat:
        _draw_badge(image, carte)
    sortie = BytesIO()
    image.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        sortie, "PNG", optimize=True
    )
    return sortie.getvalue()


def _draw_badge(image: Image.Image, carte: Carte) -> None:
    """Draw the icon and the word of the status, at the bottom: never by its colour alone."""
    encre, fond = COULEURS[carte.ton]
    police, crayon = _font(36, gras=True), ImageDraw.Draw(image)
    mot = _fit(carte.etat, police, LARGEUR - 2 * MARGE - 140)
    largeur, haut = int(police.getlength(mot)) + 128, HAUTEUR - 48 - 76
    crayon.rounded_rectangle((MARGE, haut, MARGE + largeur, haut + 76), radius=38, fill=fond)
    crayon.text((MARGE + 88, haut + 38), mot, font=police, fill=encre, anchor="lm")
    image.paste(encre, (MARGE + 26, haut + 14), _draw_sign(carte.signe))


def _draw_sign(signe: str) -> Image.Image:
    """Return the mask of an icon of 48 pixels, drawn four times as large for smooth edges."""
    masque = Image.new("L", (192, 192), 0)
    crayon = ImageDraw.Draw(masque)
    if signe == "en_cours":  # a clock
        crayon.ellipse((20, 20, 172, 172), outline=255, width=16)
        crayon.line((96, 56, 96, 100, 126, 118), fill=255, width=16)
    elif signe == "reponse":  # a bubble
        crayon.rounded_rectangle((20, 28, 172, 132), radius=26, outline=255, width=16)
        crayon.polygon(((56, 124), (112, 124), (56, 176)), fill=255)
    elif signe == "reglee":  # a tick
        crayon.ellipse((20, 20, 172, 172), outline=255, width=16)
        crayon.line((60, 98, 86, 124, 134, 72), fill=255, width=16)
    elif signe == "soleil":
        crayon.ellipse((56, 56, 136, 136), fill=255)
        for x, y in ((96, 12), (96, 150), (12, 88), (150, 88)):
            crayon.rounded_rectangle((x - 6, y, x + 22, y + 16), radius=8, fill=255)
    elif signe in ("nuage", "pluie", "orage"):
        _draw_cloud(crayon, signe)
    elif signe == "abandonnee":
        crayon.ellipse((20, 20, 172, 172), outline=255, width=16)
        crayon.line((60, 96, 132, 96), fill=255, width=16)
    else:  # several people
        crayon.ellipse((36, 36, 92, 92), fill=255)
        crayon.ellipse((108, 48, 156, 96), fill=255)
        crayon.pieslice((16, 100, 112, 220), 180, 360, fill=255)
        crayon.pieslice((96, 108, 180, 212), 180, 360, fill=255)
    return masque.resize((48, 48), Image.Resampling.LANCZOS)


def _draw_cloud(crayon: ImageDraw.ImageDraw, signe: str) -> None:
    bas = 148 if signe == "nuage" else 112
    crayon.ellipse((20, bas - 66, 92, bas), fill=255)
    crayon.ellipse((56, bas - 98, 136, bas - 8), fill=255)
    crayon.ellipse((104, bas - 64, 172, bas), fill=255)
    crayon.rectangle((54, bas - 40, 140, bas), fill=255)
    if signe == "pluie":
        for x in (56, 96, 136):
            crayon.line((x, 128, x - 16, 172), fill=255, width=14)
    if signe == "orage":
        crayon.polygon(((104, 120), (68, 160), (92, 160), (80, 190), (124, 146), (98, 146)), fill=255)


def _wrap_title(titre: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest size at which the title fits, and its lines. The last line of a title that fits at
    no size ends with «…»."""
    for taille, lignes_max in TITRES:
        police = _font(taille, gras=True)
        lignes = _wrap(titre, police)
        if len(lignes) <= lignes_max:
            return police, lignes
    lignes = [*lignes[: TITRES[-1][1] - 1], _fit(" ".join(lignes[TITRES[-1][1] - 1 :]), police, _COLONNE)]
    return police, lignes


_COLONNE = LARGEUR - 2 * MARGE


def _wrap(texte: str, police: ImageFont.FreeTypeFont) -> list[str]:
    """Cut the text into lines between words. A word longer than a line is shortened."""
    lignes: list[str] = []
    for mot in texte.split(" "):
        essai = f"{lignes[-1]} {mot}" if lignes else mot
        if lignes and police.getlength(essai) <= _COLONNE:
            lignes[-1] = essai
        else:
            lignes.append(_fit(mot, police, _COLONNE))
    return lignes


def _fit(texte: str, police: ImageFont.FreeTypeFont, largeur: int) -> str:
    """Return the text, cut with «…» if it is wider than `largeur` pixels."""
    if police.getlength(texte) <= largeur:
        return texte
    court = texte
    while court and police.getlength(f"{court}…") > largeur:
        court = court[:-1]
    return f"{court.rstrip()}…"


@cache
def _font(taille: int, *, gras: bool = False) -> ImageFont.FreeTypeFont:
    polices = find_fonts()
    assert polices is not None
    return ImageFont.truetype(polices[gras], taille)
