"""A reader reports a public page; the animateurs decide and say why"""
