"""Find insults, threats, remarks that stigmatise, and health facts tied to a person. Runs in linear time.

Every repetition has a limit, so that no text makes a pattern slow.
"""

import re
from collections.abc import Iterator

_QUI = (
    "ce|cet|cette|ces|un|une|des|gros|grosse|petite?|vieux|vieille|vrai|vraie|pauvre"
    "|espèce d[e’']|bande d[e’']|quel|quelle"
)
_ETRE = (
    r"(?:est|sont|es|êtes|c['’]est|t['’]es|était|étaient)\s(?:(?:qu[e’']|des?|un|une|vraiment"
    r"|trop|tous|toutes|tout|bien)\s?){0,3}"
)
_GENRE = r"(?:e|s|es)?"
_INJURE = re.compile(
    r"(?<!\w)(?:"
    r"co+n+[n*]?a+r+d+e?s?|connass?es?|cons?|connes?|enculée?s?|enfoirée?s?|salope?s?"
    r"|salopards?|salauds?|putes?|putains? de"
    r"|pétasses?|pouffiasses?|poufiasses?|pouffes?|grognasses?|raclures?|fdp|ntm|pds?|tg"
    r"|ptn de|fils de p\w*"
    r"|c[o0]nn?[a@*]rds?|enc[u*]l[ée*]s?|s[a@*]l[o0*]pes?|p[*]tes?|c[*]nn?[*a]rds?|conn[*]rds?|b[*]tards?"
    r"|bougnoule?s?|bicots?|n[èe]gres?|négros?|youpins?|bamboulas?|chinetoques?|sidaïques?"
    r"|pédés?|tarlouzes?|tafioles?|gouines?|travelos?"
    r"|abrutie?s?|crétine?s?|imbéciles?|trous? du cul|trouducs?|trou duc|couillons?"
    r"|branleu(?:r|se)s?|feignasses?"
    r"|tocarde?s?|bolosse?s?|boloss|gogols?|mongols?|mongolien(?:ne)?s?|bouffonn?e?s?"
    r"|clochardes?|clodos?|guignols?"
    r"|(?:ferm(?:e|ez)\s(?:ta|vos|votre)\s)?(?:ta|vos)\s(?:sale\s)?gueules?|(?:va"
    r"|allez)\s(?:te|vous)\sfaire\s\w+"
    r"|nique\s\w{1,12}(?:\s\w{1,12})?|niquez\s\w{1,12}|je\s(?:te|vous|les|l['’])\s?emmerde"
    r"|(?:va|allez)\schier"
    r"|(?:fait|faites)\schier|casse-couilles?|tête de \w{1,12}|face de \w{1,12}|sac à merde"
    r"|(?:grosse|sale|petite) merde"
    r"|tas de merdes?|vieille peau|gros lard|grosse vache|gros porcs?|sales? porcs?|gros tas"
    r"|vieux schnock|lèche[- ]culs?"
    r"|sales?\s{1,3}(?:types?|con|gosses?|chien(?:ne)?s?|gens|race|mecs?|bonnes? femmes?"
    r"|vieux|vieille|hypocrites?|menteu(?:r|se)s?)"
    r"|(?:bande|espèce|tas|ramassis) d[e’']\s?(?:gros\s|sales\s)?(?:nuls|nazes|bons à rien"
    r"|incapables?|voleurs|menteurs|fainéants|feignants"
    r"|parasites|charlots|clowns|bras cassés|rigolos|escrocs|hypocrites|pourris|ordures?"
    r"|singes|chiens|animaux|minables?)"
    rf"|(?:{_QUI})\s{{0,3}}(?:gros\s|grosse\s|sale\s|vrai\s|petit\s){{0,2}}"
    r"(?:débile|idiote?|abrutie?|crétine?|imbécile|bouffonne|bouffon|bâtarde?|batarde?|ordure"
    r"|fumier|garce|pourriture|minable|clown|incapable"
    r"|bonn?e? à rien|tarée?|fainéante?|feignante?|menteur|menteuse|hypocrite|porc|truie"
    r"|merdeux|merdeuse|escroc|nazi|facho|facho)s?"
    rf"|{_ETRE}(?:des?\s)?(?:débiles?|idiote?s?|minables?|tarée?s?|ordures?|pourritures?"
    rf"|bonn?e?s? à rien|bâtards?|nazes|salet[ée]s?)"
    r")(?!\w)",
    re.IGNORECASE,
)

