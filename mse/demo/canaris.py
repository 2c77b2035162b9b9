"""Canaries: strings that are each in one private object, so that finding one elsewhere reveals a leak.

They read like the sentences around them, because visitors of the demonstration see them. In held-back fiches
they are the words found by moderation; the loader adds the others. No canary contains a character that HTML
escapes.
"""

BROUILLON_SAMIRA = "douze tailleurs de pierre du Luberon ont dit non"
BROUILLON_AILLEURS = "le voyant orange clignote toute la matinée"
BROUILLON_RENDU = "un panneau complet reste sur la porte"
MOTIF_RENDU = "le reste est très clair et bien raconté"
MOTIFS_RETRAIT = {
    "F085": "nous vous aiderons à la dire autrement",
    "F106": "nous chercherons avec vous une autre voie",
}
REMARQUE_CARENCE = "trois personnes ont préféré attendre janvier"
PETITE_PROMOTION = "Gouvernant en hôtellerie de montagne"
NOM_DE_SAMIRA = "Aït-Mezrane"
NOM_DE_L_INVITEE = "Quinsonnet"

BROUILLON_DE_MATHIEU = "un four et deux tables tiendraient sous la verrière"
MODELE_DE_NADEGE = "la chaufferie est vérifiée chaque lundi avant huit heures"

# Attachments by the name of their fiche; each file name is a canary.
PIECES = {
    "F088": ("photo-arret-du-car.jpg", "horaires-ligne-50-septembre.pdf"),
    "F103": ("photo-epicerie-fermee.png",),
    "F120": ("courrier-au-proprietaire.pdf",),
    "B01": ("tableau-des-entreprises-appelees.jpg",),
}

# Private messages and an internal note
MESSAGE_EPICERIE = "CANARI-MESSAGE-A901"
MESSAGE_REPAS = "CANARI-MESSAGE-3E57"
NOTE_EPICERIE = "CANARI-NOTE-77C2"
PIECE_DE_MESSAGE = "horaires-de-l-epicerie.pdf"
PIECE_MASQUEE = "pointures-de-la-promotion.pdf"

CONTRIBUTION = "l’atelier de la rue des Abeilles a fermé en juin"
PRENOM_DE_LA_CLASSE = "Gwenaëlle-Aïda"
MOT_DE_LA_CLASSE = "la porte du vestiaire des filles ne ferme plus à clé"
REPERE_DE_MATHIEU = "le directeur du foyer des Alpilles rappelle jeudi"

BOITE_DE_NADEGE = "contact@of31.example"
ABONNEE = "lectrice.des.calanques@demo.example"

SIGNALEMENT = "on a collé un mot sur mon casier bleu numéro quarante"
MOT_DE_PASSATION = "j’ai noté le nom de l’arrêt sur la porte du vestiaire"

MOTS_MASQUES = "Josiane Vaucanson-Lhermite"
PAGE_SIGNALEE = "on reconnaît la dame de l’accueil du bâtiment des Tamaris"

_SIENS_ET_ANIMATION = "the delegates of its promotion and the animateurs"

CANARIS = {
    SIGNALEMENT: "confidential report: its author and the référents",
    BROUILLON_SAMIRA: "draft of delegue@demo.example: the delegates of its promotion",
    BROUILLON_AILLEURS: "draft of delegue2@demo.example: the delegates of its promotion",
    BROUILLON_RENDU: "draft given back by a moderator: the delegates of its promotion",
    MOTIF_RENDU: "reason of the moderator who gave a fiche back: the delegates of its promotion",
    MOTIFS_RETRAIT["F085"]: f"reason of a withdrawal (F085): {_SIENS_ET_ANIMATION}",
    MOTIFS_RETRAIT["F106"]: f"reason of a withdrawal (F106): {_SIENS_ET_ANIMATION}",
    "Yanis Bellagarde": f"withdrawn fiche F085: {_SIENS_ET_ANIMATION}",
    "Maëlys Ferrachat": f"withdrawn fiche F106: {_SIENS_ET_ANIMATION}",
    "kev.roud13": f"held-back fiche F100: {_SIENS_ET_ANIMATION}",
    "ces gens-là prennent toutes les places": f"held-back fiche F111: {_SIENS_ET_ANIMATION}",
    "ines.maarif@example.org": f"held-back fiche F120: {_SIENS_ET_ANIMATION}",
    **{
        mot: f"file joined to {fiche}: its delegates, its owners' agents and the animateurs"
        for fiche in ("F088", "F103")
        for mot in PIECES[fiche]
    },
    PIECES["F120"][0]: f"file joined to the held-back fiche F120: {_SIENS_ET_ANIMATION}",
    PIECES["B01"][0]: "file joined to a draft: the delegates of its promotion",
    PETITE_PROMOTION: "title of a promotion of 4 people: its delegates, its owners' agents, the animateurs",
    NOM_DE_L_INVITEE: "family name of who was invited: agents of the organisme, animateurs, administrateurs",
    REMARQUE_CARENCE: "remark of a carence: its organisme, the animateurs, whoever runs the instance",
    NOM_DE_SAMIRA: "family name of delegue@demo.example: herself, her organisme, those who manage accounts",
    BROUILLON_DE_MATHIEU: "draft of an answer by service@demo.example: himself",
    MODELE_DE_NADEGE: "answer template of organisme@demo.example's acteur: its agents",
    REPERE_DE_MATHIEU: "draft of a repère by service@demo.example: the agents of his acteur",
    MESSAGE_EPICERIE: "private message on F103: its delegates and its owners' agents",
    PIECE_DE_MESSAGE: "file joined to that message: the same people",
    PIECE_MASQUEE: "masked file of the answer to X09: the animateurs",
    MESSAGE_REPAS: "private message on X02: its delegates and the agents of that owner",
    NOTE_EPICERIE: "internal note on F103: the agents of its owner",
    CONTRIBUTION: "contribution to a draft of delegue@demo.example: the delegates of its promotion",
    PRENOM_DE_LA_CLASSE: "first name of who contributed to it: the delegates of its promotion",
    MOT_DE_LA_CLASSE: "word left for delegue@demo.example: the delegates of the promotion",
    MOT_DE_PASSATION: "word of a leaving titulaire: delegue2@demo.example, who takes over",
    MOTS_MASQUES: "masked passage of an étape of F105: the animateurs",
    PAGE_SIGNALEE: "report about F116: the animateurs",
    ABONNEE: "address that follows without an account: nobody",
    BOITE_DE_NADEGE: "mailbox of organisme@demo.example's acteur: its référents, animateurs",
}
