"""A document as one page that any browser shows: nothing in it is fetched and nothing in it runs."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from lxml import etree
from markupsafe import Markup

from app.exporters.document import Document, Figure
from app.resources import resource


def write(document: Document) -> bytes:
    """The bytes of an .html file."""
    return _template().render(document=document).encode("utf-8")


@cache
def _template() -> Template:
    """The template, which escapes whatever it is given."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals["drawn"] = _drawn
    return environment.from_string(resource("templates", "document.html").read_text(encoding="utf-8"))


def _drawn(figure: Figure) -> Markup:
    """The drawing as a part of the page: every word in it is escaped, and it names nothing outside of itself."""
    from app.exporters.painted.drawing import sheet_of
    from app.exporters.painted.sheet import write as written

    svg = etree.fromstring(written([sheet_of(figure.picture)], "svg"))
    for told in ("title", "desc"):
        etree.strip_elements(svg, f"{{*}}{told}", with_tail=False)
    width, height = svg.get("viewBox", "").split()[2:]
    svg.set("width", width)
    svg.set("height", height)
    svg.set("role", "img")
    svg.set("aria-label", figure.described)
    return Markup(etree.tostring(svg, encoding="unicode"))  # noqa: S704 - lxml has escaped what people wrote
