"""Back up an instance to one file and restore it.

The file holds every row and every uploaded file, with checksums.
"""
