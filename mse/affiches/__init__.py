"""Posters and printed fiches, and the pictures of shared links"""
