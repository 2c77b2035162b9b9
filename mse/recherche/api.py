"""Public interface of `mse.recherche` for higher capabilities, with its models and queries."""

from mse.recherche.racines import find_words, read_word
from mse.recherche.use_cases import index_due, request_all

__all__ = ["find_words", "index_due", "read_word", "request_all"]
