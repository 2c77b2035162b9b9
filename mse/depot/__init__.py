"""Write, file and complete a fiche."""
