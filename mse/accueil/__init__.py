"""Home page and «mon espace»: pages that read from all capabilities."""
