"""Photos and documents generated for the demonstration, marked as fictional; their names are canaries."""

from io import BytesIO
from typing import IO

from mse.comptes.models import Compte
from mse.core.files import Envoi
from mse.demo.canaris import PIECES
from mse.depot.use_cases.joindre import joindre_pieces
from mse.fiches.models import Fiche

FICTIF = "exemple fictif de la demonstration"  # in ASCII, as the PDF is
_CIEL, _SOL, _ENCRE = "#bfe0ee", "#8d938f", "#16303f"


def joindre(nom: str, fiche: Fiche, *, par: Compte) -> None:
    """Attach the files of this fiche, if it has any."""
    envois = []
    for fichier in PIECES.get(nom, ()):
        debut, _point, extension = fichier.rpartition(".")
        contenu = (
            draw_pdf(f"{_mots(debut)} ({FICTIF})") if extension == "pdf" else _draw_place(debut, extension)
        )
        envois.append(Envoi(fichier, contenu))
    refus = joindre_pieces(fiche, envois, par=par) if envois else []
    assert refus == [], refus


def _draw_place(panneau: str, extension: str) -> IO[bytes]:
    """Draw a road and a board with words on it."""
    from PIL import Image, ImageDraw, ImageFont  # not at the top: web processes import this module too

    image = Image.new("RGB", (1200, 800), _CIEL)
    dessin = ImageDraw.Draw(image)
    dessin.ellipse((930, 70, 1090, 230), fill="#ffc53d")
    dessin.polygon([(0, 560), (350, 380), (620, 540), (900, 400), (1200, 560)], fill="#7fa58e")
    dessin.rectangle((0, 560, 1200, 800), fill=_SOL)
    for debut in range(40, 1200, 240):
        dessin.rectangle((debut, 670, debut + 120, 684), fill="white")
    dessin.rectangle((585, 300, 605, 640), fill=_ENCRE)
    dessin.rounded_rectangle((180, 150, 1010, 330), 24, fill="white", outline=_ENCRE, width=8)
    dessin.text((595, 220), _mots(panneau), fill=_ENCRE, anchor="mm", font=ImageFont.load_default(44))
    dessin.text((595, 285), FICTIF, fill=_ENCRE, anchor="mm", font=ImageFont.load_default(32))
    contenu = BytesIO()
    image.save(contenu, "PNG" if extension == "png" else "JPEG")
    return contenu


def _mots(nom: str) -> str:
    return nom.replace("-", " ")


def draw_pdf(ligne: str) -> IO[bytes]:
    """Return a PDF with one line of text."""
    page = f"BT /F1 18 Tf 60 780 Td ({ligne}) Tj ET"
    objets = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    texte, places = "%PDF-1.4\n", []
    for numero, objet in enumerate(objets, start=1):
        places.append(len(texte))
        texte += f"{numero} 0 obj\n{objet}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    fin = f"trailer\n<< /Size {len(objets) + 1} /Root 1 0 R >>\nstartxref\n{len(texte)}\n%%EOF\n"
    return BytesIO(f"{texte}xref\n0 {len(objets) + 1}\n0000000000 65535 f \n{table}{fin}".encode("ascii"))
