"""Accounts: sign-in, sessions, invitations, addresses."""
