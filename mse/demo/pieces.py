"""Photos and documents generated for the demonstration, marked as fictional; their names are canaries."""

from io import BytesIO
from typing import IO

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.files import Envoi
from mse.demo.canaris import PIECE_MASQUEE, PIECES
from mse.depot.use_cases.joindre import joindre_pieces
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine
from mse.redaction.models import PieceReponse
from mse.redaction.use_cases.brouillons import garder_brouillon
from mse.redaction.use_cases.fichiers import joindre_pieces as joindre_a_une_reponse
from mse.redaction.use_cases.fichiers import masquer_piece
from mse.redaction.workflow import Geste

FICTIF = "exemple fictif de la demonstration"  # in ASCII, as the PDF is
# Public files of answers, by saisine; an animateur masks the last file of MASQUEE.
MASQUEE = "X09 OF26"
REPONSES = {
    "X04 OF21": ("le-troisieme-poste-a-souder.jpg",),
    "F088 S05": ("horaires-du-car-de-l-hiver.pdf",),
    MASQUEE: ("bon-de-commande-des-chaussures.pdf", PIECE_MASQUEE),
}
MOTIF_MASQUEE = "Ce document donnait le nom et la pointure de chaque stagiaire."
_CIEL, _SOL, _ENCRE = "#bfe0ee", "#8d938f", "#16303f"


def joindre(nom: str, fiche: Fiche, *, par: Compte) -> None:
    """Attach the files of this fiche, if it has any."""
    envois = [_draw(fichier) for fichier in PIECES.get(nom, ())]
    refus = joindre_pieces(fiche, envois, par=par) if envois else []
    assert refus == [], refus


def joindre_a_la_reponse(saisine: str, cible: Saisine, geste: Geste, texte: str, *, par: Compte) -> None:
    """Attach the files of the answer that is published next, if it has any."""
    if fichiers := REPONSES.get(saisine):
        refus = joindre_a_une_reponse(cible, geste, texte, [_draw(nom) for nom in fichiers], par=par)
        assert refus == [], refus
        garder_brouillon(cible, geste, texte, par=par)


def masquer(saisine: Saisine, *, par: Compte) -> None:
    """Mask the last file of the answers to this saisine."""
    query = select(PieceReponse).join(PieceReponse.etape).where(Etape.saisine_id == saisine.id)
    piece = db.session.scalars(query.order_by(PieceReponse.id.desc())).first()
    assert piece is not None
    masquer_piece(piece, MOTIF_MASQUEE, par=par)


def _draw(fichier: str) -> Envoi:
    debut, _point, extension = fichier.rpartition(".")
    if extension == "pdf":
        return Envoi(fichier, draw_pdf(f"{_mots(debut)} ({FICTIF})"))
    return Envoi(fichier, _draw_place(debut, extension))


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
