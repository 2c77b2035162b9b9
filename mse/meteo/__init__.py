"""The météo: participation weather of the territoires, the facts behind each figure, and bulletins."""
