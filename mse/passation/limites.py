"""Limits of the handover, shared by forms and use cases."""

MOT_MAX = 2000  # characters
