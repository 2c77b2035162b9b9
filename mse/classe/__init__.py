"""Contributions of a class to a draft, and words left for its delegates"""
