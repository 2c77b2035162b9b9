"""What a delegate did, on a paper: its figures, its code, who checks it."""

import re
from typing import Any

import pytest
from sqlalchemy import delete, select

from devtools.factories import LONGUE, Monde, make_fiche
from mse.attestations.models import Attestation
from mse.attestations.queries import read_chiffres
from mse.attestations.use_cases import VALABLES_MAX, revoquer_attestation
from mse.comptes.models import Compte
from mse.core.codes import hash_code, new_code
from mse.core.errors import DonneeInvalide
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.impressions.models import Impression
from mse.impressions.use_cases import imprimer
from mse.moderation.use_cases import retirer_fiche
from tests.attestations.attester import make_attestation

pytestmark = pytest.mark.usefixtures("jour")
_CODE = re.compile(r"(?:[0-9A-Z]{5}-){2}[0-9A-Z]{6}(?:-[0-9A-Z]{5}){2}")


def etablir(monde: Monde, as_: Any) -> str:
    """Make an attestation through the pages; return its code, which only the document shows."""
    samira = as_(monde.samira)
    mandat = monde.samira.mandats[0]  # type: ignore[attr-defined]
    assert samira.poster(f"/mandats/{mandat.id}/attestation").status_code == 303
    db.session.rollback()
    page = db.session.scalars(select(Impression.page)).one()
    assert page is not None
    found = _CODE.search(page)
    assert found is not None
    return found[0]


def verifier(client: Any, code: str) -> str:
    """Check a code as somebody who types it, and return the page."""
    assert client.poster("/attestations", code=code).status_code == 303
    return str(client.get("/attestations").text)


def test_les_chiffres_sont_ceux_de_ses_fiches(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    make_fiche(monde.promotion, monde.karim, monde.transports)  # of the other delegate
    retiree = make_fiche(monde.promotion, monde.samira, monde.transports)
    retirer_fiche(retiree, "Cette fiche nommait une personne.", par=monde.animatrice)
    monde.fiche.nombre_participants = 7
    db.session.commit()
    chiffres = read_chiffres(monde.samira.mandats[0])  # type: ignore[attr-defined]
    assert (chiffres.fiches, chiffres.personnes, chiffres.consultees, chiffres.reponses) == (1, 6, 7, 1)


@pytest.mark.parametrize(
    ("participants", "dit"), [(0, None), (4, "moins de 5 personnes ont"), (7, "7 personnes ont")]
)
def test_les_personnes_consultees(monde: Monde, as_: Any, participants: int, dit: str | None) -> None:
    """Below 5 the paper does not count them, as on the page of the fiche."""
    monde.fiche.nombre_participants = participants
    db.session.commit()
    page = verifier(as_(None), etablir(monde, as_))
    assert ("participé à leur écriture" in page) is (dit is not None)
    assert dit is None or f"{dit} participé à leur écriture" in page


def test_le_papier_se_verifie_par_son_code_sans_nommer_personne(monde: Monde, as_: Any) -> None:
    code = etablir(monde, as_)
    page = verifier(as_(None), code.lower().replace("-", " "))
    assert "Cette attestation est valable." in page
    assert "1\u00a0fiche déposée" in page or "1 fiche déposée" in page
    for secret in ("Samira", "Fictif", monde.promotion.titre, monde.lavande.nom):
        assert secret not in page
    assert db.session.scalars(select(Attestation.code_hash)).one() == hash_code(code)
    assert code not in as_(monde.samira).get("/mes-attestations").text


def test_le_carre_mene_a_la_meme_page(monde: Monde, as_: Any) -> None:
    code, visiteur = etablir(monde, as_), as_(None)
    reponse = visiteur.get(f"/attestations/{code}")
    assert (reponse.status_code, reponse.location) == (303, "/attestations")
    assert reponse.headers["Referrer-Policy"] == "no-referrer"
    assert "valable" in visiteur.get("/attestations").text


@pytest.mark.parametrize("code", ["7", "A" * 26, "é" * 26, "x" * 60, "<b>", "0" * 25, "----"])
def test_un_code_inconnu_le_dit(monde: Monde, as_: Any, code: str) -> None:
    make_attestation(monde.samira)
    assert "Aucune attestation ne porte ce code." in verifier(as_(None), code)


@pytest.mark.parametrize("code", ["", "   ", "x" * 61])
def test_un_code_vide_ou_trop_long_est_refuse(monde: Monde, as_: Any, code: str) -> None:
    assert as_(None).poster("/attestations", code=code).status_code == 422


def test_elle_s_annule_et_son_code_le_dit(monde: Monde, as_: Any) -> None:
    code = etablir(monde, as_)
    imprimer()
    ident = db.session.scalars(select(Attestation.id)).one()
    samira = as_(monde.samira)
    assert samira.get(f"/mes-attestations/{ident}.pdf").data.startswith(b"%PDF-")
    for _clic in range(2):
        assert samira.poster(f"/mes-attestations/{ident}/annulation").status_code == 303
    page = verifier(as_(None), code)
    assert "Cette attestation est annulée." in page
    assert "fiche déposée" not in page
    assert samira.get(f"/mes-attestations/{ident}.pdf").status_code == 404


def test_elle_disparait_avec_le_compte(monde: Monde, as_: Any) -> None:
    code = new_code()
    make_attestation(monde.ancienne, code)
    db.session.execute(delete(Compte).where(Compte.id == monde.ancienne.id))
    db.session.commit()
    assert "Aucune attestation ne porte ce code." in verifier(as_(None), code)


def test_trop_d_attestations_valables(monde: Monde) -> None:
    for _fois in range(VALABLES_MAX):
        derniere = make_attestation(monde.samira)
    with pytest.raises(DonneeInvalide):
        make_attestation(monde.samira)
    revoquer_attestation(derniere, par=monde.samira)
    make_attestation(monde.samira)


def test_personne_n_atteste_pour_une_autre(monde: Monde, as_: Any) -> None:
    mandat = monde.samira.mandats[0]  # type: ignore[attr-defined]
    for compte in (monde.karim, monde.animatrice, monde.admin):
        assert as_(compte).get(f"/mandats/{mandat.id}/attestation").status_code == 404


def test_des_codes_se_verifient_un_nombre_de_fois_par_minute(monde: Monde, as_: Any) -> None:
    visiteur = as_(None)
    for _fois in range(10):  # each reads the page twice, the first one once
        assert verifier(visiteur, new_code())
    visiteur.poster("/attestations", code=new_code())
    assert visiteur.get("/attestations").status_code == 429


def test_un_code_a_130_bits_et_ignore_les_signes_qui_se_ressemblent() -> None:
    code = new_code()
    assert len(code.replace("-", "")) == 26
    assert hash_code("o" + "l" * 25) == hash_code("0" + "1" * 25)
    assert len({new_code() for _fois in range(100)}) == 100
