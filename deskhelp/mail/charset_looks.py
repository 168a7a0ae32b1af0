"""What bytes look like whose label is missing or wrong: which alphabet, and which charset writes it so."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

CYRILLIC: Final = ("cp1251", "koi8-u")  # KOI8-U is KOI8-R with the Ukrainian letters
OTHER_CYRILLIC: Final = ("cp866", "iso8859-5")
SAMPLE: Final = 4_000
_VOWELS: Final = frozenset("аеёиоуыэюяіїє")
_COMMON: Final = frozenset("оеаинтсрвлі")
_WORD: Final = re.compile(r"(?:[A-Za-z]|[^\x00-\x7f«»“”„…–—№\xa0])+")
_CYRILLIC_WORD: Final = re.compile(r"(?:[А-ЯЁЄІЇҐ]?[а-яёєіїґ]+|[А-ЯЁЄІЇҐ]+)\Z")
# Each of the two has its small letters where the other one has its capitals.
_SMALL: Final = {"cp1251": bytes(range(0xE0, 0x100)), "koi8-u": bytes(range(0xC0, 0xE0))}
# Where MS-DOS has the first half of the small letters and the capitals, these two have signs (without blanks and «).
_SIGNS: Final = bytes(set(range(0x80, 0xB0)) - {0xA0, 0xAB})
_MIXED: Final = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
_HIGHS: Final = re.compile(rb"[\x80-\xff]")
_ASCII: Final = bytes(range(0x80))
_ENOUGH: Final = 1_000
_SURELY: Final = 1.5  # Russian has 1.6 and more in its own charset, 1.3 at most in another one (measured)


def strict(data: bytes, codec: str) -> str | None:
    """The text, None if the codec does not read all of it."""
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def is_cyrillic(data: bytes, codec: str) -> bool:
    """Whether bytes labelled with a Cyrillic charset can be read in it, and not better in another one."""
    sample = data[:SAMPLE]
    if codec in CYRILLIC:
        other = CYRILLIC[0] if codec == CYRILLIC[1] else CYRILLIC[1]
        small, other_small, signs = (_count(sample, those) for those in (_SMALL[codec], _SMALL[other], _SIGNS))
        if small >= 4 * max(other_small, signs) and len(_MIXED.findall(sample)) * 5 <= small:
            return True
    sample = sample[:_ENOUGH]
    as_said = likeness(sample.decode(codec, "ignore"))
    if as_said is None:
        return True
    if sum(as_said) >= _SURELY:
        return True
    others = [likeness(sample.decode(name, "ignore")) for name in (*CYRILLIC, *OTHER_CYRILLIC) if name != codec]
    return sum(as_said) >= 0.4 and all(other is None or sum(as_said) + 0.2 >= sum(other) for other in others)


def _count(sample: bytes, those: bytes) -> int:
    return len(sample) - len(sample.translate(None, those))


def as_cyrillic(data: bytes) -> tuple[str, str] | None:
    """Russian or Ukrainian, if its words are such words; Western ones mix in letters of ASCII."""
    sample = data[:SAMPLE]
    if len(_MIXED.findall(sample)) * 2 > len(_HIGHS.findall(sample)):
        return None
    best: tuple[float, str] = (0.0, "")
    for codecs, lead in ((CYRILLIC, 0.0), (OTHER_CYRILLIC, 0.2)):
        for codec in codecs:
            found = likeness(sample.decode(codec, "ignore"))
            if found is not None and found[0] >= 0.6:
                best = max(best, (sum(found) - lead, codec))
    return (data.decode(best[1], "replace"), best[1]) if best[1] else None


def likeness(text: str) -> tuple[float, float] | None:
    """Of the words beyond ASCII, how many letters stand in words that look Cyrillic, and how many are common ones.

    None where there is too little to tell.
    """
    good = total = common = small = 0
    for word in _WORD.findall(text):
        if word.isascii() or (len(word) < 3 and _CYRILLIC_WORD.match(word)):
            continue
        total += len(word)
        low = word.lower()
        vowels = sum(sign in _VOWELS for sign in low)
        if _CYRILLIC_WORD.match(word) and 0.8 * len(word) >= vowels >= len(word) / 8:
            good += len(word)
            common += sum(sign in _COMMON for sign in low)
            small += not word.isupper()
    return (good / total, common / total) if total >= (4 if small else 6) else None


_HEBREW: Final = bytes(range(0xE0, 0xFB))
_NEVER_HEBREW: Final = bytes((*range(0xC0, 0xE0), *range(0xFB, 0x100)))
_LATE_HEBREW: Final = b"\xf8\xf9\xfa"  # in Russian ш, щ and ъ, in KOI8 Ь, Ы and З: seldom; here one letter in six
_FINAL_HEBREW: Final = re.compile(rb"[\xea\xed\xef\xf3\xf5](?=[\xe0-\xfa])")
_THAI_MARK: Final = re.compile(rb"[\xd1\xd4-\xda\xe7-\xed]")
_THAI_MARKED: Final = re.compile(rb"(?<=[\xa1-\xce\xd1\xd4-\xda\xe7-\xed])[\xd1\xd4-\xda\xe7-\xed]")
_THAI: Final = bytes((*range(0xA1, 0xDB), *range(0xDF, 0xFC)))


def as_hebrew(data: bytes) -> tuple[str, str] | None:
    """Hebrew is known by the bytes it never uses, and by five letters that stand at the end of words only."""
    sample = data[:SAMPLE]
    high = sample.translate(None, _ASCII)
    letters = _count(high, _HEBREW)
    if letters < 8 or letters * 10 < 9 * len(high) or _count(high, _NEVER_HEBREW):
        return None
    if _count(high, _LATE_HEBREW) * 12 < letters or len(_FINAL_HEBREW.findall(sample)) * 50 > letters:
        return None
    text = strict(data, "cp1255")
    return None if text is None else (text, "cp1255")


def as_thai(data: bytes) -> tuple[str, str] | None:
    """Thai is known by its marks, which stand above and below other letters only."""
    sample = data[:SAMPLE]
    high = sample.translate(None, _ASCII)
    marks = len(_THAI_MARK.findall(sample))
    if len(high) < 8 or _count(high, _THAI) * 20 < 19 * len(high) or marks * 8 < len(high):
        return None
    is_thai = len(_THAI_MARKED.findall(sample)) * 20 >= 19 * marks
    return (data.decode("cp874", "replace"), "cp874") if is_thai else None


# The letters beyond ASCII of languages that one charset writes, the likelier ones first.
_LETTERS: Final = (
    ("cp1252", "äöüßéáà"),  # German
    ("cp1252", "àâçèéêëîïôùûüœ"),  # French
    ("cp1252", "áéíñóúüªºç"),  # Spanish
    ("cp1252", "àáâãçéêíóôõúüªº"),  # Portuguese
    ("cp1252", "àèéìíòóùúªº"),  # Italian
    ("cp1252", "æøåéäöü"),  # Danish, Norwegian, Swedish, Finnish
    ("cp1252", "àçèéíïòóúü"),  # Catalan
    ("cp1252", "ëïéèöüáóê"),  # Dutch
    ("cp1254", "çğıiöşüâîû"),  # Turkish
    ("cp1252", "áðéíóúýþæöøå"),  # Icelandic, Faroese
    ("cp1252", "äõöüšž"),  # Estonian
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áčďéěíňóřšťúůýž"),  # Czech
    ("cp1250", "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "čćđšž"),  # Croatian, Slovene
    ("cp1250", "ăâîşţșțé"),  # Romanian
    ("iso8859-2", "ąćęłńóśźż"),
    ("iso8859-2", "áčďéěíňóřšťúůýž"),
    ("iso8859-2", "áäčďéíĺľňóôŕšťúýž"),
    ("iso8859-2", "áéíóöőúüű"),
    ("iso8859-2", "čćđšž"),
    ("iso8859-2", "ăâîşţșțé"),
    ("cp1257", "ąčęėįšųūž"),  # Lithuanian
    ("cp1257", "āčēģīķļņšūž"),  # Latvian
    ("cp1257", "äõöüšž"),  # Estonian
)
_IN_WORD: Final = re.compile(rb"(?<=[A-Za-z\x80-\xff])[\x80-\xff](?=[A-Za-z\x80-\xff])")
_AFTER_LETTER: Final = re.compile(rb"(?<=[A-Za-z\x80-\xff])[\x80-\xff](?![A-Za-z\x80-\xff])")
_NEVER_AFTER_LETTER: Final = frozenset("¡¢¥¦¬¯±¶¼½¾¿×÷")
_BETWEEN_WORDS: Final = frozenset("‘’“”„«»‹›–—…·•&\xa0\xad\x92\x96\x93\x94\x84\x85")


def latin_codec(data: bytes) -> str:
    """The charset in which these bytes are letters of one language that is written with it; cp1252 when in doubt."""
    sample = data[:SAMPLE]
    highs, inside = Counter(sample.translate(None, _ASCII)), Counter(map(ord, _IN_WORD.findall(sample)))
    behind = Counter(map(ord, _AFTER_LETTER.findall(sample)))
    total = highs.total()
    best, western = (total + 1, ""), total
    read: dict[str, list[tuple[str, int, int, int]]] = {}
    for codec, letters in _LETTERS:
        if codec not in read:
            signs = [(bytes((byte,)).decode(codec, "replace").lower(), byte) for byte in highs]
            read[codec] = [(sign, highs[byte], inside[byte], behind[byte]) for sign, byte in signs]
        wrong = sum(_wrong(letters, *counted) for counted in read[codec])
        western = min(western, wrong) if codec == "cp1252" else western
        if wrong < best[0]:
            best = (wrong, codec)
        if not wrong:
            break
    is_clear = western * 4 >= total or (not best[0] and western > 1)
    return best[1] if best[0] * 2 < western and is_clear else "cp1252"


def _wrong(letters: str, sign: str, often: int, amid: int, behind: int) -> int:
    """How many of a sign's places are not where it can stand: `amid` letters, `behind` the last one of a word."""
    if sign.isalpha():
        return 0 if sign in letters else often
    if sign == "\ufffd" or "\x80" <= sign < "\xa0":
        return often
    if sign in _BETWEEN_WORDS:
        return 0
    return amid + behind if sign in _NEVER_AFTER_LETTER else amid


