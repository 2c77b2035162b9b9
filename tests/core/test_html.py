"""Sanitising of typed text to HTML."""

import re

import html5lib
import pytest

from mse.core.html import excerpt, list_chapters, mark, render_document, sanitize, show_mail, without_stars

HOSTILES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[clic](javascript:alert(1))",
    "[clic](JaVaScRiPt&colon;alert(1))",
    "[clic](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://exemple.fr/espion.gif)",
    "<svg/onload=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<a href="https://exemple.fr" onclick="alert(1)">x</a>',
    "<iframe src=//exemple.fr>",
    "<<script>script>alert(1)<</script>/script>",
    "<b style=background:url(javascript:alert(1))>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "**<u onmouseover=alert(1)>survol</u>**",
    "<table background=javascript:alert(1)>",
    '[a](https://exemple.fr "onmouseover=alert(1)")',
    "<form action=https://exemple.fr><button>ok",
    '<a href="\x01javascript:alert(1)">x</a>',
    "`<script>alert(1)</script>`",
]
PERMIS = {"html", "head", "body", "p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote"}


@pytest.mark.parametrize("texte", HOSTILES)
def test_rien_d_actif_ne_passe(texte: str) -> None:
    tree = html5lib.parse(sanitize(texte), namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in PERMIS
        assert set(element.attrib) <= {"href", "rel"}
        assert element.attrib.get("href", "https:").startswith(("http:", "https:", "mailto:"))


def test_un_markdown_simple_est_rendu() -> None:
    html = sanitize(
        "Nous avons **vérifié**.\nDès lundi :\n\n- un car\n- *un autre*\n\n[horaires](https://exemple.fr)"
    )
    assert "<strong>vérifié</strong>.<br>" in html
    assert "<li>un car</li>" in html
    assert 'href="https://exemple.fr"' in html
    assert 'rel="nofollow noopener noreferrer"' in html


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("[Répondre à la fiche](https://ailleurs.example/x)", "Répondre à la fiche (ailleurs.example)"),
        ("[mission.example](https://ailleurs.example/)", "mission.example (ailleurs.example)"),
        ("[**Ouvrir**](https://mission.example@ailleurs.example:8443/)", "Ouvrir (ailleurs.example:8443)"),
        ("[écrire](mailto:x@ailleurs.example?subject=a)", "écrire (x@ailleurs.example)"),
        ("[a](https://un.example) [b](https://deux.example)", "a (un.example) b (deux.example)"),
        ("<https://ailleurs.example/x>", "https://ailleurs.example/x"),
        ("[ailleurs.example](https://ailleurs.example/x)", "ailleurs.example"),
        (
            "[Répondre <https://mission.example>](https://ailleurs.example/x)",
            "Répondre https://mission.example (ailleurs.example)",
        ),
        ("[*<https://un.example>* a](https://deux.example)", "https://un.example a (deux.example)"),
    ],
)
def test_un_lien_dit_ou_il_mene(tape: str, lu: str) -> None:
    """The host of a link is shown after its text, since the text may mislead."""
    tree = html5lib.parse(sanitize(tape), namespaceHTMLElements=False)
    assert "".join(tree.itertext()).strip() == lu


@pytest.mark.parametrize("adresse", ["http://[::x]/", "//[::x]"])
def test_une_adresse_illisible_reste_un_texte(adresse: str) -> None:
    for tape in (f"[horaires]({adresse})", f"<{adresse}>"):
        tree = html5lib.parse(sanitize(tape), namespaceHTMLElements=False)
        assert tree.find(".//a") is None
        assert "".join(tree.itertext()).strip() == tape


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("la ligne **8** et le *brouillard*", "la ligne 8 et le brouillard"),
        ("**tout *ceci* compte**", "tout ceci compte"),
        ("* un\n* deux", "* un\n* deux"),
        ("3 * 4 * 5 et une note*", "3 * 4 * 5 et une note*"),
    ],
)
def test_un_texte_seul_se_lit_sans_etoiles(tape: str, lu: str) -> None:
    assert without_stars(tape) == lu


@pytest.mark.parametrize(
    ("html", "lu"),
    [
        ("<p>Un <em>car</em>,\ndeux.</p>\n<p>Et &lt;3&gt;\u202f!</p>", "Un car, deux. Et <3>\u202f!"),
        ('<p>Le car est <a href="https://ex', "Le car est"),
        ("<p>Le car passe trop tard.</p>", "Le car passe…"),
        ("<p>Le premier car, trop tard.</p>", "Le premier car…"),
    ],
)
def test_un_extrait_est_le_debut_du_texte_coupe_sur_un_mot(html: str, lu: str) -> None:
    assert excerpt(html, 24 if "\u202f" in html else 17) == lu


@pytest.mark.parametrize("hostile", HOSTILES)
def test_un_document_de_la_maison_passe_le_meme_filtre(hostile: str) -> None:
    """Headings, tables and code are added, nothing that acts."""
    html = render_document(f"# Titre\n\n| a | b |\n|---|---|\n| {hostile} | `c` |\n\n{hostile}\n", say=str)
    noms = {element.tag for element in html5lib.parse(html, namespaceHTMLElements=False).iter()}
    assert noms <= PERMIS | {
        "h1",
        "h2",
        "h3",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "pre",
        "hr",
    }
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


def test_un_extrait_est_souligne_dans_le_texte_et_pas_dans_les_balises() -> None:
    html = '<p>Un &lt;snap&gt; : <a href="mailto:a@b.fr">a@b.fr</a></p>'
    assert mark(html, []) == html
    assert mark(html, ["a@b.fr", "<snap>"]) == (
        '<p>Un <mark>&lt;snap&gt;</mark> : <a href="mailto:a@b.fr"><mark>a@b.fr</mark></a></p>'
    )


def test_les_chapitres_d_un_texte_long() -> None:
    html, chapitres = list_chapters(
        '<h2>Qui <strong>voit</strong> quoi</h2><p>…</p><h2 id="droits">Vos droits</h2>'
    )
    assert chapitres == [("partie-1", "Qui voit quoi"), ("droits", "Vos droits")]
    assert '<h2 id="partie-1">Qui <strong>voit</strong> quoi</h2>' in html


def test_un_courriel_se_montre_sans_ses_styles_ni_ses_liens() -> None:
    courriel = (
        "<!DOCTYPE html><html><head><title>Titre</title><style>a {}</style></head><body>"
        '<div style="padding: 0"><p>Bonjour <a href="https://exemple.fr" onclick="x()">ici</a>.</p></div>'
        "<script>x()</script></body></html>"
    )
    assert show_mail(courriel) == "<div><p>Bonjour <a>ici</a>.</p></div>"
