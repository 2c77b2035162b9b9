"""Back up an instance to one file and restore it: every row and every uploaded file, with checksums."""
