"""Initiatives: solutions that trainees build.

The porteurs are responsible for an initiative, participants help.
"""
