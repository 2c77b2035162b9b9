"""Follow what is public: Atom feeds of the list and of one fiche."""
