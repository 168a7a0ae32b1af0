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

CZECH = "Dobrý den, od včerejška nám netiskne tiskárna v účtárně. Můžete se na to podívat?"
CROATIAN = "Poštovani, ne radi nam internet. Molimo pomoć, ne možemo poslati narudžbe. Željko"
ESTONIAN = "Tere, hommikust saadik ei tööta kontoris internet. Palun kiiret abi. Jüri Õunapuu"
HUNGARIAN = "Jó napot kívánok! A nyomtató tegnap óta nem működik, kérem, segítsenek minél előbb."
LITHUANIAN = "Laba diena, spausdintuvas neveikia, gal galėtumėte padėti? Ačiū iš anksto. „Žalia“"
GREEK = "Καλημέρα, ο εκτυπωτής στο γραφείο δεν λειτουργεί. Άμεσα παρακαλώ – 30 €."
HEBREW = "שלום רב, המדפסת במשרד לא עובדת מאתמול. אנא עזרתכם בהקדם."
THAI = "เครื่องพิมพ์ในสำนักงานไม่ทำงานตั้งแต่เมื่อวาน กรุณาช่วยตรวจสอบด้วย"
TAIWANESE = "辦公室的印表機從昨天開始無法列印，麻煩儘快派人處理。"

LABELLED = [
    (RUSSIAN, ["utf-8", "windows-1251", "koi8-r", "iso-8859-5", "cp866", "utf-16"]),
    (UKRAINIAN, ["utf-8", "windows-1251", "koi8-u"]),
    (GERMAN, ["utf-8", "iso-8859-1", "iso-8859-15", "windows-1252"]),
    (POLISH, ["utf-8", "iso-8859-2", "windows-1250"]),
    (TURKISH, ["utf-8", "iso-8859-9", "windows-1254"]),
    (CHINESE, ["utf-8", "gb18030", "gbk", "gb2312"]),
    (JAPANESE, ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp"]),
    (KOREAN, ["utf-8", "euc-kr", "ks_c_5601-1987"]),
    (THAI, ["cp874", "tis-620", "iso-8859-11"]),
    (HEBREW, ["windows-1255", "iso-8859-8"]),
]
ODDLY_NAMED = [
    (RUSSIAN, "cp1251", "windows-1251; format=flowed"),
    (RUSSIAN, "cp1251", "x-win-1251"),
    (RUSSIAN, "cp1251", "windows-1251http-equiv=Content-Type"),
    (RUSSIAN, "mac-cyrillic", "x-mac-cyrillic"),
    (RUSSIAN, "cp866", "dos-866"),
    (RUSSIAN, "utf-8", "en_US.UTF-8"),
    (GERMAN, "mac-roman", "x-mac-roman"),
    (THAI, "cp874", "windows-874"),
    (CHINESE, "gbk", "x-gbk"),
    (TAIWANESE, "big5", "x-x-big5"),
    (JAPANESE, "cp932", "x-sjis"),
    (JAPANESE, "cp932", "windows-31j"),
    (KOREAN, "cp949", "x-windows-949"),
    (HEBREW, "cp1255", "iso-8859-8-i"),
    # Windows under the name of the narrower standard
    (POLISH + " – „30 zł”", "cp1250", "iso-8859-2"),
    (GERMAN + " – 30 €", "cp1252", "iso-8859-15"),
    (GERMAN + " – 30 €", "cp1252", "latin-1"),
    (LITHUANIAN, "cp1257", "iso-8859-13"),
    (GREEK, "cp1253", "iso-8859-7"),
    ("㗎啲嘢", "big5hkscs", "big5"),
    # which byte comes first, and a mark before the first letter
    (RUSSIAN, "utf-16-le", "utf-16"),
    (RUSSIAN, "utf-16-be", "utf-16"),
    (RUSSIAN, "utf-16", "unicode"),
    (GERMAN, "utf-32", "utf-32"),
    (RUSSIAN, "utf-8-sig", "utf-8"),
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
    *((RUSSIAN, real, said)
      for real in ("cp866", "iso-8859-5")
      for said in ("", "us-ascii", "windows-1251", "koi8-r", "utf-8")),
    *((RUSSIAN, "cp1251", said) for said in ("cp866", "iso-8859-5", "iso-8859-2", "windows-1250", "windows-1254")),
    *((text, real, said)
      for text, real in ((CZECH, "cp1250"), (CZECH, "iso-8859-2"), (POLISH, "cp1250"), (POLISH, "iso-8859-2"),
                         (CROATIAN, "iso-8859-2"), (HUNGARIAN, "cp1250"), (ESTONIAN, "cp1252"),
                         (TURKISH, "cp1254"), (GREEK, "cp1253"), (HEBREW, "cp1255"), (THAI, "cp874"))
      for said in ("us-ascii", "")),
    (CHINESE, "gbk", "big5"),
    (TAIWANESE, "big5", "gb2312"),
    (JAPANESE, "euc-jp", "shift_jis"),
    (JAPANESE, "cp932", "euc-jp"),
    (KOREAN, "cp949", "us-ascii"),
    ("发票已开", "gbk", "x-unknown"),
    (GERMAN, "utf-16", "utf-8"),
    ("Please call.", "ascii", "utf-16"),
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


@pytest.mark.parametrize(("text", "charset", "name"), ODDLY_NAMED)
def test_a_charset_is_known_by_any_of_its_names(text: str, charset: str, name: str) -> None:
    assert decode(text.encode(charset), name) == (text, "")


WESTERN = [
    "Grüße aus Köln", "Hélène Lefèvre", "À bientôt, où êtes-vous ?", "¿Cómo está? ¡Señor Núñez!", "5º andar, não há",
    "È così, perché no? Più", "På gensyn, hr. Sørensen", "Hyvää päivää", "Ég þakka fyrir það", "één coördinatie",
    "ÉTÉ À LA PLAGE", "naïve café à Zürich", "30 °C, ½ l, 15 m² – « mot »", "Ä Ö Ü ß", "Gênes", "déjà", "é",
]  # fmt: skip


SHORT_RUSSIAN = [
    "Принтер горит", "СРОЧНЫЙ ЗАКАЗ", "шишка, машина", "Счёт", "Тест", "РЕКЛАМАЦИЯ", "ЗАЯВКА", "Щётка и щит",
    "Не печатает", "ООО Ромашка", "Запрос цен",
]  # fmt: skip


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r"])
@pytest.mark.parametrize("text", SHORT_RUSSIAN)
def test_a_few_russian_words_are_russian(text: str, charset: str) -> None:
    assert guess(text.encode(charset))[0] == text


@pytest.mark.parametrize("text", WESTERN)
def test_a_few_western_letters_are_western(text: str) -> None:
    assert guess(text.encode("cp1252"))[0] == text
    assert decode(text.encode("cp1252"), "us-ascii")[0] == text


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


def test_utf_7_is_read_but_not_the_markup_that_it_hides() -> None:
    assert decode(b"Gr+APwA3w-e, 1 +- 1 = 2", "utf-7") == ("Grüße, 1 + 1 = 2", "")
    assert "<script>" not in decode(b"+ADw-script+AD4-", "utf-7")[0]


def test_the_two_halves_of_a_sign_in_utf_8_are_that_sign() -> None:
    assert decode("Принтер ".encode() + b"\xed\xa0\xbd\xed\xb4\xa5", "utf-8")[0] == "Принтер 🔥"


@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["", "utf-8", "koi8-r", "gbk", "iso-2022-jp", "utf-16", "utf-7", "big5", "cp1250", "idna", "zip", "\0", "hz"]
    ),
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
