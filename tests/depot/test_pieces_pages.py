"""Pages of attachments: upload, errors, download, and the public count."""

import errno
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde, hidden_fields, make_brouillon
from mse.comptes.models import Compte, SessionCompte
from mse.core.errors import Conflit
from mse.core.files import Envoi
from mse.depot.use_cases.deposer import deposer_fiche
from mse.depot.use_cases.joindre import joindre_pieces, retirer_piece
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from tests.fiches.test_lire import counted
from tests.fichiers import SECRETS, docx, pdf, photo


@pytest.fixture
def brouillon(monde: Monde) -> Fiche:
    return make_brouillon(monde.promotion, monde.samira, destinataires=[monde.transports.id])


@pytest.fixture
def deposee(monde: Monde, brouillon: Fiche) -> Fiche:
    envois = [Envoi("arrêt ✔.jpg", BytesIO(photo())), Envoi("lettre.docx", BytesIO(docx()))]
    assert joindre_pieces(brouillon, envois, par=monde.samira) == []
    deposer_fiche(brouillon, par=monde.samira)
    return brouillon


def _pieces(fiche: Fiche) -> list[Piece]:
    return list(db.session.scalars(select(Piece).where(Piece.fiche_id == fiche.id).order_by(Piece.id)))


def _url(fiche: Fiche) -> str:
    return f"/fiches/{fiche.id}/brouillon/pieces"


