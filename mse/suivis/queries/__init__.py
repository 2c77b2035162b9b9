"""What feeds show; what can be followed, and who follows it."""
