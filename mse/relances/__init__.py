"""Reminders of due dates, and their extension."""
