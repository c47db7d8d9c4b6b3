"""Word, OpenDocument and PDF: archives that lie, XML that expands, and what a document holds beside its words."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib

from tests.hostile.making import FILES, IMPORTS, REFUSED, WARNS, made
from tests.importers.material import MC, RELATIONS, STRICT, TYPES, W, document, p, r, table

GOOD = "I felt I belonged when my mentor greeted me by name."
TALK = p("Moderator: What does it mean?") + p("P1: " + GOOD) + p("P2: We were invited.")


def packed(members: dict[str, bytes | str], *, more: tuple[tuple[zipfile.ZipInfo, bytes], ...] = ()) -> bytes:
    """An archive with these members."""
    made_of = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made_of, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
        for info, content in more:
            archive.writestr(info, content)
    return made_of.getvalue()


def docx(xml: str | bytes, **parts: str | bytes) -> bytes:
    """A Word document with this main part; `parts` are others, with __ for a slash and _xml for the ending."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format("word/document.xml"),
        "word/document.xml": xml,
    }
    return packed(members | {f"word/{name}.xml": content for name, content in parts.items()})


def zeros(megabytes: int, before: bytes = b"", after: bytes = b"", letter: bytes = b" ") -> bytes:
    """A deflated stream that unpacks to so many blocks of 1,048,576 letters; one block is packed and then repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begun = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(letter * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return begun + block * megabytes + packer.compress(after) + packer.flush()


def one_member(name: str, deflated: bytes, size: int, *, others: dict[str, str], crc: int = 0) -> bytes:
    """An archive whose first member is this stream and states this size, true or not."""
    base = packed(dict(others)) if others else packed({"x": ""})
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        start = archive.start_dir
    raw = name.encode()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(deflated), size, len(raw), 0) + raw + deflated
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(deflated), size, len(raw), 0, 0, 0, 0, 0, start
    )
    end = bytearray(base[base.rindex(b"PK\5\6") :])
    count = int.from_bytes(end[8:10], "little") + 1
    directory = base[start : base.rindex(b"PK\5\6")]
    struct.pack_into("<2H2I", end, 8, count, count, len(directory) + len(central + raw), start + len(local))
    return base[:start] + local + directory + central + raw + bytes(end)


OTHERS = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS.format("word/document.xml")}
BOMB = document("").replace("</w:body></w:document>", "<w:p><w:r><w:t>").encode()
TAIL = b"</w:t></w:r></w:p></w:body></w:document>"

made("docx-bomb-600MB-document.docx", REFUSED)(
    lambda: one_member("word/document.xml", zeros(600, BOMB, TAIL, b"lol "), 600 << 22, others=OTHERS)
)
made("docx-bomb-size-lies.docx", REFUSED, max_seconds=10, max_rss_mb=600, why="states 1 kB and unpacks to 400 MB")(
    lambda: one_member("word/document.xml", zeros(400, BOMB, TAIL), 1000, others=OTHERS)
)
made("docx-bomb-media-1200MB.docx", REFUSED, WARNS, max_seconds=10, max_rss_mb=600)(
    lambda: one_member("word/media/image1.png", zeros(300, letter=b"\0\0\0\0"), 300 << 22,
                       others=OTHERS | {"word/document.xml": document(TALK)})
)  # fmt: skip
made("odt-bomb-400MB.odt", REFUSED, max_seconds=10, max_rss_mb=600)(
    lambda: one_member("content.xml", zeros(100, b"<a>", b"</a>", b"lol "), 100 << 22,
                       others={"mimetype": "application/vnd.oasis.opendocument.text"})
)  # fmt: skip
made("docx-many-members.docx", REFUSED, max_seconds=10)(
    lambda: packed({**OTHERS, "word/document.xml": document(TALK), **{f"word/x{n}.xml": "" for n in range(12_000)}})
)


def _encrypted() -> bytes:
    content = bytearray(docx(document(TALK)))
    for sign, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def _linked(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


made("docx-encrypted-members.docx", REFUSED)(_encrypted)
made("docx-symlink-document.docx", REFUSED, must_not_contain=["root:"])(
    lambda: packed(dict(OTHERS), more=(_linked("word/document.xml", "/etc/passwd"),))
)
made("docx-symlink-folder.docx", REFUSED)(
    lambda: packed({**OTHERS, "word/document.xml": document(TALK)}, more=(_linked("word/media", "/etc"),))
)
for number, outside in enumerate(
    ("/etc/hostile-escape", "C:\\hostile-escape.txt", "..\\..\\hostile-escape.txt", "a/../../../b")
):
    made(f"docx-path-{number}.docx", IMPORTS, WARNS, REFUSED)(
        lambda outside=outside: packed({**OTHERS, "word/document.xml": document(TALK), outside: "out"})
    )
made("docx-no-document.docx", REFUSED)(lambda: packed(dict(OTHERS)))
made("docx-empty-archive.docx", REFUSED)(lambda: packed({}))
made("docx-tail-cut.docx", REFUSED)(lambda: docx(document(TALK))[:-30])
made("docx-junk-before.docx", IMPORTS, WARNS, REFUSED)(lambda: b"#!/bin/sh\n" + docx(document(TALK)))
made("docx-empty-document.docx", REFUSED)(lambda: docx(document("")))
made("docx-document-is-zip.docx", REFUSED)(lambda: docx(docx(document(TALK))))
made("docx-presentation.docx", REFUSED)(lambda: packed({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<a/>"}))

# XML

QUADRATIC = '<!DOCTYPE d [<!ENTITY a "' + "a" * 50_000 + '">]>'
made("docx-quadratic.docx", REFUSED, max_seconds=10, max_rss_mb=600)(
    lambda: docx(document(p("P1: " + "&a;" * 5_000), before=QUADRATIC))
)
for name, declared in {
    "xxe-http": '<!DOCTYPE d [<!ENTITY b SYSTEM "http://127.0.0.1:9/x">]>',
    "xxe-parameter": '<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY b "x">]>',
    "xxe-dtd": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY b "x">]>',
    "xxe-public": '<!DOCTYPE d PUBLIC "-//x" "file:///etc/passwd" [<!ENTITY b "x">]>',
}.items():
    made(f"docx-{name}.docx", REFUSED, must_not_contain=["root:"], no_network=True)(
        lambda declared=declared: docx(document(p("P1: &b;"), before=declared))
    )
made("docx-entity-in-notes.docx", REFUSED, WARNS, IMPORTS, must_not_contain=["root:"])(
    lambda: docx(document(TALK), footnotes='<!DOCTYPE d [<!ENTITY b SYSTEM "file:///etc/passwd">]><d>&b;</d>')
)
made("docx-xinclude.docx", IMPORTS, WARNS, REFUSED, must_not_contain=["root:"])(
    lambda: docx(
        document(
            TALK + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file:///etc/passwd"/>'
        )
    )
)
made("docx-altchunk.docx", WARNS, IMPORTS, REFUSED, must_contain=["P1: " + GOOD])(
    lambda: docx(document(TALK + '<w:altChunk xmlns:r="r" r:id="r9"/>'))
)
made("docx-utf16-part.docx", IMPORTS, WARNS, REFUSED)(
    lambda: docx(document(TALK).replace("UTF-8", "UTF-16").encode("utf-16"))
)
made("docx-wrong-declaration.docx", REFUSED, WARNS)(lambda: docx(document(p("P1: caf\xe9")).encode("latin-1")))
made("docx-broken-xml.docx", REFUSED)(lambda: docx(document(TALK)[:-20]))
made("docx-nul-in-xml.docx", REFUSED)(lambda: docx(document(TALK).encode().replace(b"belonged", b"bel\0nged")))
made("docx-nested-tables.docx", IMPORTS, WARNS, REFUSED, max_seconds=10)(lambda: docx(document(_nested(60))))
made("docx-nested-tables-3000.docx", REFUSED, WARNS, IMPORTS, max_seconds=10)(lambda: docx(document(_nested(3_000))))
made("docx-100k-paragraphs.docx", IMPORTS, WARNS, max_seconds=30, max_rss_mb=1200)(
    lambda: docx(document("".join(p(f"P{n % 8}: turn number {n} about belonging") for n in range(60_000))))
)


def _nested(depth: int) -> str:
    inner = p("P1: innermost words")
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}{p('')}</w:tc></w:tr></w:tbl>"
    return inner + p("P2: tail")


# What a document holds

made("docx-strict.docx", IMPORTS, WARNS, must_contain=["P1: " + GOOD])(lambda: docx(document(TALK, namespace=STRICT)))
made("docx-moved.docx", WARNS, must_count={"MOVEDWORDS": 1})(
    lambda: docx(document(
        p("P1: before", f"<w:moveFrom w:id='1'>{r(' MOVEDWORDS')}</w:moveFrom>")
        + p("P2: after", f"<w:moveTo w:id='1'>{r(' MOVEDWORDS')}</w:moveTo>")
    ))
)  # fmt: skip
made("docx-deleted-mark.docx", WARNS, must_contain=["one", "two"], must_not_contain=["DELETEDNAME"])(
    lambda: docx(document(
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + r("P1: one ") + "</w:p>"
        + p("two", "<w:del w:id='2'><w:r><w:delText>DELETEDNAME</w:delText></w:r></w:del>") + p("P2: end")
    ))
)  # fmt: skip
TEXT_BOX = (
    f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{{0}}</w:txbxContent>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
made("docx-text-box.docx", IMPORTS, WARNS, must_count={"BOXWORDS": 1}, must_contain=["P2: end"])(
    lambda: docx(document(p("P1: before ", TEXT_BOX.format(p("BOXWORDS"))) + p("P2: end")))
)
made("docx-hidden.docx", WARNS, must_contain=["P1: seen"], must_not_contain=["HIDDENWORDS"])(
    lambda: docx(document(p("P1: seen", r(" HIDDENWORDS", "<w:vanish/>")) + p("P2: end")))
)
made("docx-field-code.docx", IMPORTS, WARNS, must_contain=["shown"], must_not_contain=["INCLUDETEXT"])(
    lambda: docx(document(p("P1: ", "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>INCLUDETEXT \"/etc/passwd\"</w:instrText>"
                            "</w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>", "shown",
                            "<w:r><w:fldChar w:fldCharType='end'/></w:r>") + p("P2: end")))
)  # fmt: skip
made("docx-endnotes.docx", WARNS, must_contain=["P1: words", "P2: tail"], must_not_contain=["ENDNOTEWORDS"])(
    lambda: docx(document(p("P1: words", "<w:r><w:endnoteReference w:id='2'/></w:r>") + p("P2: tail")),
                 endnotes=f'<w:endnotes xmlns:w="{W}"><w:endnote w:id="2">{p("ENDNOTEWORDS")}</w:endnote></w:endnotes>')
)  # fmt: skip
made("docx-table-and-text.docx", IMPORTS, WARNS, must_contain=["cell words", "P2: tail"])(
    lambda: docx(document(table(("P1:", "cell words"), ("P3:", "other words")) + p("P2: tail")))
)
made("docx-macro.docx", IMPORTS, WARNS, REFUSED, must_not_contain=["AutoOpen"])(
    lambda: packed({**OTHERS, "word/document.xml": document(TALK), "word/vbaProject.bin": b"Sub AutoOpen()" * 99})
)

# OpenDocument

ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
       ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"')  # fmt: skip


def odt(body: str, *, before: str = "", **more: str) -> bytes:
    """An OpenDocument text with this body."""
    xml = (f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {ODF}><office:body><office:text>{body}'
           "</office:text></office:body></office:document-content>")  # fmt: skip
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml, **more})


made("odt-nesting.odt", REFUSED, IMPORTS, WARNS, max_seconds=10)(
    lambda: odt("<text:section>" * 30_000 + "<text:p>P1: deep</text:p>" + "</text:section>" * 30_000)
)
made(
    "odt-spaces-bomb.odt",
    REFUSED,
    WARNS,
    IMPORTS,
    max_seconds=10,
    max_rss_mb=600,
    why="one element that stands for 2 billion spaces",
)(lambda: odt('<text:p>P1: a<text:s text:c="2000000000"/>b</text:p><text:p>P2: c</text:p>'))
made("odt-repeated-cells.odt", IMPORTS, WARNS, REFUSED, max_seconds=10, max_rss_mb=600)(
    lambda: odt('<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000000">'
                "<text:p>P1: cell</text:p></table:table-cell></table:table-row></table:table><text:p>P2: tail</text:p>")
)  # fmt: skip
made("odt-laughs.odt", REFUSED, max_seconds=10)(
    lambda: odt("<text:p>&b;</text:p>", before='<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>')
)
made("odt-notes.odt", WARNS, must_contain=["P1: words"], must_not_contain=["NOTEWORDS"])(
    lambda: odt(
        "<text:p>P1: words<text:note><text:note-body><text:p>NOTEWORDS</text:p></text:note-body></text:note></text:p><text:p>P2: end</text:p>"
    )
)
made("odt-no-content.odt", REFUSED)(lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}))

# PDF


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start)


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), head, content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
WORDS = b"BT /F1 12 Tf 50 700 Td (P1: hello there everybody) Tj 0 -20 Td (P2: yes indeed) Tj ET"
BOMB_STREAM = zlib.compress(b"BT /F1 12 Tf (lol) Tj ET " * 4_000_000, 9)


def drawings(*contents: bytes, following: bool = False) -> bytes:
    """A page of two turns that draws the first of these drawings; X in each is the next one, or each itself."""
    forms = [
        stream(zlib.compress(one), b"/Filter/FlateDecode/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
               b"/Resources<</XObject<</X %d 0 R>>>>" % (number + following))
        for number, one in enumerate(contents, start=6)
    ]  # fmt: skip
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font"), stream(WORDS + b" /X Do"), FONT, *forms)  # fmt: skip


made("pdf-bomb-300MB-stream.pdf", REFUSED)(
    lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE,
                stream(zlib.compress(b"(lol) Tj " * (300_000_000 // 9), 9), b"/Filter/FlateDecode"), FONT)
)  # fmt: skip
made("pdf-bomb-twice-packed.pdf", REFUSED, IMPORTS, WARNS, max_seconds=60, max_rss_mb=900)(
    lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE,
                stream(zlib.compress(BOMB_STREAM, 9), b"/Filter[/FlateDecode/FlateDecode]"), FONT)
)  # fmt: skip
made("pdf-page-loop.pdf", REFUSED, WARNS, max_seconds=15, max_rss_mb=600)(
    lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", PAGE, stream(WORDS), FONT
    )
)
made("pdf-count-lies.pdf", IMPORTS, WARNS, REFUSED, max_seconds=15, max_rss_mb=600)(
    lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", PAGE, stream(WORDS), FONT
    )
)
made("pdf-javascript.pdf", IMPORTS, WARNS, REFUSED, must_not_contain=["app.alert"], no_network=True)(
    lambda: pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream(WORDS), FONT)
)  # fmt: skip
made("pdf-truncated.pdf", REFUSED, WARNS, IMPORTS)(lambda: (FILES / "pdf-control-good.pdf").read_bytes()[:700])
made("pdf-tiny.pdf", REFUSED)(lambda: b"%PDF-1.7\n%%EOF")
made("pdf-form-recursion.pdf", REFUSED, max_seconds=15, max_rss_mb=600)(lambda: drawings(b"/X Do /X Do"))
made("pdf-form-doubling.pdf", REFUSED, max_seconds=15, max_rss_mb=600)(
    lambda: drawings(*[b"/X Do /X Do"] * 40, b"", following=True)
)
made("pdf-forms-control.pdf", IMPORTS, max_seconds=15, max_rss_mb=600)(
    lambda: drawings(*[b"/X Do"] * 3, b"0 0 9 9 re f", following=True)
)
made("pdf-many-pages.pdf", IMPORTS, WARNS, REFUSED, max_seconds=60, max_rss_mb=900)(
    lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * 20_000 + b"]/Count 20000>>",
        PAGE,
        stream(WORDS),
        FONT,
    )
)
