"""An invitation does not reveal whether the address has an account."""

import html
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import Monde, make_acteur, make_promotion
from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.comptes.models import Compte, MotifRefus
from mse.core.clock import now, today
from mse.extensions import db
from mse.imports.lecture_tableau import read_tableau
from mse.imports.use_cases.importer_personnes import COLONNES, importer_personnes
from mse.notifications.models import Courriel
from mse.notifications.refus import noter_refus, oublier_refus
from mse.representation.models import Mandat, RoleMandat
from mse.representation.use_cases.elections import Elu, enregistrer_resultat
from mse.representation.use_cases.inviter import imprimer_code
from mse.representation.use_cases.mandats import terminer_mandat
from tests.comptes.gens import MDP, make_inscrit
from tests.courriels import write_mails
from tests.fiches.test_lire import counted

VERA = "vera@exemple.fr"


# Pages name the minute at which a code expires: the two that are compared are of one instant.
pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture(params=["connue", "autre nom", "fermée", "pas confirmée", "attendue"])
def deja(request: pytest.FixtureRequest, monde: Monde) -> Compte:
    """An existing account with Vera's address, in several states. René, référent, must not detect it."""
    champs: dict[str, Any] = {
        "connue": {},
        "autre nom": {"prenom": "Otto", "nom": "Weber"},
        "fermée": {"ferme_le": now()},
        "pas confirmée": {"courriel_prouve_le": None},
        "attendue": {"courriel_prouve_le": None, "active_le": None, "mot_de_passe": None},
    }[request.param]
    return make_inscrit(**{"prenom": "Vera", "nom": "Duchemin", "courriel": VERA, **champs})


def lisible(page: Any, courriel: str = VERA) -> str:
    """The status and text of a page without secrets, ids, the address and the count of notifications, for a
    comparison of two pages."""
    texte = re.sub(r'(name="(?:csrf_token|cle|digest)"[^>]* value=")[^"]*', r"\1", page.text)
    texte = re.sub(r'(class="code-imprime">)[^<]*|<svg.*?</svg>', r"\1", texte, flags=re.S)
    texte = re.sub(r"(/[a-z-]+/|mandat-|adresse-|boite\.)\d+", r"\1", texte)
    texte = re.sub(r"vera-\d+", "vera", texte)
    texte = re.sub(r'data-compte="\w+"', "data-compte", texte)  # key of the account for this browser
    texte = re.sub(r'<li><a href="/notifications">.*?</li>', "", texte)
    return f"{page.status_code} {texte.replace(courriel, 'ADRESSE')}"


def add(acteur: Acteur, par: Compte, courriel: str = VERA, **champs: Any) -> Appartenance:
    valeurs = {"prenom": "Vera", "nom": "Martin", "referent": False, **champs}
    return accueillir_agent(acteur, courriel=courriel, par=par, **valeurs)


def acteurs(monde: Monde) -> tuple[Acteur, Acteur]:
    """Two acteurs of the same name with René as référent, so that their pages can be compared."""
    deux = make_acteur("Service Témoin"), make_acteur("Service Témoin")
    for acteur in deux:
        db.session.add(Appartenance(compte=monde.referent, acteur=acteur, est_referent=True, debut=today()))
    db.session.commit()
    return deux


# ---------------------------------------------------------------- the same answer


def test_le_formulaire_d_equipe_repond_de_meme(monde: Monde, deja: Compte, as_: Any) -> None:
    rene, vus = as_(monde.referent), []
    for acteur, courriel in zip(acteurs(monde), (VERA, "jamais.vue@exemple.fr"), strict=True):
        page = rene.poster(
            f"/acteurs/{acteur.id}/agents/nouveau", prenom="Vera", nom="Martin", courriel=courriel
        )
        assert page.status_code == 303
        gestion = rene.get(page.location)
        compte = db.session.scalars(
            select(Compte)
            .join(Appartenance, Appartenance.compte_id == Compte.id)
            .where(Appartenance.acteur_id == acteur.id, Compte.nom == "Martin")
        ).one()
        vues = [gestion, rene.get(f"/invitations/{compte.id}")]
        vues.append(rene.poster(f"/invitations/{compte.id}", moyen="courriel"))
        vues.append(rene.poster(f"/invitations/{compte.id}", moyen="feuille"))
        encore = f"/acteurs/{acteur.id}/agents/nouveau"
        vues.append(rene.poster(encore, prenom="Vera", nom="Martin", courriel=courriel))
        vus.append([lisible(vue, courriel) for vue in vues])
    assert vus[0] == vus[1]
    assert "Pas encore venu" in vus[0][0]
    assert "Duchemin" not in vus[0][0]
    assert deja.appartenances == []


