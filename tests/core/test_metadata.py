"""Documents forget who wrote them, and stay readable."""

import zlib
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest

from mse.core.errors import DonneeInvalide
from mse.core.files import metadata, prepare
from tests.fichiers import docx, odt

MAX = 10 * 1024 * 1024
SECRET = "CANARI-AUTEUR"
PROPERTIES = (
    f'<cp:coreProperties><dc:creator>{SECRET}</dc:creator><dc:title xml:lang="fr">{SECRET}</dc:title>'
    f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:coreProperties>"
)
COMMENT = f'<w:comment w:author="{SECRET}" w:initials="{SECRET}"><w:t>Bonjour</w:t></w:comment>'


def strip(name: str, content: bytes) -> bytes:
    return prepare(name, BytesIO(content), max_bytes=MAX).content.read()


def make_pdf(**options: object) -> bytes:
    """Return a page with an author, a title, XMP metadata, a comment and a form field."""
    content = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        document.docinfo["/Author"] = document.docinfo["/Title"] = SECRET
        with document.open_metadata() as xmp:
            xmp["dc:creator"], xmp["dc:title"] = [SECRET], SECRET
        comment = {"/Subtype": pikepdf.Name("/Text"), "/T": SECRET, "/Contents": "Bonjour"}
        champ = {"/Subtype": pikepdf.Name("/Widget"), "/T": "nom-du-champ"}
        annotations = [pikepdf.Dictionary({"/Rect": [0, 0, 9, 9], **une}) for une in (comment, champ)]
        page.Annots = pikepdf.Array([document.make_indirect(une) for une in annotations])
        document.save(content, **options)
    return content.getvalue()


@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_un_pdf_oublie_son_auteur_et_garde_ses_pages(mode: str) -> None:
    kept = strip("lettre.pdf", make_pdf(object_stream_mode=pikepdf.ObjectStreamMode[mode]))
    with pikepdf.open(BytesIO(kept)) as document:
        assert len(document.pages) == 1
        assert "/Info" not in document.trailer
        assert "/Metadata" not in document.Root
        comment, champ = document.pages[0].Annots
        assert ("/T" in comment, str(comment.Contents), str(champ.T)) == (False, "Bonjour", "nom-du-champ")
        document.save(plain := BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert SECRET.encode() not in plain.getvalue()


def test_un_pdf_oublie_ses_versions_d_avant() -> None:
    """A PDF that was changed may still hold the former objects, after which the new ones are appended."""
    avant = make_pdf(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert SECRET.encode() in avant
    assert SECRET.encode() not in strip("lettre.pdf", avant + b"\n% annexe\n")


def test_un_pdf_ferme_par_un_mot_de_passe_est_refuse() -> None:
    ferme = make_pdf(encryption=pikepdf.Encryption(owner="secret", user="secret"))
    with pytest.raises(DonneeInvalide, match="mot de passe"):
        strip("lettre.pdf", ferme)
    sans_impression = make_pdf(encryption=pikepdf.Encryption(owner="secret", user=""))
    assert SECRET.encode() not in strip("lettre.pdf", sans_impression)


@pytest.mark.parametrize("octets", [1024, metadata.STREAM_MAX + 1024])
def test_un_pdf_bombe_est_refuse_sans_remplir_la_memoire(octets: int) -> None:
    """A stream of objects that is small in the file and large once it is decompressed."""
    flot = zlib.compress(b"5 0 <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>" + b" " * octets)
    parties = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[5 0 R]/Count 1>>"]
    entete = f"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {len(flot)}>>".encode()
    parties.append(entete + b"\nstream\n" + flot + b"\nendstream")
    corps, lieux = b"%PDF-1.5\n", [0]
    for rang, partie in enumerate(parties, 1):
        lieux.append(len(corps))
        corps += b"%d 0 obj\n" % rang + partie + b"\nendobj\n"
    table = b"".join(bytes([1]) + lieu.to_bytes(4) + b"\0" for lieu in [*lieux[1:], len(corps)])
    table = b"\0" * 6 + table + bytes([2]) + (3).to_bytes(4) + b"\0"
    xref = f"<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length {len(table)}>>".encode()
    bombe = corps + b"4 0 obj\n" + xref + b"\nstream\n" + table + b"\nendstream\nendobj\nstartxref\n"
    bombe += b"%d\n%%%%EOF\n" % len(corps)
    if octets < metadata.STREAM_MAX:
        assert strip("petite.pdf", bombe)
        return
    with pytest.raises(DonneeInvalide, match="abîmé"):
        strip("bombe.pdf", bombe)


def test_un_document_oublie_qui_l_a_ecrit_et_commente() -> None:
    lettre = docx(
        **{
            "docProps/core.xml": PROPERTIES,
            "docProps/app.xml": f"<Properties><Company>{SECRET}</Company><Pages>1</Pages></Properties>",
            "docProps/custom.xml": f"<Properties><vt:lpwstr>{SECRET}</vt:lpwstr></Properties>",
            "word/comments.xml": COMMENT,
            "word/media/image1.png": b"pixels",
        }
    )
    kept = strip("lettre.docx", lettre)
    with ZipFile(BytesIO(kept)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert SECRET.encode() not in b"".join(parts.values())
    assert parts["word/document.xml"] == b"<document/>"
    assert parts["word/media/image1.png"] == b"pixels"
    assert b"Bonjour" in parts["word/comments.xml"]
    assert b"<Pages>1</Pages>" in parts["docProps/app.xml"]
    assert strip("lettre.docx", kept)  # it is still a document


def test_un_texte_odt_oublie_son_auteur() -> None:
    meta = f"<office:meta><meta:initial-creator>{SECRET}</meta:initial-creator></office:meta>"
    note = f"<office:annotation><dc:creator>{SECRET}</dc:creator><text:p>Bonjour</text:p></office:annotation>"
    kept = strip("liste.odt", odt(**{"meta.xml": meta, "styles.xml": note}))
    with ZipFile(BytesIO(kept)) as archive:
        assert archive.namelist()[0] == "mimetype"
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert SECRET.encode() not in parts
    assert b"Bonjour" in parts
    assert strip("liste.odt", kept)
