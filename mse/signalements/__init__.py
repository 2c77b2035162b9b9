"""Whoever reads a public page reports it, without an account; the animateurs decide and say why."""