def test_ajouter_puis_retirer_sans_rien_perdre(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    browser, url = as_(monde.samira), _url(brouillon)
    response = browser.poster(
        url, ajouter="1", fichiers=[(BytesIO(photo()), "arret.jpg"), (BytesIO(pdf()), "plan.pdf")]
    )
    assert (response.status_code, response.location) == (303, url)
    page = browser.get(url).text
    assert "2 fichiers ajoutés" in page
    assert "arret.jpg" in page
    image, plan = _pieces(brouillon)
    # One request removes a file and uploads another one.
    browser.poster(url, retirer=str(image.id), fichiers=(BytesIO(docx()), "lettre.docx"))
    assert [piece.nom for piece in _pieces(brouillon)] == [plan.nom, "lettre.docx"]
    response = browser.poster(url, fichiers=(BytesIO(b""), ""))
    assert response.location.endswith("/brouillon/destinataires")


def test_ajouter_sans_rien_choisir_se_dit(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    response = as_(monde.samira).poster(_url(brouillon), ajouter="1", fichiers=(BytesIO(b""), ""))
    assert response.status_code == 422
    assert "Choisissez au moins un fichier." in response.text


def test_un_refus_laisse_les_autres_et_dit_pourquoi(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    response = as_(monde.samira).poster(
        _url(brouillon),
        fichiers=[
            (BytesIO(photo()), "arret.jpg"),
            (BytesIO(b"<script>alert(1)</script>"), 'x"><script>alert(2)</script>.html'),
            (BytesIO(photo()[:300]), "coupee.jpg"),
        ],
    )
    assert response.status_code == 422
    assert "arret.jpg" in response.text
    assert "« coupee.jpg » : cette image est abîmée" in response.text
    assert "seuls les fichiers" in response.text
    assert "<script>alert" not in response.text
    assert [piece.nom for piece in _pieces(brouillon)] == ["arret.jpg"]


@pytest.mark.parametrize("retirer", ["999999", "0", "-1", "zz", "\x00", "9" * 30])
def test_un_retrait_qui_ne_dit_rien_ne_retire_rien(
    as_: Any, monde: Monde, brouillon: Fiche, retirer: str
) -> None:
    joindre_pieces(brouillon, [Envoi("plan.pdf", BytesIO(pdf()))], par=monde.samira)
    assert as_(monde.samira).poster(_url(brouillon), retirer=retirer).status_code < 500
    assert len(_pieces(brouillon)) == 1


@pytest.mark.parametrize(
    "nom",
    [
        "\x00.pdf",
        "\udcff.pdf",
        "é" * 5_000 + ".pdf",
        "a\r\nX-En-Tete: b.pdf",
        "🚌\u202e\u200b.pdf",
        "../../x.pdf",
    ],
)
def test_un_nom_hostile_est_nettoye_ou_refuse(as_: Any, monde: Monde, brouillon: Fiche, nom: str) -> None:
    browser = as_(monde.samira)
    cachees = hidden_fields(browser.get(_url(brouillon)).text)
    entete = f'Content-Disposition: form-data; name="fichiers"; filename="{nom}"'
    corps = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{cachees["csrf_token"]}\r\n--x\r\n'
    )
    corps += f"{entete}\r\n\r\n{pdf().decode()}\r\n--x--\r\n"
    response = browser.post(
        _url(brouillon),
        data=corps.encode("utf-8", "surrogatepass"),
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code < 500
    for piece in _pieces(brouillon):
        assert len(piece.nom) <= 100
        assert piece.nom.isprintable()
        assert not set(piece.nom) & set('/\\<>"')
        telechargee = browser.get(f"/fiches/{brouillon.id}/pieces/{piece.id}")
        assert telechargee.status_code == 200
        assert "X-En-Tete" not in telechargee.headers


def test_un_envoi_trop_lourd_a_sa_phrase_et_le_formulaire(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    lourds = [(BytesIO(b"%PDF-1.4" + b"\0" * 9_000_000), f"{n}.pdf") for n in range(6)]
    response = as_(monde.samira).poster(_url(brouillon), fichiers=lourds)
    assert response.status_code == 413
    assert "envoyez-les un par un" in response.text
    assert 'type="file"' in response.text
    assert _pieces(brouillon) == []


def test_un_seul_fichier_trop_lourd_est_nomme(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    gros = BytesIO(b"%PDF-1.4" + b"\0" * (11 * 1024 * 1024))
    response = as_(monde.samira).poster(
        _url(brouillon), fichiers=[(gros, "gros.pdf"), (BytesIO(pdf()), "a.pdf")]
    )
    assert response.status_code == 422
    assert "« gros.pdf » : il fait 11 Mo ; le maximum est 10 Mo." in response.text
    assert [piece.nom for piece in _pieces(brouillon)] == ["a.pdf"]


def test_les_autres_pages_gardent_leur_petite_limite(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    response = as_(monde.samira).poster(
        f"/fiches/{brouillon.id}/brouillon/causes", causes="Trop.", f=(BytesIO(b"\0" * 3_000_000), "x.pdf")
    )
    assert response.status_code == 413


def test_plus_de_place_pour_recevoir_c_est_une_phrase(
    as_: Any, monde: Monde, brouillon: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_kwargs: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    browser, lourd = as_(monde.samira), pdf("x" * 500_000)
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.TemporaryFile", full)
        response = browser.poster(_url(brouillon), fichiers=(BytesIO(lourd), "plan.pdf"))
    assert response.status_code == 503
    assert "plus de place" in response.text
    assert _pieces(brouillon) == []
    assert browser.poster(_url(brouillon), fichiers=(BytesIO(lourd), "plan.pdf")).status_code == 303


def test_session_finie_on_se_reconnecte_et_on_choisit_de_nouveau(
    as_: Any, monde: Monde, brouillon: Fiche
) -> None:
    browser, url = as_(monde.samira), _url(brouillon)
    cachees = hidden_fields(browser.get(url).text)
    for session in db.session.scalars(select(SessionCompte)):
        db.session.delete(session)
    db.session.commit()
    lourd = (BytesIO(b"%PDF-1.4" + b"\0" * 5_000_000), "plan.pdf")
    response = browser.post(url, data={**cachees, "fichiers": lourd})
    assert response.status_code == 401
    assert "Connectez-vous" in response.text
    assert url in response.text
    assert _pieces(brouillon) == []


def test_une_piece_se_telecharge_et_n_agit_pas(as_: Any, monde: Monde, deposee: Fiche) -> None:
    image, lettre = _pieces(deposee)
    browser = as_(monde.agent)
    for piece, debut in ((image, b"\xff\xd8"), (lettre, b"PK")):
        response = browser.get(f"/fiches/{deposee.id}/pieces/{piece.id}")
        assert response.data.startswith(debut)
        assert not any(secret in response.data for secret in SECRETS)
        assert response.headers["Content-Disposition"].startswith("attachment; ")
        assert response.mimetype == piece.format.mimetype
        _assert_inert(response)
    assert (
        "filename*=UTF-8''arr%C3%AAt%20%E2%9C%94.jpg"
        in browser.get(f"/fiches/{deposee.id}/pieces/{image.id}").headers["Content-Disposition"]
    )
    vignette = browser.get(f"/fiches/{deposee.id}/pieces/{image.id}/vignette")
    assert (vignette.status_code, vignette.mimetype) == (200, "image/jpeg")
    _assert_inert(vignette)
    assert browser.get(f"/fiches/{deposee.id}/pieces/{lettre.id}/vignette").status_code == 404


def _assert_inert(response: Any) -> None:
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_une_piece_n_a_d_adresse_que_sous_sa_fiche(as_: Any, monde: Monde, deposee: Fiche) -> None:
    image = _pieces(deposee)[0]
    browser = as_(monde.samira)
    assert browser.get(f"/fiches/{monde.fiche.id}/pieces/{image.id}").status_code == 404
    assert browser.get(f"/fiches/{deposee.id}/pieces/999999").status_code == 404
    image.chemin.unlink()
    assert browser.get(f"/fiches/{deposee.id}/pieces/{image.id}").status_code == 404


def test_le_public_ne_lit_que_le_nombre(as_: Any, client: Any, monde: Monde, deposee: Fiche) -> None:
    for browser in (client, as_(monde.lea), as_(monde.ancienne), as_(monde.autre_agent), as_(monde.admin)):
        page = browser.get(f"/fiches/{deposee.id}").text
        assert "2 pièces jointes transmises" in page
        assert "lettre.docx" not in page
        assert "/pieces/" not in page
    for personne in (monde.samira, monde.agent, monde.animatrice):
        page = as_(personne).get(f"/fiches/{deposee.id}").text
        assert "lettre.docx" in page
        assert "/vignette" in page


def test_la_page_coute_une_requete_de_plus_a_qui_les_lit(
    as_: Any, client: Any, monde: Monde, deposee: Fiche
) -> None:
    def cost(browser: Any, fiche: Fiche) -> int:
        url = f"/fiches/{fiche.id}"
        browser.get(url)
        with counted() as statements:
            assert browser.get(url).status_code == 200
        return len(statements)

    assert cost(client, deposee) == cost(client, monde.fiche)
    for personne in (monde.samira, monde.agent, monde.animatrice):
        browser = as_(personne)
        assert cost(browser, deposee) == cost(browser, monde.fiche) + 1


def test_les_fichiers_d_un_brouillon_que_l_autre_a_depose_ne_se_perdent_pas_en_silence(
    as_: Any, monde: Monde, brouillon: Fiche
) -> None:
    browser, url = as_(monde.samira), _url(brouillon)
    cachees = hidden_fields(browser.get(url).text)
    deposer_fiche(brouillon, par=monde.karim)
    response = browser.post(url, data={**cachees, "fichiers": (BytesIO(photo()), "arret.jpg")})
    assert response.status_code == 409
    assert "Entre-temps, cette fiche a été déposée" in response.text
    assert _pieces(brouillon) == []


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_une_piece_ne_se_retire_pas_pendant_que_l_autre_depose(
    app: Flask, monde: Monde, brouillon: Fiche
) -> None:
    joindre_pieces(brouillon, [Envoi("plan.pdf", BytesIO(pdf()))], par=monde.samira)
    piece_id, fiche_id, karim_id = db.session.scalars(select(Piece.id)).one(), brouillon.id, monde.karim.id
    lue = brouillon.est_brouillon  # loads the draft before Karim files it

    def deposer() -> None:
        with app.app_context():
            deposer_fiche(db.session.get_one(Fiche, fiche_id), par=db.session.get_one(Compte, karim_id))
            db.session.remove()

    with ThreadPoolExecutor(1) as autre:
        autre.submit(deposer).result()
    assert lue
    with pytest.raises(Conflit):
        retirer_piece(brouillon, piece_id, par=monde.samira)
    assert [piece.id for piece in _pieces(brouillon)] == [piece_id]
    assert brouillon.nombre_pieces == 1
