"""Reflexa: reflexive thematic analysis of focus-group transcripts."""

from app.later import import_later

__version__ = "0.1.0"

import_later("asyncio", called=("iscoroutine",))
import_later("importlib.metadata")
