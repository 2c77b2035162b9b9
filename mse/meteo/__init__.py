"""The météo (in English docstrings: weather): an index of participation of each territoire, shown as weather,
with the facts behind each figure, and monthly bulletins."""
