"""Directory: territoires, thèmes, acteurs and the people who work for them."""
