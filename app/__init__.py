"""Reflexa: reflexive thematic analysis of focus-group transcripts."""

__version__ = "0.1.0"
