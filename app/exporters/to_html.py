"""A document as one page that any browser shows: nothing in it is fetched and nothing in it runs."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, StrictUndefined, Template

from app.exporters.document import Document
from app.resources import resource


def write(document: Document) -> bytes:
    """The bytes of an .html file."""
    return _template().render(document=document).encode("utf-8")


@cache
def _template() -> Template:
    """The template, which escapes whatever it is given."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(resource("templates", "document.html").read_text(encoding="utf-8"))
