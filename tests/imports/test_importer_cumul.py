"""One person on several lines of an import of people."""

from devtools.factories import Monde, make_promotion
from mse.comptes.models import Compte
from mse.extensions import db
from mse.imports.use_cases.importer_personnes import importer_personnes
from tests.imports.test_importer_personnes import importer, issues, texte


def test_la_meme_adresse_deux_fois_est_refusee_la_seconde_fois(monde: Monde) -> None:
    revue = importer(
        monde.animatrice,
        "Ada;T;Ada@Exemple.fr;agent;Service Rémunération;;",
        "Bo;T;ada@exemple.fr;agent;Azur Formation;;",
    )
    assert issues(revue)[1] == ("refuse", "Même adresse que la ligne 2 : chacun a la sienne.")


def test_une_personne_a_un_role_ici_et_un_autre_la(monde: Monde) -> None:
    """One account may be agent of one acteur and référente of another; a second role in one acteur is
    refused."""
    make_promotion(monde.lavande, "Maçon")
    revue = importer(
        monde.animatrice,
        "Ida;T;ida@exemple.fr;agent;Service Rémunération;;",
        "Ida;T;Ida@Exemple.fr;référent;Service Cars régionaux;;",
        "Ida;T;ida@exemple.fr;titulaire;;Maçon;",
        "Ida;T;ida@exemple.fr;référent;Service Rémunération;;",
        "Ida;T;ida@exemple.fr;suppléant;;Maçon;",
    )
    assert [x.issue.value for x in revue.lignes] == ["cree", "cree", "cree", "refuse", "refuse"], issues(
        revue
    )
    assert "La ligne 2 donne déjà un rôle" in revue.lignes[3].phrase
    ida = db.session.query(Compte).filter_by(courriel="ida@exemple.fr").one()
    assert {a.acteur: a.est_referent for a in ida.appartenances} == {
        monde.remuneration: False,
        monde.transports: True,
    }
    encore = importer_personnes(texte("Ida;T;ida@exemple.fr;agent;Service Rémunération;;"), par=monde.admin)
    assert encore.lignes[0].issue.value == "inchange"
