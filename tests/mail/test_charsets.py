"""Text is read however it is labelled, as long as its bytes tell what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.charsets import decode, guess

RUSSIAN = "Здравствуйте! Принтер не печатает уже третий день, помогите, пожалуйста."
UKRAINIAN = "Добрий день! Їхній принтер не працює, єдине рішення шукаємо разом."
GERMAN = "Grüße aus München, der Drucker läßt sich nicht öffnen."
POLISH = "Proszę o pomoc, wąż i żółw zgubiły źdźbło trawy pod łóżkiem."
TURKISH = "Yazıcı çalışmıyor, şifreyi değiştirdiğimden beri böyle."
CHINESE = "打印机从昨天开始就不能用了，请尽快帮助我们解决这个问题。"
JAPANESE = "プリンターが昨日から動きません。お手数ですが、ご確認をお願いいたします。"
KOREAN = "어제부터 프린터가 작동하지 않습니다. 빠른 확인을 부탁드립니다."

LABELLED = [
    (RUSSIAN, ["utf-8", "windows-1251", "koi8-r", "iso-8859-5", "cp866", "utf-16"]),
    (UKRAINIAN, ["utf-8", "windows-1251", "koi8-u"]),
    (GERMAN, ["utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"]),
    (POLISH, ["utf-8", "iso-8859-2", "windows-1250"]),
    (TURKISH, ["utf-8", "iso-8859-9", "windows-1254"]),
    (CHINESE, ["utf-8", "gb18030", "gbk", "gb2312"]),
    (JAPANESE, ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp"]),
    (KOREAN, ["utf-8", "euc-kr", "ks_c_5601-1987"]),
]
MISLABELLED = [
    (RUSSIAN, "cp1251", "koi8-r"),
    (RUSSIAN, "koi8-r", "windows-1251"),
    (RUSSIAN, "cp1251", "iso-8859-1"),
    (RUSSIAN, "cp1251", "us-ascii"),
    (RUSSIAN, "koi8-r", "us-ascii"),
    (RUSSIAN, "cp1251", ""),
    (RUSSIAN, "cp1251", "utf-8"),
    (RUSSIAN, "utf-8", "windows-1251"),
    (RUSSIAN, "utf-8", "iso-8859-1"),
    (RUSSIAN, "utf-8", "no-such-charset"),
    (RUSSIAN, "utf-8", "rot13"),
    (UKRAINIAN, "cp1251", ""),
    (GERMAN, "utf-8", "us-ascii"),
    (GERMAN, "cp1252", "us-ascii"),
    (GERMAN, "cp1252", "utf-8"),
    (GERMAN, "cp1252", ""),
    (CHINESE, "gb18030", "iso-8859-1"),
    (CHINESE, "utf-8", "us-ascii"),
    (JAPANESE, "cp932", "us-ascii"),
    (JAPANESE, "iso-2022-jp", ""),
    (JAPANESE, "iso-2022-jp", "utf-8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "charset"), [(text, name) for text, names in LABELLED for name in names])
def test_a_right_label_is_believed(text: str, charset: str) -> None:
    assert decode(text.encode(charset), charset) == (text, "")
    assert decode(text.encode(charset), f' "{charset.upper()}" ') == (text, "")


@pytest.mark.parametrize(("text", "real", "said"), MISLABELLED)
def test_a_wrong_label_is_seen_through_and_told(text: str, real: str, said: str) -> None:
    found, problem = decode(text.encode(real), said)
    assert found == text
    assert said in problem


def test_windows_signs_under_a_western_label_are_what_windows_means() -> None:
    assert decode(b"\x93Gr\xfc\xdfe\x94 \x96 10 \x80", "iso-8859-1") == ("“Grüße” – 10 €", "")


def test_more_than_gb2312_under_its_name() -> None:
    text = "請問這台打印機㐀的鎔"
    assert decode(text.encode("gb18030"), "gb2312") == (text, "")


def test_a_letter_cut_in_half_costs_that_letter_only() -> None:
    assert decode(RUSSIAN.encode()[:-2], "utf-8")[0] == RUSSIAN[:-2]


def test_a_stray_byte_in_utf_8_costs_nothing_else() -> None:
    raw = RUSSIAN.encode().replace(b"!", b"\x97")
    assert decode(raw, "utf-8")[0] == RUSSIAN.replace("!", "—")


def test_utf_7_is_not_read_since_it_hides_markup() -> None:
    assert "<script>" not in decode(b"+ADw-script+AD4-", "utf-7")[0]


@given(
    st.binary(max_size=300), st.sampled_from(["", "utf-8", "koi8-r", "gbk", "iso-2022-jp", "utf-16", "zip", "\0", "hz"])
)
def test_any_bytes_under_any_label_are_some_text(data: bytes, label: str) -> None:
    text, _ = decode(data, label)
    assert text.encode("utf-8").decode("utf-8") == text  # no half letters in it


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя ", min_size=1, max_size=100))
def test_utf_8_is_known_without_a_label(text: str) -> None:
    assert guess(text.encode())[0] == text


@given(
    st.text(st.characters(max_codepoint=127), max_size=200), st.sampled_from(["", "us-ascii", "koi8-r", "gbk", "utf-8"])
)
def test_ascii_is_ascii(text: str, label: str) -> None:
    if "\x1b$" not in text:
        assert decode(text.encode(), label) == (text, "")
