"""Mission (im)possible: problem sheets that somebody must answer."""
