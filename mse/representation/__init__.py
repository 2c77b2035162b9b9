"""Promotions, elections and mandats: who represents whom."""
