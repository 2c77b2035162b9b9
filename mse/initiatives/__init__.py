"""Initiatives: solutions that trainees build themselves, with their carriers, participants and history."""
