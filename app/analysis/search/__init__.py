"""Searching a study: exact words, whole words, regular expressions, and words with typos in them."""
