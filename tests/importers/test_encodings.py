"""In whatever encoding and with whatever line ends a text comes, it is the same text."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers import ImportRefused, TranscriptDraft, read_transcript

TALK = "Moderator: Café – what’s “belonging” for you?\nAina: It’s naïve, but déjà vu – £5.\nModerator: über, señor.\n"


def read(tmp_path: Path, content: bytes, encoding: str | None = None) -> TranscriptDraft:
    path = tmp_path / "talk.txt"
    path.write_bytes(content)
    return read_transcript(path, encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_text(tmp_path: Path, encoding: str, found: str, ends: str) -> None:
    draft = read(tmp_path, TALK.replace("\n", ends).encode(encoding))
    assert (draft.text, draft.encoding) == (TALK, found)
    assert [one.speaker for one in draft.turns][:1] == ["Moderator"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_chinese_in_utf16_without_a_mark_is_seen_by_its_line_ends(tmp_path: Path, encoding: str) -> None:
    talk = "主持人：大家好，请说说归属感是什么。\n林小明：你好，我觉得是家。\n主持人：谢谢\n林小明：再见\n"
    assert read(tmp_path, talk.encode(encoding)).text == talk


@pytest.mark.parametrize(
    ("encoding", "talk"),
    [
        (
            "shift_jis",
            "司会: よろしくお願いします。帰属感とは何ですか。\n参加者: 先輩が名前で呼んでくれた時です。\n" * 4,
        ),
        ("gb18030", "主持人：大家好，请说说归属感是什么。\n林小明：你好，我觉得是家，是大家在一起。\n" * 4),
        ("big5", "主持人：大家好，請說說歸屬感是什麼。\n林小明：你好，我覺得是家，是大家在一起。\n" * 4),
        ("cp1251", "Ведущий: Здравствуйте, что такое общность?\nАнна: Это когда тебя знают по имени.\n" * 4),
    ],
)
def test_other_encodings_are_guessed_and_the_guess_is_said(tmp_path: Path, encoding: str, talk: str) -> None:
    draft = read(tmp_path, talk.encode(encoding))
    assert draft.text == talk
    assert any("guessed" in one for one in draft.warnings)


OLD: tuple[tuple[str, str], ...] = (
    ("mac_roman", "Enquêteur: Où étiez-vous à l’époque, déjà?\nHélène: À Béziers, près du château.\n"),
    ("cp850", "Entrevistador: ¿Cómo era aquello, señora?\nPeña: ¡Así! Mañana será otro día, en Málaga.\n"),
    (
        "cp1250",
        "Badacz: Jak wyglądała wtedy biblioteka?\nŁucja: Była piękna, chodziliśmy tam co tydzień, później nie.\n",
    ),
    ("iso8859_2", "Badatel: Jaká byla tehdy knihovna?\nŽofie: Krásná, chodili jsme tam každý týden, později už ne.\n"),
    ("cp1250", "Badatel: Jaká byla tehdy knihovna, řekněte?\nŽofie: Krásná, chodili jsme tam každý týden.\n"),
    ("cp1254", "Görüşmeci: O zaman kütüphane nasıldı?\nAyşe: Çok güzeldi, her hafta oraya giderdik, şimdi değişti.\n"),
    ("cp1252", "Spyrill: Hvað gerðist þá?\nÞóra: Ég fór heim með þeim og það var gaman, já, ætli.\n"),
    ("cp866", "Ведущий: Расскажите, как всё это начиналось?\nАнна: Мы приходили туда каждую неделю.\n"),
    ("iso8859_6", "المحاور: كيف كانت المكتبة في ذلك الوقت؟\nأمينة: كانت جميلة جدا وكنا نذهب إليها كل أسبوع.\n"),
    ("tis_620", "ผู้สัมภาษณ์: ห้องสมุดเป็นอย่างไรบ้าง\nสมชาย: ดีมาก เรามาทุกสัปดาห์ครับ\n"),
    ("euc_jp", "司会：それでは始めましょう。\n山田：よろしくお願いします。私は毎週ここに来ています。\n"),
    ("iso2022_jp", "司会：それでは始めましょう。\n山田：よろしくお願いします。私は毎週ここに来ています。\n"),
    ("gbk", "主持人：大家好，我们今天谈一谈图书馆的事情。\n林小明：我觉得这个地方很好，大家都喜欢来这里看书。\n"),
    ("utf-16-le", "Ведущий: Расскажите, как всё это начиналось?\nАнна: Мы приходили туда каждую неделю.\n"),
    ("utf-16-be", "المحاور: كيف كانت المكتبة؟\nأمينة: كانت جميلة جدا وكنا نذهب إليها كل أسبوع.\n"),
    ("utf-16-le", "主持人：大家好，我们今天谈一谈图书馆的事情。\n林小明：一个很好的地方。\n"),
)


@pytest.mark.parametrize(("encoding", "talk"), OLD)
def test_old_encodings_are_told_by_the_words_they_make(tmp_path: Path, encoding: str, talk: str) -> None:
    draft = read(tmp_path, (talk * 4).encode(encoding))
    assert draft.text == talk * 4
    assert len(draft.speakers) == 2


def test_signs_in_western_text_do_not_make_it_another_encoding(tmp_path: Path) -> None:
    talk = "Aina: 20°C on 3 m² for £5, © Smith.\nBen: Nº 1, ½ of it – or 30°C.\n" * 3
    assert read(tmp_path, talk.encode("cp1252")).text == talk


def test_the_encoding_asked_for_is_used(tmp_path: Path) -> None:
    assert read(tmp_path, "P1: año".encode("cp850"), "cp850").text == "P1: año"


@pytest.mark.parametrize("asked", ["utf-8", "ascii", "no such", "rot13", "idna", "a\0b"])
def test_an_encoding_that_does_not_fit_or_exist_is_refused(tmp_path: Path, asked: str) -> None:
    with pytest.raises(ImportRefused):
        read(tmp_path, b"P1: caf\xe9", asked)


def test_an_ellipsis_of_windows_is_no_line_end(tmp_path: Path) -> None:
    draft = read(tmp_path, b"P1: well\x85 yes \x97 caf\xe9\nP2: no\n")
    assert draft.text == "P1: well… yes — café\nP2: no\n"


def test_utf8_with_a_bad_byte_stays_utf8_and_the_loss_is_counted(tmp_path: Path) -> None:
    draft = read(tmp_path, "P1: déjà ".encode() + b"\xff" + "vu – café\n".encode())
    assert draft.text == "P1: déjà \ufffdvu – café\n"
    assert any("1 damaged character" in one for one in draft.warnings)


def test_surrogates_written_one_by_one_become_their_character_or_a_mark(tmp_path: Path) -> None:
    pair = "😀".encode("utf-16-be")
    written = b"".join(chr(int.from_bytes(pair[at : at + 2])).encode("utf-8", "surrogatepass") for at in (0, 2))
    assert read(tmp_path, b"P1: " + written + " é à".encode()).text == "P1: 😀 é à"
    assert read(tmp_path, b"P1: " + written[:3] + " é à".encode()).text == "P1: \ufffd é à"


def test_what_a_study_cannot_hold_is_changed_and_counted(tmp_path: Path) -> None:
    draft = read(tmp_path, "P1: a\0b\u2028P2: c\x07\nP1: d\ufdd0\u202eP2".encode())
    assert draft.text == "P1: ab\nP2: c\nP1: d\ufffd\u202eP2"
    told = " ".join(draft.warnings)
    for words in ("2 control characters left out", "1 unusual line end made", "1 character that cannot", "direction"):
        assert words in told


def test_ordinary_line_ends_are_changed_without_a_warning(tmp_path: Path) -> None:
    draft = read(tmp_path, b"P1: one\r\nP2: two\rP3: three\nP4: four\r\rP5: five\n")
    assert len(draft.turns) == 5
    assert draft.warnings == ()
    assert draft.notes == ("3 carriage returns made line ends.",)


def test_text_garbled_before_comes_unchanged_with_a_hint(tmp_path: Path) -> None:
    garbled = "P1: CafÃ© and dÃ©jÃ  vu\n"
    draft = read(tmp_path, garbled.encode())
    assert draft.text == garbled
    assert any("wrong encoding before" in one for one in draft.warnings)


def test_a_text_that_begins_like_a_picture_is_still_a_text(tmp_path: Path) -> None:
    assert read(tmp_path, b"ID3: hello\nP1: yes\n").text == "ID3: hello\nP1: yes\n"
