"""The token of a link: 128 bits, derived, copied by hand, alive after a change of the secret key."""

import pytest

from mse.classe.jetons import (
    derive_token,
    draw_code,
    draw_seed,
    find_token,
    hash_token,
    read_code,
    show_in_groups,
)


def test_un_jeton_fait_128_bits_et_change_avec_la_graine_et_la_cle() -> None:
    un, autre = draw_seed(), draw_seed()
    jetons = {derive_token(graine, cle) for graine in (un, autre) for cle in ("ancienne", "neuve")}
    assert len(jetons) == 4
    assert {len(jeton) for jeton in jetons} == {26}  # 26 × 5 bits ≥ 128


def test_l_ancienne_cle_montre_encore_le_lien() -> None:
    graine = draw_seed()
    jeton = derive_token(graine, "ancienne")
    assert find_token(graine, hash_token(jeton), ["neuve", "ancienne"]) == jeton
    assert find_token(graine, hash_token(jeton), ["neuve"]) is None


def test_un_jeton_recopie_a_la_main_est_le_meme() -> None:
    jeton = derive_token("graine", "clé")
    a_la_main = show_in_groups(jeton).upper().replace("0", "O").replace("1", "l")
    assert hash_token(f" {a_la_main} ") == hash_token(jeton)


@pytest.mark.parametrize("suite", ["0", "a" * 5000, "\x00é"])
def test_un_jeton_allonge_n_est_pas_le_meme(suite: str) -> None:
    jeton = derive_token("graine", "clé")
    est_le_meme = hash_token(jeton + suite) == hash_token(jeton)
    assert est_le_meme == (not set(suite) & set("0a"))


def test_un_code_fait_huit_signes_sans_signe_ambigu() -> None:
    code = draw_code()
    assert len(code) == 8
    assert not set(code) & set("ilou")
    assert read_code(show_in_groups(code).upper()) == code
    assert read_code("a" * 10_000) == "a" * 9
