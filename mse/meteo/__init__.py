"""Météo: an index of participation of each territoire, and bulletins.

The index is shown as weather, with the facts behind each figure. English docstrings call it weather.
A bulletin tells the figures of one month.
"""
