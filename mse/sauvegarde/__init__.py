"""An instance in one file, and back: every row, every file that somebody sent, and proof that both agree."""
