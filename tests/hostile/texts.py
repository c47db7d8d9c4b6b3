"""Plain text, rich text, subtitles and web pages: encodings, characters, sizes, broken marks."""

from __future__ import annotations

from tests.hostile.making import FILES, IMPORTS, REFUSED, WARNS, made

GOOD = "I felt I belonged when my mentor greeted me by name."
TALK = "Moderator: What does belonging mean to you?\nP1: " + GOOD + "\nP2: We were invited to tea.\n"


def _plain() -> bytes:
    return (FILES / "docx-is-txt.docx").read_bytes()


# Stored nowhere because of their names or sizes

made('names-O\'Brien "x"; DROP TABLE source;--.txt', IMPORTS)(_plain)
made("names-trailing-dot-space. .txt", IMPORTS)(_plain)
made("big-100k-tiny-turns.txt", IMPORTS)(lambda: "".join(f"P{n % 7}: ya\n" for n in range(100_000)).encode())
made("big-one-paragraph-1500kB.txt", IMPORTS)(
    lambda: b"P1: " + b"well you know it was like a family really and " * 32_000
)
made("rtf-nesting-bomb.rtf", REFUSED)(lambda: b"{\\rtf1\\ansi " + b"{" * 200_000 + b"deep" + b"}" * 200_000 + b"}")

# Names

made("names-new\nline.txt", IMPORTS, must_contain=[GOOD])(_plain)
made("names-\u202etxt.exe.txt", IMPORTS, must_contain=[GOOD])(_plain)
made("names-=cmd|' C calc'!A0.txt", IMPORTS, must_contain=[GOOD])(_plain)
made("names-<img src=x onerror=alert(1)>.txt", IMPORTS, must_contain=[GOOD])(_plain)
made("names-" + "n" * 240 + ".txt", IMPORTS, must_contain=[GOOD])(_plain)
made("names-.hidden.txt", IMPORTS, must_contain=[GOOD])(_plain)
made("names-CON.txt", IMPORTS, must_contain=[GOOD])(_plain)

# Sizes

made("big-word-900kB.txt", IMPORTS, WARNS, max_seconds=10)(lambda: b"P1: " + b"a" * 900_000 + b"\nP2: end\n")
made("big-20k-speakers.txt", IMPORTS, WARNS, max_seconds=30)(
    lambda: "".join(f"Person {n}: I am number {n} here.\n" for n in range(20_000)).encode()
)
made("big-empty-lines.txt", IMPORTS, WARNS, max_seconds=10, must_contain=["P2: end"])(
    lambda: b"P1: start\n" + b"\n" * 500_000 + b"P2: end\n"
)
made("big-500k-speakers.txt", REFUSED, max_seconds=15)(
    lambda: b"".join(b"Speaker%d: Hi.\n" % number for number in range(500_000))
)
made("big-colons.txt", IMPORTS, WARNS, max_seconds=15)(lambda: b"a: " * 300_000)
made("big-brackets.txt", IMPORTS, WARNS, max_seconds=15)(lambda: b"[" * 300_000 + b"(00:" * 100_000)
made("big-spaces.txt", IMPORTS, WARNS, max_seconds=15)(lambda: b"P1:" + b" " * 900_000 + b"x\nP2: y\n")
made("big-combining.txt", IMPORTS, WARNS, max_seconds=15)(lambda: ("P1: a" + "\u0301" * 200_000 + "\nP2: z\n").encode())

# Encodings

