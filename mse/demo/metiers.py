"""Titles of promotions for each NSF speciality of the fictional organismes."""

from mse.demo.canaris import PETITE_PROMOTION

METIERS = {
    "211": ("Ouvrier maraîcher", "Ouvrier de production horticole"),
    "213": ("Ouvrier forestier", "Bûcheron, débroussailleur"),
    "214": ("Ouvrier du paysage", "Jardinier paysagiste"),
    "221": ("Commis de cuisine", "Agent de restauration", "Cuisinier"),
    "222": ("Opérateur de production chimique", "Préparateur en parfumerie", "Technicien de laboratoire"),
    "224": ("Tailleur de pierre", "Maçon du bâti ancien", "Tailleur de pierre, gravure"),
    "225": ("Stratifieur composites", "Agent de maintenance nautique"),
    "227": ("Installateur en thermique et sanitaire", "Préparation aux métiers de l’énergie"),
    "232": ("Maçon", "Maçon en écoconstruction", "Préparation aux métiers du bâtiment"),
    "233": ("Peintre en bâtiment", "Préparation aux métiers du bâtiment", "Plaquiste"),
    "234": ("Menuisier agenceur", "Charpentier bois"),
    "242": ("Couturier retoucheur", "Couture, création et petite série"),
    "251": ("Opérateur en usinage", "Tourneur fraiseur"),
    "252": ("Mécanicien automobile", "Carrossier réparateur", "Technicien de maintenance automobile"),
    "254": ("Soudeur assembleur", "Soudeur", "Chaudronnier"),
    "255": ("Électricien d’équipement du bâtiment", "Installateur de bornes de recharge"),
    "311": ("Cariste d’entrepôt", "Préparateur de commandes", "Technicien en logistique"),
    "312": ("Vendeur conseil en magasin", "Employé commercial", "Manager de rayon"),
    "314": ("Comptable assistant", "Gestionnaire de paie", "Secrétaire comptable"),
    "315": ("Assistant ressources humaines",),
    "323": ("Régisseur son", "Technicien du spectacle, lumière"),
    "324": ("Secrétaire assistant", "Employé administratif et d’accueil", "Assistant de direction"),
    "326": ("Développeur web", "Technicien systèmes et réseaux", "Technicien d’assistance informatique"),
    "331": ("Préparation aux métiers du soin", "Agent de service hospitalier", "Aide-soignant"),
    "332": ("Accompagnant éducatif et social", "Assistant de vie aux familles", "Médiateur social"),
    "334": ("Réceptionniste en hôtellerie", "Employé d’étage", "Serveur en restauration"),
    "343": ("Agent de propreté et d’hygiène",),
    "412": ("Français langue étrangère", "Remise à niveau et projet", "Compétences clés"),
}
AUTRES_TITRES = {  # titles that the fiches mention
    "of13-a1": "Agent de restauration",
    "of16-a1": "Technicien réseaux et cybersécurité",
    "of39-a1": PETITE_PROMOTION,
}