_LUI = r"(?:le|la|l['’]|les|te|t['’]|vous|lui|leur)\s?"
_FRAPPE = (
    r"(?:frapper|taper(?! dans)|tuer|buter|défoncer|démonter|démolir|crever|planter|fumer"
    r"|éclater|brûler|bruler|cramer|niquer"
    r"|égorger|étrangler|gifler|tabasser|massacrer|exploser|éventrer|poignarder|tordre|péter"
    r"|choper|coincer|attraper|allumer"
    r"|descendre|flinguer|corriger|fracasser|dérouiller|casser en deux|mettre une (?:baffe"
    r"|claque|balle|droite|raclée|gifle)"
    r"|faire (?:la peau|payer|regretter|souffrir|passer)|régler son compte|casser (?:la"
    r"|les) \w{1,12}|péter (?:la|les) \w{1,12})"
)
_PARTIE = r"(?:gueule|figure|tête|dents?|jambes?|bras|genoux|nez|bouche|mâchoire)"
_MENACE = re.compile(
    r"(?<!\w)(?:"
    rf"(?:je|j['’]|on|nous|moi|ils?|mes? \w{{1,12}})\s?(?:\w{{1,10}}\s){{0,2}}?(?:vais|va"
    rf"|allons|vont|pourrais|peux|finirai par|finira par|jure de)\s"
    rf"(?:\w{{1,10}}\s){{0,2}}?{_LUI}{_FRAPPE}"
    rf"|(?:envie|capable|prête?s?|besoin) (?:de|d['’]|à)\s?{_LUI}{_FRAPPE}"
    rf"|(?:casser|péter|exploser|défoncer|démonter|éclater|refaire|fracasser)\s(?:la|les|leur"
    rf"|leurs|sa|ta|ses|vos|votre|une|son|ton|le)\s{_PARTIE}"
    rf"|(?:casse|pète|explose|défonce|démonte|éclate|crève|bute|tue)\s(?:la|les|leur|sa|ta|vos"
    rf"|tes)\s{_PARTIE}"
    rf"|(?:je|on)\s(?:te|vous|le|la|les|l['’])\s?(?:bute|tue|défonce|démonte|crève|fume|plante"
    rf"|brûle|casse en deux|frappe|frapperai|"
    r"tuerai|crèverai|retrouve|retrouverai|retrouvera|aura|aurai|attends?|attendra|attendrai)"
    r"(?:\s(?:à la sortie|dehors|sur le parking|devant|au coin|un jour|après|ce soir|demain)"
    r"|(?=\s?[.!,;]|\Z))"
    r"|l['’]attend(?:s|ra|rai|ons)?\s(?:à la sortie|dehors|sur le parking|au coin|devant chez)"
    r"|(?:tu|vous|il|elle|ils|elles)\s(?:vas|allez|va|vont)\s(?:le|la|me le"
    r"|nous le)?\s?(?:payer|regretter|morfler|prendre cher|souffrir|crever|mourir|dérouiller"
    r"|en baver)"
    r"(?! (?:la|le|les|un|une|des|plus|moins|combien))"
    r"|(?:tu|vous|il|elle|ils|elles)\s(?:vas|allez|va|vont)\s(?:bien )?voir\s(?:ce qu|de quoi"
    r"|qui je|comment je)\w{0,4}"
    r"|me\s(?:le )?pa(?:ier|y)(?:a|as|ez|ont|era|eras|erez|eront)|(?:le|nous le) (?:paiera"
    r"|payera|regrettera|paieront|regretteront|paierez|regretterez|regretteras)\w{0,3}"
    r"|(?:je|on) sai[ts] o[uù] (?:tu|il|elle|vous|ils|elles) (?:habite|vi[st]|dort|gare|travaille)\w{0,3}"
    r"|(?:je|on) connai[st] (?:ton|son|votre|leur) adresse"
    r"|(?:mettre|foutre|mets|met) le feu (?:à|au|aux|dans|chez)|(?:brûler|bruler|cramer"
    r"|faire sauter|faire exploser)\s(?:le centre|la voiture|sa voiture|ta voiture"
    r"|votre voiture|leur voiture|l['’]école|la salle|le bureau|tout|le bâtiment|sa maison)"
    r"|crever\s(?:ses|tes|vos|leurs|les)\s(?:pneus|yeux)|(?:ses|tes|vos|leurs) pneus"
    r"|(?:faire|ferai|fera|fais|fait) (?:la|ta|sa|leur) peau|règle(?:r|rai|ra|rons)? (?:son"
    r"|ton|votre|leur|leurs|ses|nos|mes) comptes?"
    r"|mérite(?:nt|rait|raient)?\s(?:une (?:balle|baffe|claque|raclée|bonne leçon)"
    r"|de (?:mourir|crever|se faire \w{1,12})|qu['’]on (?:le|la|les)\s\w{1,12}|des (?:baffes"
    r"|claques|coups))"
    r"|(?:qu['’]|que)\s?(?:ils?|elles?|tu|vous)\s(?:crèvent?|meurent?|crèves|creviez)|mort à|à mort"
    r"|(?:gare|attention) à (?:toi|lui|elle|eux|vous|tes|ses|ta famille|sa famille)(?!-|\w"
    r"| (?:ne|de|si vous))"
    r"|(?:il|elle|ils|tu|vous) (?:a|ont|as|avez|aura|auras|aurez"
    r"|auront) intérêt à (?:faire attention|se méfier|te méfier|surveiller|changer de|partir"
    r"|dégager|courir|se cacher)"
    r"|surveille(?:z)? (?:tes|vos|bien tes|bien vos) (?:arrières|dos|voiture)|(?:va|allait"
    r"|finira|vont) (?:finir (?:à l['’]hôpital|en sang|dans le fossé|mal)|saigner"
    r"|couler du sang)"
    r"|(?:il|ça|y)\s(?:y )?(?:va|aura|aurait) (?:y )?(?:avoir )?(?:un mort|des morts|du sang"
    r"|un drame|un accident)|(?:je|on) (?:viens|viendra|reviens|revient|viendrai"
    r"|reviendrai) avec (?:mes (?:frères|cousins|potes|gars)|un couteau|une arme|une batte"
    r"|du monde)"
    r"|(?:je|on|ils)\s(?:vais|va|vont)\stout\s(?:casser|brûler|bruler|cramer|péter|exploser"
    r"|retourner|défoncer)"
    r"|(?:je|on|ils)\s(?:vais|va|vont)\s(?:te|vous)\s(?:retrouver|trouver|avoir)(?=\s?[.!,;]|\Z)"
    r"|(?:je|on|ils)\s(?:vais|va|vont)\s(?:te|vous|le|la|les"
    r"|l['’])\s?attendre\s(?:à la sortie|dehors|au parking|sur le parking|au coin)"
    r"|t['’]es mort|vous êtes morts|(?:il|elle) est mort(?:e)? s['’](?:il|elle)|tu es mort"
    r"|je vous aurai|on vous aura|on l['’]aura"
    r"|(?:mon poing|une balle|un coup de (?:couteau|poing|tête|boule)|un couteau) (?:dans"
    r"|entre|sur|pour) (?:la|le|sa|ta|votre|lui|elle|les|toi|vous)"
    r")(?!\w)",
    re.IGNORECASE,
)