def test_une_adresse_corrigee_repond_de_meme(monde: Monde, deja: Compte, as_: Any) -> None:
    """The pages and the e-mail are the same. The existing account keeps its address."""
    write_mails()  # the header counts the notifications
    rene, vus = as_(monde.referent), []
    for acteur, courriel in zip(acteurs(monde), (VERA, "jamais.vue@exemple.fr"), strict=True):
        fausse = f"vera.{acteur.id}@exemple.fr"
        compte = add(acteur, monde.referent, fausse).compte
        noter_refus(fausse, MotifRefus.ADRESSE)
        db.session.commit()
        gestion, invitation = f"/acteurs/{acteur.id}/gestion", f"/invitations/{compte.id}"
        vues = [rene.poster(f"{invitation}/adresse", gestion, courriel=courriel, retour=gestion)]
        vues += [rene.get(gestion), rene.get(invitation)]
        write_mails()
        recus = (
            select(Courriel.evenement).where(Courriel.destinataire == courriel).order_by(Courriel.id.desc())
        )
        vus.append([*(lisible(vue, courriel) for vue in vues), db.session.scalars(recus).first()])
        assert compte.adresse == courriel
    assert vus[0] == vus[1]
    assert deja.courriel == VERA
    assert vus[0][-1] == "invitation_renvoyee"


def test_la_revue_d_un_import_repond_de_meme(monde: Monde, deja: Compte, as_: Any) -> None:
    rene, vus = as_(monde.referent), []
    for courriel in (VERA, "jamais@exemple.fr"):
        texte = f"prénom;nom;courriel;rôle;acteur\nVera;Martin;{courriel};agent;{monde.transports.nom}"
        vus.append(lisible(rene.poster("/importer/personnes", texte=texte), courriel))
    assert vus[0] == vus[1]
    assert "200" in vus[0][:3]
    assert "Duchemin" not in vus[0]


def test_le_rapport_d_un_import_repond_de_meme(monde: Monde, deja: Compte, as_: Any) -> None:
    rene, vus = as_(monde.referent), []
    for courriel in (VERA, "jamais@exemple.fr"):
        texte = f"prénom;nom;courriel;rôle;acteur\nVera;Martin;{courriel};agent;{monde.transports.nom}"
        revue = rene.poster("/importer/personnes", texte=texte)
        [digest] = re.findall(r'name="digest"[^>]* value="(\w+)"', revue.text)
        page = rene.poster("/importer/personnes", texte=texte, digest=digest)
        [rapport] = re.findall(r'name="rapport"[^>]* value="([^"]*)"', page.text)
        fichier = rene.poster("/importer/rapport.csv", "/importer/personnes", rapport=html.unescape(rapport))
        assert courriel in fichier.text
        vus.append([lisible(vue, courriel) for vue in (page, fichier)])
    assert vus[0] == vus[1]
    assert "créée" in vus[0][1]


def test_un_import_deux_fois_ne_double_pas_l_invitation(monde: Monde, deja: Compte) -> None:
    tableau = read_tableau(
        f"prénom;nom;courriel;rôle;acteur\nVera;Martin;{VERA};agent;{monde.transports.nom}", COLONNES
    )
    revue = importer_personnes(tableau, par=monde.referent)
    assert [ligne.issue.value for ligne in revue.lignes] == ["cree"]
    assert importer_personnes(tableau, digest=revue.digest, par=monde.referent).ecrite
    encore = importer_personnes(tableau, par=monde.referent)
    assert [ligne.issue.value for ligne in encore.lignes] == ["inchange"]
    assert db.session.scalar(select(func.count()).where(Compte.nom == "Martin")) == 1


def test_un_resultat_repond_de_meme(monde: Monde, deja: Compte, nadege: Compte, as_: Any) -> None:
    vus, browser = [], as_(nadege)
    for courriel in (VERA, "jamais@exemple.fr"):
        promotion = make_promotion(monde.lavande, "Soudeur")
        election = enregistrer_resultat(
            promotion,
            cle=courriel,
            le=today(),
            titulaire=Elu(prenom="Vera", nom="Martin", courriel=courriel),
            suppleant=None,
            par=nadege,
        )
        vues = [browser.get(f"/elections/{election.id}"), browser.get(f"/promotions/{promotion.id}")]
        vus.append([lisible(vue, courriel) for vue in vues])
    assert vus[0] == vus[1]
    assert "invitation envoyée" in vus[0][1]


