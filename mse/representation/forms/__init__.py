"""The forms of promotions, elections, invitations and accounts."""