_GROUPE = (
    r"(?:arabes?|noire?s?|blacks?|blancs|gitan(?:e)?s?|roms?|tsiganes?|manouches?"
    r"|musulman(?:e)?s?|juifs?|juives?|étrang(?:er|ère)s|migrante?s?|immigrée?s?"
    r"|maghrébin(?:e)?s?|africain(?:e)?s?|turcs?|chinois(?:es)?|algérien(?:ne)?s?"
    r"|marocain(?:e)?s?|tunisien(?:ne)?s?|roumain(?:e)?s?|comorien(?:ne)?s?|réfugiée?s?"
    r"|sans-papiers"
    r"|asiatiques|voilées|femmes voilées|femmes?|filles|meufs|gonzesses|bonnes femmes|nanas"
    r"|handicapée?s?|vieux|vieilles|gros(?:ses)?|homos?|homosexuel(?:le)?s?|lesbiennes"
    r"|trans|chômeurs?|rmistes|assistée?s?|cassos|cas sociaux|sdf|drogués|toxicos"
    r"|jeunes de (?:cité|banlieue)s?|jeunes des cités|gens du voyage|blondes"
    r"|gens comme (?:eux|ça))"
)
_DISCRIMINATION = re.compile(
    r"(?<!\w)(?:"
    rf"(?:les|ces|tous les|toutes les|des|vos)\s(?:\w{{1,12}}\s)?{_GROUPE}(?:[,\s]{{1,2}}(?:là"
    rf"|ça|eux|elles|ils|du \w{{1,12}}|de \w{{1,12}}|nous)){{0,2}}[,\s]{{1,2}}(?:ne\s|n['’]"
    rf"|c['’]est\s|ça\s|sont\s(?:tous|toutes|pas|trop|des|moins|que|bons?|bonnes?|faites?"
    rf"|nuls?|nulles?|incapables|sales|bêtes|voleurs|fainéants|toujours)"
    r"|volent|prennent|profitent|pensent qu|savent (?:pas|rien|que)|veulent (?:pas|rien)"
    r"|viennent (?:que|pour|prendre|ici)|passent (?:toujours )?avant|ont (?:tous|toujours"
    r"|rien à)|foutent|puent|sentent|font (?:que|rien|jamais|perdre)|comprennent (?:rien|pas)"
    r"|à la cuisine|dehors)"
    rf"|(?:une?|la|le)\s(?:femme|fille|noir|arabe|gitan|étranger|étrangère|vieux|musulmane?"
    rf"|handicapée?|meuf|nana|rom)\s(?:\w{{1,12}}\s){{0,4}}(?:n['’]a (?:rien|pas)|ne (?:peut"
    rf"|doit|sait|devrait)|ça (?:ne )?(?:sait|peut|doit|reste)|c['’]est fait pour|(?:doit"
    rf"|devrait|ferait mieux de) rester|a rien à faire)"
    r"|(?:retourn|rentr)(?:e|er|ez|ent)\s(?:dans (?:ton|leur|leurs|votre|son) (?:pays|bled"
    r"|brousse|village)|chez (?:toi|vous))"
    rf"|(?:marre|ras[- ]le[- ]bol|assez) des {_GROUPE}"
    r"|cas soc(?:s|iaux|ial|ial)?|cassos|travail d['’]arabe|ces gens[- ]là|race (?:de"
    r"|inférieure)|on est chez nous|chez nous ici|envahi(?:s|e|es)? par (?:les|des)"
    r"|la place (?:d['’]une|des|de la) femmes?|métiers? (?:d['’]homme|de mec|de bonhomme"
    r"|de femme)s?|pas un (?:métier|travail|boulot) (?:de|pour) (?:une |les )?(?:femme|fille"
    r"|homme|mec)s?"
    r"|attardée?s?(?: menta(?:l|le|ux))?|débiles? menta(?:l|le|ux|les)|trisos?|demeurée?s?"
    r"|sales?\s{1,3}(?:arabe|noire?|juif|juive|gitane?|rom|musulmane?|blanche?|blanc|turc"
    r"|turque|rebeu|étranger|étrangère|français|française|pauvre|bougnoul|immigrée?)s?"
    r"|(?:trop|plus) (?:vieux|vieille|grosse|noire?) pour (?:apprendre|comprendre|travailler"
    r"|ce métier|servir)"
    r"|(?:à|avec) son (?:voile|accent|foulard)(?=[^.]{0,40}(?:dégage|rentre|ridicule|peur"
    r"|comprend|parle pas))"
    r"|(?:pas|plus) (?:de|d['’])\s?(?:arabes|noirs|gitans|roms|étrangers|voilées"
    r"|femmes voilées|musulmans|juifs|handicapés)(?=\s(?:ici|chez|dans|au|en)|[.!]|\Z)"
    r")(?!\w)",
    re.IGNORECASE,
)