def test_une_invitation_fait_le_meme_travail(monde: Monde, deja: Compte, nadege: Compte) -> None:
    """The same number of statements, so that the time does not tell either."""
    travaux: list[list[int]] = []
    for courriel in ("avant@exemple.fr", VERA, "jamais@exemple.fr"):  # the first one fills the caches
        promotion, travail = make_promotion(monde.lavande, "Soudeur"), []
        elue = Elu(prenom="Vera", nom="Martin", courriel=courriel)
        texte = f"prénom;nom;courriel;rôle;acteur\nVera;Martin;{courriel};agent;{monde.transports.nom}"
        tableau = read_tableau(texte, COLONNES)
        gestes: list[Callable[[], Any]] = [
            partial(importer_personnes, tableau, par=monde.referent),
            partial(add, monde.transports, monde.referent, courriel),
            partial(
                enregistrer_resultat,
                promotion,
                cle=courriel,
                le=today(),
                titulaire=elue,
                suppleant=None,
                par=nadege,
            ),
        ]
        for geste in gestes:
            db.session.expire_all()
            with counted() as ordres:
                geste()
            travail.append(len(ordres))
        travaux.append(travail)
    assert travaux[1] == travaux[2]


def test_le_courriel_est_le_meme(monde: Monde, deja: Compte) -> None:
    textes = []
    for courriel in (VERA, "jamais@exemple.fr"):
        add(monde.transports, monde.referent, courriel)
        write_mails()
        recus = select(Courriel).where(Courriel.destinataire == courriel).order_by(Courriel.id.desc())
        recu = db.session.scalars(recus).first()
        assert recu is not None
        textes.append(re.sub(r"/invitation/\S+", "/invitation/", f"{recu.sujet} {recu.texte}"))
    assert textes[0] == textes[1]


def test_une_feuille_ouvre_de_meme_et_n_en_dit_pas_plus(
    monde: Monde, deja: Compte, client: Any, app: Any
) -> None:
    """The account opened with a printed code shows the same pages, since the référent could use the code."""
    vus = []
    for acteur, courriel in zip(acteurs(monde), (VERA, "jamais@exemple.fr"), strict=True):
        compte, ici = add(acteur, monde.referent, courriel).compte, app.test_client()
        ici.poster("/invitation", code=imprimer_code(compte, par=monde.referent))
        premiere = ici.get("/premiere-visite")
        ici.poster("/premiere-visite", nouveau=MDP)
        pages = [premiere, ici.get("/mon-espace"), ici.get("/mon-compte")]
        vus.append([lisible(page, courriel) for page in pages])
        assert (
            app.test_client().poster("/connexion", courriel=courriel, mot_de_passe=MDP + "!").status_code
            == 422
        )
    assert vus[0] == vus[1]


def test_une_adresse_qui_refuse_se_voit_de_meme(monde: Monde, deja: Compte, as_: Any) -> None:
    compte = add(monde.transports, monde.referent).compte
    noter_refus(VERA, MotifRefus.ADRESSE)
    oublier_refus()
    db.session.commit()
    rene = as_(monde.referent)
    for page in ("/invitations", f"/invitations/{compte.id}", f"/acteurs/{monde.transports.id}/gestion"):
        assert "n’est pas arrivé" in rene.get(page).text


# ---------------------------------------------------------------- allowed to see the account


def test_l_equipe_d_animation_lit_le_compte(monde: Monde) -> None:
    vera = make_inscrit("Vera", nom="Duchemin")
    assert add(monde.transports, monde.animatrice).compte is vera


def test_un_collegue_garde_son_compte(monde: Monde) -> None:
    """A référent of both acteurs already sees Ada in one of them, so her account is used."""
    ailleurs = acteurs(monde)[0]
    poste = add(ailleurs, monde.referent, monde.agent.courriel or "", prenom="Ada", nom="Fictif")
    assert poste.compte is monde.agent


def test_un_delegue_d_avant_garde_son_compte(monde: Monde, nadege: Compte) -> None:
    vera, promotion = make_inscrit("Vera", nom="Martin"), make_promotion(monde.lavande, "Soudeur")
    mandat = Mandat(compte=vera, promotion=promotion, role=RoleMandat.TITULAIRE, debut=promotion.debut)
    db.session.add(mandat)
    db.session.commit()
    terminer_mandat(mandat, fin=today(), par=nadege)
    elue = enregistrer_resultat(
        make_promotion(monde.lavande, "Soudeur"),
        cle="x",
        le=today(),
        titulaire=Elu(prenom="Vera", nom="Martin", courriel=VERA),
        suppleant=None,
        par=nadege,
    )
    assert elue.titulaire.compte is vera
