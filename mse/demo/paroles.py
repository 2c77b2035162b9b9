"""Texts of the demonstration that are not in its files."""

from mse.fiches.workflow import Valeur

# «fiche acteur»: days between filing and prise en charge, for fiches en cours.
PRISES_EN_CHARGE = {
    "F083 S12": 9, "F094 S26": 5, "F095 S11": 4, "F099 S02": 7, "F102 S25": 6, "F105 S26": 6,
    "F107 OF35": 2, "F114 OF33": 4, "F115 S03": 2, "F116 S24": 1, "F117 S13": 1,
    "X02 S08": 1,
}  # fmt: skip

ETAPES = {
    "F083 S12": (
        "Un relevé de température sera fait dans la salle avec deux stagiaires. Le résultat sera donné ici."
    ),
    "F094 S26": (
        "Nous avons demandé à l’organisme la grille d’entretien qu’il utilise. Il doit l’envoyer sous huit "
        "jours."
    ),
    "F105 S26": (
        "Nous avons proposé un rendez-vous au centre et à la mairie sur les horaires de la garderie."
    ),
    "F116 S24": (
        "Un contrôle de la salle de chimie est prévu. En attendant, les flacons sans étiquette sont mis sous "
        "clé."
    ),
    "F117 S13": (
        "Le fournisseur de gaz passe cette semaine. Nous avons demandé la cuisine du lycée pour deux jours."
    ),
}

AVIS = {
    Valeur.OUI: (
        "",
        "Merci, cela a vraiment changé les choses pour le groupe.",
        "C’est fait comme promis, et plus vite que prévu.",
        "",
        "On a été écoutés, ça fait du bien.",
    ),
    Valeur.EN_PARTIE: (
        "C’est mieux qu’avant, mais tout le monde n’en profite pas encore.",
        "La réponse est claire, mais une partie du problème reste.",
        "Pour notre groupe c’est trop tard, pour les suivants c’est bien.",
        "",
    ),
    Valeur.NON: (
        "Sur le papier oui. Dans la salle, rien n’a changé.",
        "Nous avons bien lu la réponse, mais pour notre groupe rien n’a changé.",
        "Deux semaines après la réponse, le problème est revenu.",
    ),
}

# «fiche acteur»: reason of a recent request to reopen.
DEMANDES = {
    "F032 S08": "Les huit places promises ne sont toujours pas ouvertes : le camping dit ne rien savoir.",
    "X01 OF31": (
        "Les six semaines sont passées, l’aspirateur n’est pas revenu, "
        "et il n’y a plus de masques depuis lundi."
    ),
}

DEMANDE_REFUSEE = "Le dernier virement est encore arrivé le 20. Rien n’a changé pour nous."
REFUS = (
    "Le virement dépend du jour où votre organisme saisit les présences : le mois dernier, il l’a fait "
    "le 14. Nous lui avons rappelé la date limite du 5. Notre réponse reste donc la même, et nous ne "
    "rouvrons pas la fiche."
)
CONTESTATION = (
    "L’organisme nous a montré sa saisie : elle date du 4. Quelqu’un se trompe, et c’est nous qui attendons."
)

TRANSFERT = (
    "Saint-Laurent-du-Var dépend de la délégation de Cannes, Grasse et Antibes. Nous lui avons transmis la "
    "fiche et le programme de la formation."
)
PROLONGATION = (
    "Le devis de l’entreprise arrive la semaine prochaine : nous préférons répondre avec une date de travaux."
)
ELARGISSEMENT_REPAS = (
    "Sans gaz, il n’y a plus de repas chaud à midi\u202f: ce service peut trouver une solution le temps "
    "de la réparation."
)
ELARGISSEMENT = (
    "Nous payons dès que les présences sont saisies, et c’est l’organisme qui les saisit : lui seul peut "
    "afficher la date."
)
PRECISION = (
    "Depuis lundi, deux flacons ont une étiquette. Les quatre de l’armoire du fond n’en ont toujours pas."
)
PLUS_ACTUELLE = "L’imprimante marche depuis jeudi, et tous les dossiers de notre groupe sont rendus."
ETAPE_MASQUEE = (
    "La directrice du périscolaire, Mme Ferrandi, nous a dit qu’elle ne veut pas changer ses horaires."
)
MASQUAGE = "Ce texte nommait une personne. Le service peut écrire cette étape autrement."
