"""A secret in a URL never stays in the address bar, the browser history or a Referer."""

from flask import Flask, url_for
from werkzeug.routing import Rule

from mse.core.web import links

# URL arguments that are not secret.
PUBLICS = {
    *("action", "digest", "etape", "geste", "mesure", "name", "nom", "slug"),
    *("forme", "genre_id", "nature", "objet_id", "reference_id", "territoire_id", "theme_id", "trimestre"),
}
# Pages that show the code of a sheet of paper in their field.
PREREMPLIS = ("attestations.code_flashe", "classe.code_flashe", "comptes.code_flashe")
INVENTE = "un-secret-que-personne-n-a"


def takes_a_secret(rule: Rule) -> bool:
    return any(
        nom not in PUBLICS and type(converter).__name__ != "RowId"
        for nom, converter in rule._converters.items()
    )


def test_un_secret_dans_une_adresse_s_echange_aussitot(app: Flask) -> None:
    """Every route with a secret redirects at once. New routes are found in the URL map."""
    regles = [rule for rule in app.url_map.iter_rules() if takes_a_secret(rule)]
    assert {"comptes.courriel_recu", "suivis.fin_recue", "avis.recu"} <= {regle.endpoint for regle in regles}
    assert len(regles) >= 8
    for regle in regles:
        client = app.test_client()
        with app.test_request_context():
            adresse = regle.build(dict.fromkeys(regle.arguments, INVENTE))
        assert adresse is not None
        reponse = client.get(adresse[1])
        assert reponse.status_code == 303, regle
        assert INVENTE not in reponse.location, regle
        assert reponse.headers["Referrer-Policy"] == "no-referrer", regle
        assert reponse.headers["Cache-Control"] == "no-store", regle
        assert INVENTE not in client.get(reponse.location).text or regle.endpoint in PREREMPLIS


def test_on_ne_va_jamais_ailleurs() -> None:
    for ailleurs in ("//pirate.example", "https://pirate.example", "/\\pirate", "", None, "/a\nb"):
        assert links.own_path(ailleurs) is None


def test_l_adresse_d_une_ligne_est_celle_de_sa_page(app: Flask) -> None:
    """`url_pattern` gives the same path as `url_for`, for each route whose arguments are ids."""
    with app.test_request_context():
        comparees = 0
        for rule in app.url_map.iter_rules():
            noms = list(rule._converters)  # in the order of the path
            if not noms or any(type(une).__name__ != "RowId" for une in rule._converters.values()):
                continue
            ids = tuple(range(1, len(noms) + 1))
            adresse = url_for(rule.endpoint, **dict(zip(noms, ids, strict=True)))
            assert links.url_pattern(rule.endpoint) % ids == adresse
            comparees += 1
        assert comparees > 20