_SUJET = (
    r"(?:il|elle|ma (?:collègue|copine|voisine|mère|fille|femme)|mon (?:collègue|copain"
    r"|voisin|père|fils|mari)"
    r"|(?:le|la|l['’]|notre|cette?|leur) ?(?:stagiaire|collègue|fille|garçon|dame|monsieur"
    r"|formateur|formatrice|directeur|directrice|conseill(?:er|ère)|responsable|secrétaire"
    r"|élève|prof|délégué|déléguée)"
    r"|(?:son|sa|ses|mon|ma) )"
)
_MALADIE = (
    r"(?:cancer|tumeur|leucémie|sida|vih|séropositi(?:f|ve)|dépressi(?:f|ve)|dépression"
    r"|burn-?\s?out|bipolaire|schizophr(?:ène|énie)|épilep(?:tique|sie)"
    r"|diabétique|diabète|alcoolique|alcoolisme|toxicomane|anorexi(?:e|que)|boulimi(?:e|que)"
    r"|autiste|autisme|asperger|enceinte|grossesse|fausse couche|avortement|ivg|avorté"
    r"|tentative de suicide|suicidaire|hépatite|sclérose(?: en plaques)?|parkinson|alzheimer"
    r"|fibromyalgie|crises? d['’]angoisse|crises? d['’]épilepsie|psychiatri(?:e|que)"
    r"|hôpital psychiatrique|hp"
    r"|antidépresseurs|anxiolytiques|lithium|méthadone|chimio(?:thérapie)?|sous traitement"
    r"|cure de désintox\w*|désintox\w*|handicap psychique|trouble(?:s)? (?:psychique|mental"
    r"|bipolaire|du comportement|alimentaire)s?|hospitalisée?|drogue|se drogue|boit (?:trop"
    r"|le matin|en cachette|beaucoup)|hernie discale|opérée? (?:du|de la|d)"
    r"|maladie (?:mentale|chronique|grave|de crohn)|infarctus|avc|règles douloureuses"
    r"|endométriose)"
)
_SANTE = re.compile(
    rf"(?<!\w){_SUJET}(?:[^\W\d_]|[ ,'’-]){{0,60}}?(?<!\w){_MALADIE}(?!\w)",
    re.IGNORECASE,
)


_EPELE = re.compile(r"(?<![\w.])(?:[^\W\d_][.*_\-]){3,20}[^\W\d_](?!\w)")  # «c.o.n.n.a.r.d»


def find_insults(texte: str) -> Iterator[tuple[int, int]]:
    yield from _spans(_INJURE, texte)
    for epele in _EPELE.finditer(texte):
        if _INJURE.fullmatch(re.sub(r"[\W_]", "", epele.group())):
            yield epele.span()


def find_threats(texte: str) -> Iterator[tuple[int, int]]:
    return _spans(_MENACE, texte)


def find_stigma(texte: str) -> Iterator[tuple[int, int]]:
    return _spans(_DISCRIMINATION, texte)


def find_health(texte: str) -> Iterator[tuple[int, int]]:
    return _spans(_SANTE, texte)


def _spans(motif: re.Pattern[str], texte: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in motif.finditer(texte))
