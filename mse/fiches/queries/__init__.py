"""Every select about fiches: what lists show, what pages load, whom a fiche could go to."""
