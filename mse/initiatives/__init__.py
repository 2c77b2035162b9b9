"""Initiatives: solutions that trainees build. Porteurs are responsible, participants help."""