# Of these each is in one text in twenty letters or so, whatever the text is about.
_OFTEN: Final = {
    "gb18030": "的一是不了人我在有他这个上们来到时大地为中你说就那要下以会好请问您谢件题能法电话公司将与及已和无日月年",
    "cp950": "的一是不了人我在有他這個上們來到時大地為中你說就那要下以會好請問您謝件題能法電話公司將與及已和無日月",
    "cp949": "이다가는을를의에서하고기사지도로한시리자니요어해주세습부안인정아스일대그보수전만게나제원드감",
    "cp932": "のにをはがでといますたしてるりれんなかっもこ、。ーンスル山田中本日件様",
    "euc_jp": "のにをはがでといますたしてるりれんなかっもこ、。ーンスル山田中本日件様",
}
# Where each has the letters that are in daily use: kana and the first level of signs, Hangul.
_DAILY: Final = {
    "gb18030": re.compile(rb"[\xb0-\xd7\xa1\xa3][\xa1-\xfe]"),
    "cp950": re.compile(rb"[\xa4-\xc6\xa1][\x40-\x7e\xa1-\xfe]"),
    "cp949": re.compile(rb"[\xb0-\xc8][\xa1-\xfe]"),
    "euc_jp": re.compile(rb"[\xa4\xa5\xb0-\xcf\xa1][\xa1-\xfe]"),
    "cp932": re.compile(rb"(?:[\x81\x88-\x97][\x40-\x7e\x80-\xfc]|\x82[\x9f-\xf1]|\x83[\x40-\x96])"),
}
_EAST: Final = re.compile(r"[^\x00-\x7f]")
_WITH_HIGHS: Final = re.compile(rb"[\x21-\x7e\x80-\xff]*[\x80-\xff][\x21-\x7e\x80-\xff]*")


def eastern(data: bytes, codec: str) -> float:
    """How much bytes look like a text in a charset of East Asia, from 0 to 2; 0 if they cannot be read in it."""
    sample = data[:SAMPLE]
    text = sample.decode(codec, "ignore" if len(data) > SAMPLE else "replace")
    signs = _EAST.findall(text)
    if not signs or text.count("\ufffd") * 20 > len(signs):
        return 0.0
    often = sum(sign in _OFTEN[codec] for sign in signs)
    daily = len(_DAILY[codec].findall(sample))
    return min(1.0, daily / len(signs)) + min(1.0, 3 * often / len(signs))


def as_eastern(data: bytes) -> tuple[str, str] | None:
    """Chinese, Japanese or Korean, where the words have hardly a letter of ASCII in them and look like such ones."""
    words = _WITH_HIGHS.findall(data[:SAMPLE])
    high = sum(len(_HIGHS.findall(word)) for word in words)
    if high < 4 or high * 9 < 4 * sum(map(len, words)):
        return None
    score, codec = max((eastern(data, codec), codec) for codec in _DAILY)
    text = None if score < 0.85 else strict(data, codec)
    return None if text is None else (text, codec)
