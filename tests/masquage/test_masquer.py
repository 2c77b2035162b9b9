"""A passage is masked wherever it is written, and can be shown again."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from devtools.factories import LONGUE, Monde, hidden_fields, make_fiche, make_initiative
from mse.avis.use_cases import donner_avis
from mse.core.clock import at, now
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.doublons.use_cases.reunir import reunir
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.fiches.workflow import Valeur
from mse.impressions.models import Impression
from mse.impressions.use_cases import imprimer
from mse.masquage.passages import MARQUE, compile_mots, mask
from mse.masquage.use_cases import masquer_passage, oublier_originaux, retablir_passage
from mse.masquage.workflow import Sujet
from mse.notifications.models import Courriel
from mse.recherche.use_cases import index_due
from mse.reperes.models import RepereFiche
from tests.courriels import write_mails
from tests.masquage.passages import MOTIF, masquer
from tests.reperes.reperes import make_repere

NOM = "la salle Quévrin-Zaouïb"
REPONSE = f"Le chauffeur attend devant {NOM}. {LONGUE}"


@pytest.mark.parametrize(
    ("texte", "mots", "masque"),
    [
        ("Mr Durand crie.", "Mr Durand", "[passage masqué] crie."),
        ("mr  DURAND crie.", "Mr Durand", "[passage masqué] crie."),
        ("M. **Durand** crie.", "M. Durand", "[passage masqué]** crie."),
        ("Les Durandal, M. Durand", "Durand", "Les Durandal, M. [passage masqué]"),
        ("L'abbé d’Aix et l’abbé d'Aix", "l’abbé d’Aix", "[passage masqué] et [passage masqué]"),
        ("Coût : 3 (trois) *.* €", "3 (trois) *.*", "Coût : [passage masqué]* €"),
        ("Rien ici", "Durand", "Rien ici"),
    ],
)
def test_les_mots_sont_trouves_comme_on_les_copie(texte: str, mots: str, masque: str) -> None:
    assert mask(texte, compile_mots(mots), longest=None)[0] == masque


def test_un_titre_garde_sa_longueur() -> None:
    titre = "M. D " * 24
    assert len(mask(titre, compile_mots("M. D"), longest=120)[0]) <= 120


def test_le_passage_disparait_partout(monde: Monde, as_: Any) -> None:
    """Answer, verdict that quotes it, repère taken from it, queued mails, search, PDF, feeds."""
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    [saisine] = fiche.saisines
    repondre_saisine(saisine, REPONSE, par=monde.agent)
    donner_avis(saisine, Valeur.OUI, f"Merci, {NOM} est ouverte.", par=monde.samira)
    repere = make_repere(monde)
    db.session.add(RepereFiche(repere_id=repere.id, fiche_id=fiche.id, lie_le=now()))
    repere.texte, repere.texte_html = REPONSE, f"<p>{REPONSE}</p>"
    db.session.commit()
    write_mails()
    index_due()
    visiteur, animatrice = as_(None), as_(monde.animatrice)
    page, flux = f"/fiches/{fiche.id}", f"/fiches/{fiche.id}.atom"
    lues = (page, f"/reperes/{repere.id}", f"{page}/histoire", f"{page}/affiche", flux, "/fiches.atom")
    assert sum("Quévrin" in visiteur.get(une).text for une in lues) >= 4
    assert page in visiteur.get("/recherche?q=Quévrin").text
    visiteur.post(f"{page}/histoire", data=hidden_fields(visiteur.get(f"{page}/histoire").text))
    imprimer()
    assert db.session.scalar(select(func.count(Impression.id))) == 1
    avant = visiteur.get(flux).text

    formulaire = hidden_fields(animatrice.get(f"{page}/passages").text)
    vue = animatrice.post(f"{page}/passages", data={**formulaire, "mots": NOM})
    assert "<mark>la salle Quévrin-Zaouïb</mark>" in vue.text
    envoi = {**formulaire, "mots": NOM, "motif": MOTIF, "masquer": "1"}
    assert animatrice.post(f"{page}/passages", data=envoi).status_code == 303
    index_due()

    assert [une for une in lues if "Quévrin" in visiteur.get(une).text] == []
    assert str(MARQUE) in visiteur.get(page).text
    # The results of one search are cached for some seconds, so another one is asked.
    assert page not in visiteur.get("/recherche?q=Quévrin-Zaouïb").text
    assert page in visiteur.get("/recherche?q=chauffeur").text
    assert db.session.scalar(select(func.count(Impression.id))) == 0
    assert _updated(visiteur.get(flux).text) > _updated(avant)
    courriels = db.session.scalars(select(Courriel.texte)).all()
    assert any(str(MARQUE) in texte for texte in courriels)
    assert [texte for texte in courriels if "Quévrin" in texte] == []
    assert "Quévrin" in animatrice.get(f"{page}/passages").text  # the moderators keep the original


def test_les_fiches_reunies_suivent(monde: Monde) -> None:
    """The same words in a fiche merged with this one are masked too."""
    fiches = [make_fiche(monde.promotion, monde.samira, causes=f"Selon {NOM}. {LONGUE}") for _n in range(2)]
    reunir(fiches[0].id, fiches[1].id, par=monde.animatrice)
    masquer(monde, fiches[1], NOM)
    assert [NOM in fiche.causes for fiche in fiches] == [False, False]
    assert [NOM in fiche.causes_html for fiche in fiches] == [False, False]


def test_une_initiative_et_ses_nouvelles(monde: Monde) -> None:
    initiative = make_initiative(monde.promotion, monde.samira, description=f"{NOM} sert. {LONGUE}")
    masquer(monde, initiative, NOM, Sujet.INITIATIVE)
    assert initiative.description.startswith(str(MARQUE))
    assert NOM not in initiative.description_html


def test_les_auteurs_lisent_la_raison(monde: Monde) -> None:
    """The agent who wrote the answer is told, and the delegates of the fiche; nobody reads the words."""
    [saisine] = monde.fiche.saisines
    repondre_saisine(saisine, REPONSE, par=monde.agent)
    write_mails()
    db.session.execute(delete(Courriel))
    db.session.commit()
    masquer(monde, monde.fiche, NOM)
    write_mails()
    [courriel] = db.session.scalars(select(Courriel))
    assert courriel.destinataire == monde.agent.courriel
    assert MOTIF in courriel.texte
    assert "Quévrin" not in courriel.texte


def test_rendre_les_mots_publics(monde: Monde) -> None:
    """The last decision is undone first; then nothing of the texts is lost."""
    causes = f"Selon {NOM} et la porte verte. {LONGUE}"
    fiche = make_fiche(monde.promotion, monde.samira, causes=causes)
    premier, second = masquer(monde, fiche, NOM), masquer(monde, fiche, "la porte verte")
    with pytest.raises(Conflit):
        retablir_passage(premier, par=monde.animatrice)
    retablir_passage(second, par=monde.animatrice)
    retablir_passage(premier, par=monde.animatrice)
    retablir_passage(premier, par=monde.animatrice)  # a second click
    assert fiche.causes == causes
    assert (premier.mots, premier.originaux) == (None, [])


def test_des_mots_absents_et_des_mains_etrangeres(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide) as refus:
        masquer(monde, monde.fiche, "Personne ne dit cela")
    assert refus.value.champ == "mots"
    for personne in (monde.agent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            masquer_passage(Sujet.FICHE, monde.fiche, NOM, MOTIF, par=personne, rendus={})


def test_les_originaux_sont_effaces_au_bout_de_douze_mois(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, causes=f"Selon {NOM}. {LONGUE}")
    passage = masquer(monde, fiche, NOM)
    with at(now() + timedelta(days=364)):
        oublier_originaux()
    assert passage.mots == NOM
    with at(now() + timedelta(days=366)):
        oublier_originaux()
        oublier_originaux()
    assert (passage.mots, passage.originaux) == (None, [])
    with pytest.raises(TransitionInterdite):
        retablir_passage(passage, par=monde.animatrice)


def _updated(flux: str) -> str:
    """Return the first `updated` of a feed."""
    return flux.split("<updated>")[1].split("<")[0]