CYRILLIC = (
    "Ведущий: Что для вас значит принадлежность?\nУчастник: Меня встретили по имени, и я почувствовал себя своим.\n"
)
CHINESE = "主持人：归属感对你来说意味着什么？\n学员：导师叫出了我的名字，我觉得自己属于这里。\n" * 3
FRENCH = "Modératrice : Qu’est-ce que l’appartenance ?\nÉlève : C’était déjà une évidence, à la fin.\n"
made("enc-koi8r.txt", WARNS, IMPORTS)(lambda: (CYRILLIC * 3).encode("koi8-r"))
made("enc-cp1251.txt", WARNS, IMPORTS, must_contain=["принадлежность"])(lambda: (CYRILLIC * 3).encode("cp1251"))
made("enc-gb18030.txt", WARNS, IMPORTS, must_contain=["归属感"])(lambda: CHINESE.encode("gb18030"))
made("enc-big5.txt", WARNS, IMPORTS)(
    lambda: ("主持人：歸屬感對你來說意味著什麼？\n學員：導師叫出了我的名字。\n" * 3).encode("big5")
)
made("enc-macroman.txt", WARNS, IMPORTS)(lambda: (FRENCH * 3).encode("mac-roman"))
made("enc-utf16le-bom.txt", IMPORTS, must_contain=[GOOD])(lambda: b"\xff\xfe" + TALK.encode("utf-16-le"))
made("enc-utf16le-no-bom.txt", WARNS, IMPORTS, must_contain=[GOOD])(lambda: TALK.encode("utf-16-le"))
made("enc-utf32-bom.txt", IMPORTS, WARNS, REFUSED)(lambda: b"\xff\xfe\0\0" + TALK.encode("utf-32-le"))
made("enc-mixed.txt", WARNS, REFUSED, must_contain=["déjà vu"], must_not_contain=["Ã©"])(
    lambda: "P1: déjà vu in UTF-8\n".encode() * 20 + "P2: café\n".encode("cp1252")
)
made("enc-utf7.txt", IMPORTS, WARNS)(lambda: b"P1: caf+AOk- and +AGE-\nP2: yes\n")
made("uni-cesu8.txt", WARNS, REFUSED, must_contain=["P2: ok"])(lambda: b"P1: \xed\xa0\xbd\xed\xb8\x80 hi\nP2: ok\n")
made("uni-bom-inside.txt", IMPORTS, WARNS, must_contain=["P2:"])(lambda: "P1: one\n\ufeffP2: two\n".encode())
made("uni-tags-zero-width.txt", IMPORTS, WARNS, must_contain=["P2: plain"])(
    lambda: "P1: a\u200bb\u200dc\u2060d\U000e0041\U000e0042\nP2: plain\n".encode()
)
made("uni-noncharacters.txt", WARNS, IMPORTS, must_contain=["P2: ok"])(
    lambda: "P1: a\ufdd0\uffff\U0001ffff\nP2: ok\n".encode()
)
made("ctl-all-c0-c1.txt", WARNS, must_contain=["P2: end"], must_not_contain=["\0", "\x07", "\x1b"])(
    lambda: "".join(f"P1: a{chr(n)}b\n" for n in [*range(32), *range(127, 160)]).encode() + b"P2: end\n"
)
made("nl-unicode.txt", WARNS, IMPORTS, must_contain=["P2: two", "P5: five"])(
    lambda: "P1: one\u2028P2: two\u2029P3: three\x85P4: four\x0bP5: five\x0cP6: six".encode()
)
made("txt-blank.txt", REFUSED)(lambda: b" \t\r\n" * 400)
made("txt-zeros.txt", REFUSED)(lambda: bytes(50_000))
made("txt-noise.txt", REFUSED)(lambda: bytes((n * 7919 + n // 251) % 256 for n in range(40_000)))
made("txt-is-sqlite.txt", REFUSED)(lambda: b"SQLite format 3\0" + bytes(4080))
made("txt-no-speakers.txt", WARNS, must_contain=["once upon a time"])(
    lambda: b"once upon a time there was a text\n" * 9
)
made("inject-everything.txt", IMPORTS, WARNS, must_contain=["<b>{{7*7}}</b>", "=1+1"])(
    lambda: b"P1: <b>{{7*7}}</b> %s %n ../../etc/passwd\nP2: =1+1\n@SUM(1): hello\n<script>: hi there\n"
)

# Rich text

made("rtf-unclosed.rtf", IMPORTS, WARNS, REFUSED)(lambda: b"{\\rtf1\\ansi{{{ P1: hello there\\par P2: yes")
made("rtf-negative-unicode.rtf", IMPORTS, WARNS, must_contain=["\U0001f600"])(
    lambda: b"{\\rtf1\\ansi\\uc1 P1: smile \\u-10179?\\u-8704? here\\par P2: yes\\par}"
)
made("rtf-lone-surrogate.rtf", IMPORTS, WARNS, REFUSED)(
    lambda: b"{\\rtf1\\ansi\\uc1 P1: half \\u-10179? here\\par P2: yes\\par}"
)
made("rtf-cp1251.rtf", IMPORTS, WARNS, must_contain=["Привет"])(
    lambda: b"{\\rtf1\\ansi\\ansicpg1251 P1: \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2\\par P2: da\\par}"
)
made("rtf-object.rtf", IMPORTS, WARNS, REFUSED, must_contain=["P1: before"], must_not_contain=["d0cf11e0", "4d5a9000"])(
    lambda: (
        b"{\\rtf1\\ansi P1: before\\par{\\object\\objemb{\\*\\objdata 4d5a9000d0cf11e0"
        + b"00" * 4000
        + b"}}P2: after\\par}"
    )
)
made("rtf-bin-lie.rtf", IMPORTS, WARNS, REFUSED)(
    lambda: b"{\\rtf1\\ansi P1: before\\par{\\pict\\bin99999999 abc}P2: after\\par}"
)
made("rtf-include.rtf", IMPORTS, WARNS, REFUSED, must_not_contain=["root:"])(
    lambda: (
        b'{\\rtf1\\ansi P1: see\\par{\\field{\\*\\fldinst INCLUDETEXT "/etc/passwd"}{\\fldrslt shown}}\\par P2: yes\\par}'
    )
)
made("rtf-deleted.rtf", IMPORTS, WARNS, REFUSED, must_not_contain=["DELETEDNAME"])(
    lambda: b"{\\rtf1\\ansi P1: kept {\\deleted DELETEDNAME }words\\par P2: yes {\\v HIDDEN}\\par}"
)

# Subtitles


def _vtt(*cues: str, head: str = "WEBVTT\n\n") -> bytes:
    return (head + "\n\n".join(cues) + "\n").encode()


made("vtt-style-note.vtt", IMPORTS, WARNS, must_contain=["said it"], must_not_contain=["color", "NOTEWORDS"])(
    lambda: _vtt("STYLE\n::cue { color: red }", "NOTE NOTEWORDS here", "00:01.000 --> 00:02.000\nAna: said it")
)
made("vtt-time-backwards.vtt", IMPORTS, WARNS, must_contain=["first", "second"])(
    lambda: _vtt("00:09.000 --> 00:10.000\nAna: first", "00:01.000 --> 00:00.000\nBen: second")
)
made("vtt-50k-cues.vtt", IMPORTS, WARNS, max_seconds=30)(
    lambda: _vtt(*(f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.900\nAna: cue {n}"
                   for n in range(50_000)))
)  # fmt: skip
made("vtt-no-cues.vtt", REFUSED)(lambda: _vtt("NOTE nothing is here"))
made("vtt-huge-times.vtt", WARNS, IMPORTS, REFUSED)(
    lambda: _vtt("99999999999:00:00.000 --> 99999999999:00:01.000\nAna: late", "00:01.000 --> 00:02.000\nBen: good")
)
made("srt-malformed.srt", WARNS, REFUSED, must_contain=["good cue"])(
    lambda: (
        b"1\n00:00:01,000 -> 00:00:02,000\nAna: lost arrow\n\n2\n00:00:03,000 --> 00:00:04,000\nBen: good cue\n\nx\nyy --> zz\nCem: what\n"
    )
)
made("srt-no-numbers.srt", IMPORTS, WARNS, must_contain=["good cue"])(
    lambda: b"00:00:03,000 --> 00:00:04,000\nBen: good cue\n\n00:00:05,000 --> 00:00:06,000\nAna: yes\n"
)

# Web pages

made("html-many-attributes.html", REFUSED, max_seconds=15)(
    lambda: b"<html><body><p " + b" ".join(b"a%d='x'" % number for number in range(100_000)) + b">P1: hello</p>"
)
made("html-50k-divs.html", REFUSED, IMPORTS, WARNS, max_seconds=15)(
    lambda: b"<html><body>" + b"<div>" * 50_000 + b"P1: deep" + b"</div>" * 50_000
)
made("html-remote.html", IMPORTS, WARNS, must_contain=["P1: hello"], no_network=True)(
    lambda: (
        b'<html><head><base href="http://127.0.0.1:9/"><link rel=stylesheet href="http://127.0.0.1:9/a.css">'
        b'<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/"></head><body><p>P1: hello</p>'
        b'<img src="http://127.0.0.1:9/x.png"><iframe src="file:///etc/passwd"></iframe><p>P2: yes</p></body></html>'
    )
)
made("html-doctype-entity.html", IMPORTS, WARNS, REFUSED, must_not_contain=["root:"])(
    lambda: (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>P1: &x; end</p><p>P2: yes</p></body></html>'
    )
)
made("html-hidden.html", IMPORTS, WARNS, REFUSED, must_contain=["P1: seen"], must_not_contain=["TEMPLATEWORDS"])(
    lambda: b"<body><p>P1: seen</p><template>TEMPLATEWORDS</template><p>P2: yes</p></body>"
)
made("html-truncated.html", IMPORTS, WARNS, REFUSED)(lambda: b"<html><body><p>P1: hello</p><p>P2: yes <b")
made("html-empty.html", REFUSED)(lambda: b"<html><body><script>x()</script></body></html>")
made("md-html-inside.md", IMPORTS, WARNS, must_contain=["P1"])(
    lambda: b"**P1:** hello <script>alert(1)</script>\n\n**P2:** ![x](http://127.0.0.1:9/x.png)\n"
)
