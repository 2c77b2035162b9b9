"""Accounts never opened: who they are, by team and by promotion, and a new invitation once a week."""

from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import Monde, keep, make_compte, make_delegue, make_promotion
from mse.annuaire.models import Appartenance
from mse.comptes.models import AdresseRefusee, Compte, MotifRefus
from mse.core.clock import at, now, today
from mse.core.errors import Interdit
from mse.extensions import db
from mse.representation.queries import jamais_ouverts
from mse.representation.queries.jamais_ouverts import Cible
from mse.representation.use_cases.comptes import fermer_compte
from mse.representation.use_cases.inviter import relancer_invitations
from tests.notifications.conftest import take_mails
from tests.representation.test_inviter import _statements

pytestmark = pytest.mark.usefixtures("jour")

PAGE = "/invitations/jamais-ouvertes"


def _invite(monde: Monde, prenom: str, **champs: Any) -> Compte:
    compte = make_compte(prenom, active_le=None, courriel_prouve_le=None, **champs)
    keep(Appartenance(compte=compte, acteur=monde.transports, debut=today() - timedelta(days=30)))
    return compte


def _read_recipients() -> list[str | None]:
    return sorted(courriel.destinataire for courriel in take_mails())


@pytest.fixture(autouse=True)
def _sans_courriel(monde: Monde) -> None:
    take_mails()


def test_un_clic_pour_toute_une_equipe_une_fois_par_semaine(monde: Monde, as_: Any) -> None:
    nora, ilyes = _invite(monde, "Nora"), _invite(monde, "Ilyes")
    animatrice = as_(monde.animatrice)
    page = animatrice.get(PAGE).text
    assert page.index(monde.transports.nom) < page.index("Réinviter les 2 personnes")
    assert monde.remuneration.nom not in page
    envoi = {"cible": "acteur", "cible_id": str(monde.transports.id)}
    assert "2 invitations partent." in animatrice.get(animatrice.poster(PAGE, **envoi).location).text
    assert _read_recipients() == sorted([nora.courriel, ilyes.courriel])
    animatrice.poster(PAGE, **envoi)
    assert _read_recipients() == []
    assert "Déjà invité·e cette semaine." in animatrice.get(PAGE).text
    with at(now() + timedelta(days=6, hours=23)):
        assert relancer_invitations(Cible.ACTEUR, monde.transports.id, par=monde.animatrice) == 0
    with at(now() + timedelta(days=7, minutes=1)):
        assert relancer_invitations(Cible.ACTEUR, monde.transports.id, par=monde.animatrice) == 2


def test_une_seule_personne(monde: Monde, as_: Any) -> None:
    nora, _ilyes = _invite(monde, "Nora"), _invite(monde, "Ilyes")
    as_(monde.animatrice).poster(PAGE, cible="compte", cible_id=str(nora.id))
    assert _read_recipients() == [nora.courriel]


def test_jamais_a_une_adresse_qui_ne_recoit_rien(monde: Monde, as_: Any) -> None:
    nora, sans = _invite(monde, "Nora"), _invite(monde, "Tom", courriel=None)
    keep(AdresseRefusee(courriel=nora.courriel, motif=MotifRefus.ADRESSE, le=now()))
    page = as_(monde.animatrice).get(PAGE).text
    assert "L’adresse ne reçoit rien" in page
    assert "Sans adresse" in page
    assert "Réinviter" not in page.partition("<main")[2]
    for compte in (nora, sans):
        assert relancer_invitations(Cible.COMPTE, compte.id, par=monde.animatrice) == 0
    assert relancer_invitations(Cible.ACTEUR, monde.transports.id, par=monde.animatrice) == 0
    assert _read_recipients() == []


def test_ni_un_compte_ferme_ni_quelqu_un_qui_est_venu_ni_parti(monde: Monde, as_: Any) -> None:
    nora, ilyes, parti = (_invite(monde, prenom) for prenom in ("Nora", "Ilyes", "Parti"))
    fermer_compte(nora, par=monde.admin)
    ilyes.active_le = now()
    parti.appartenances[0].fin = today()  # type: ignore[attr-defined]
    db.session.commit()
    page = as_(monde.animatrice).get(PAGE).text
    for compte in (nora, ilyes, parti):
        assert compte.prenom not in page.partition("<main")[2]
    for compte in (nora, ilyes):
        assert relancer_invitations(Cible.COMPTE, compte.id, par=monde.animatrice) == 0


def test_les_delegues_sont_groupes_par_promotion(monde: Monde, as_: Any) -> None:
    promotion = make_promotion(monde.lavande, "Apiculteur")
    ines = make_delegue(promotion, "Ines")
    ines.active_le = ines.courriel_prouve_le = None
    db.session.commit()
    page = as_(monde.animatrice).get(f"{PAGE}?par=promotion").text
    assert "Apiculteur" in page
    assert "Ines" in page
    assert "Ines" not in as_(monde.animatrice).get(PAGE).text.partition("<main")[2]
    assert relancer_invitations(Cible.PROMOTION, promotion.id, par=monde.animatrice) == 1


def test_qui_n_invite_pas(monde: Monde, as_: Any) -> None:
    membre = make_compte("Membre", active_le=None, est_animateur=True)
    assert relancer_invitations(Cible.COMPTE, membre.id, par=monde.animatrice) == 0
    with pytest.raises(Interdit):
        relancer_invitations(Cible.COMPTE, membre.id, par=monde.referent)
    for champs in ({"cible": "x", "cible_id": "1"}, {"cible": "acteur", "cible_id": "x"}):
        assert as_(monde.animatrice).poster(PAGE, **champs).status_code == 422


def test_des_pages_courtes(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jamais_ouverts, "GROUPES", 1)
    _invite(monde, "Nora")
    keep(Appartenance(compte=_invite(monde, "Ilyes"), acteur=monde.remuneration, debut=today()))
    premiere = as_(monde.animatrice).get(PAGE).text
    assert monde.transports.nom in premiere
    assert monde.remuneration.nom not in premiere
    suite = f"{PAGE}?par=acteur&apres={monde.transports.id}"
    assert monde.remuneration.nom in as_(monde.animatrice).get(suite).text
    assert as_(monde.animatrice).get(f"{PAGE}?apres=999999").status_code == 422


def test_autant_de_requetes_pour_une_personne_que_pour_cinquante(monde: Monde, as_: Any) -> None:
    _invite(monde, "Nora")
    animatrice = as_(monde.animatrice)

    class Ici:
        def get(self, _page: str) -> Any:
            return animatrice.get(PAGE)

    _statements(Ici())
    une = _statements(Ici())
    for rang in range(50):
        _invite(monde, f"Invite{rang}")
    assert _statements(Ici()) == une
