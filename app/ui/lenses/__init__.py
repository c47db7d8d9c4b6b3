"""Lenses in the window: which one the study is read through, and what they consist of."""
