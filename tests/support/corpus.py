"""The mails that nobody here wrote, and what is right about them: the judges of `tests/mail/test_corpus.py`.

Expectations come from four places: the `expected.json` and `.ref` files that stand beside the mails, file names and
READMEs (`corpus_names.py`), and for sound fields the standard library's other, strict parser (`email.policy.default`).
"""

from __future__ import annotations

import base64
import email
import email.policy
import functools
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from deskhelp.mail.html import clean_html, html_to_text
from deskhelp.mail.names import safe_name
from deskhelp.mail.quotes import reply_text
from deskhelp.mail.reader import ReadMail, part_bytes, read_mail

from .corpus_names import ATTACHED, AUTOMATIC, FROM, KINDS, SUBJECTS, TEXTS

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_NO_MAIL = (".md", ".json", ".ref", ".png", ".tnef", ".html")
_NO_MAILS = ("bleach", "crisp-email-reply-parser", "imaptest/", "mail-thread", "mimekit/mbox", "mimekit/text")
_ALSO_NO_MAIL = (
    "talon/signature",
    "_reply_text",
    "flanker/abridged",
    "flanker/domain",
    "flanker/mailbox",
    "flanker/url",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One expectation: `what` is subject, sender, attachments, kind, ...; `name` the file it stands beside."""

    source: str
    what: str
    name: str
    expected: object
    found: object
    right: bool


@dataclass(frozen=True, slots=True)
class Timed:
    mail: ReadMail
    seconds: float


def name_of(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


@functools.cache
def files() -> tuple[Path, ...]:
    """Everything in the corpus that is read as a mail, whatever it is: also texts, dialogues and mailboxes."""
    return tuple(path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.suffix not in _NO_MAIL)


@functools.cache
def read(path: Path) -> Timed:
    raw = path.read_bytes()
    started = time.process_time()
    mail = read_mail(raw)
    return Timed(mail, time.process_time() - started)


def mails() -> Iterator[Path]:
    """The files that are mails."""
    for path in files():
        name = name_of(path)
        if not name.startswith(_NO_MAILS) and not any(part in name for part in _ALSO_NO_MAIL):
            yield path


def find(source: str, name: str) -> Path:
    return next((CORPUS / source).rglob(name))


def expected(source: str, path: str = "expected.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CORPUS / source / path).read_text("utf-8"))
    return found


def words(text: object) -> str:
    return " ".join(str(text).split())


def judged(source: str, what: str, name: str, wanted: object, found: object) -> Verdict:
    return Verdict(source, what, name, wanted, found, wanted == found)


def all_verdicts() -> list[Verdict]:
    judges: tuple[Callable[[], Iterator[Verdict]], ...] = (
        sound_fields,
        by_name,
        bounceparser,
        crisp,
        talon_replies,
        talon_html,
        talon_signatures,
        mime_tools,
        tnef,
        bleach,
        flanker_addresses,
    )
    return [verdict for judge in judges for verdict in judge()]


def sound_fields() -> Iterator[Verdict]:
    """Subject, sender and attached files wherever the strict parser finds nothing wrong with them."""
    for path in mails():
        name = name_of(path)
        source = name.partition("/")[0]
        try:
            strict = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            yield from _sound_head(strict, source, name, read(path).mail)
            if not any(part.defects for part in strict.walk()):
                yield from _sound_files(strict, source, name, read(path).mail)
        except Exception:  # the strict parser raises what it likes on damaged mails
            continue


def _sound_head(strict: EmailMessage, source: str, name: str, mail: ReadMail) -> Iterator[Verdict]:
    subject, sender = strict.get_all("Subject", []), strict.get_all("From", [])
    if len(subject) == 1 and not subject[0].defects and name not in SUBJECTS and "\ufffd" not in subject[0]:
        yield judged(source, "subject", name, words(subject[0]), words(mail.subject))
    if len(sender) == 1 and not sender[0].defects and name not in FROM:
        people = [person for person in sender[0].addresses if "@" in person.addr_spec.strip("@")]
        if people:
            yield judged(source, "sender", name, people[0].addr_spec, mail.sender.address)


def _sound_files(strict: EmailMessage, source: str, name: str, mail: ReadMail) -> Iterator[Verdict]:
    leaves = [part for part in _leaves(strict) if part.get_filename() and part.get_content_type() not in _UNPACKED]
    wanted = [(safe_name(part.get_filename()), _digest(part)) for part in leaves]
    is_lost = any("\ufffd" in file for file, _ in wanted)
    if wanted and not is_lost and name not in ATTACHED:
        found = {(part.name, part.sha256) for part in mail.attachments}
        missing = [item for item in wanted if item not in found]
        shown = [(part.name, part.size) for part in mail.attachments]
        yield Verdict(source, "attachments", name, wanted, shown, not missing)


_UNPACKED = ("application/ms-tnef", "application/vnd.ms-tnef")


def _leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    if part.get_content_type().startswith("multipart/"):
        for child in part.iter_parts():
            yield from _leaves(child)
    elif part.get_content_maintype() != "message":
        yield part


def _digest(part: EmailMessage) -> str:
    return hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest()


def by_name() -> Iterator[Verdict]:
    """What file names and READMEs say, in `corpus_names.py`."""
    for what, table, found in (
        ("subject", SUBJECTS, lambda mail: mail.subject),
        ("sender", FROM, lambda mail: (mail.sender.name, mail.sender.address)),
        ("attachments", ATTACHED, lambda mail: [part.name for part in mail.attachments]),
        ("kind", KINDS, lambda mail: str(mail.kind)),
    ):
        for name, wanted in table.items():
            yield judged(name.partition("/")[0], what, name, wanted, found(read(CORPUS / name).mail))
    for name, passage in TEXTS.items():
        text = words(read(CORPUS / name).mail.text)
        yield Verdict(name.partition("/")[0], "text", name, passage, text[:200], passage in text)
    for name in AUTOMATIC:
        found = read(CORPUS / name).mail.may_auto_reply
        yield judged(name.partition("/")[0], "no answer by machine", name, False, found)


def bounceparser() -> Iterator[Verdict]:
    for name, wanted in expected("bounceparser").items():
        mail = read(find("bounceparser", name)).mail
        kind = str(mail.kind)
        if wanted.get("is_auto"):
            yield judged("bounceparser", "kind", name, "auto_reply", kind)
        else:
            yield judged("bounceparser", "bounce", name, wanted["is_bounce"], kind == "bounce")
        if "addresses" in wanted:
            lost = sorted({item.address.lower() for item in mail.bounced})
            yield judged("bounceparser", "recipients", name, sorted(map(str.lower, wanted["addresses"])), lost)
        if "status" in wanted:
            statuses = [item.status for item in mail.bounced]
            yield Verdict("bounceparser", "status", name, wanted["status"], statuses, wanted["status"] in statuses)
        code = wanted.get("smtp_code", 0)
        if code >= 500 and wanted["is_bounce"]:
            lasting = any(item.permanent for item in mail.bounced)
            yield Verdict("bounceparser", "permanence", name, code, mail.bounced, lasting)


def crisp() -> Iterator[Verdict]:
    source = "crisp-email-reply-parser"
    for name, wanted in expected(source).items():
        text = find(source, name).read_bytes().decode("utf-8")
        found = words(reply_text(text))
        exact = wanted.get("visible", wanted.get("first_fragment"))
        if wanted.get("nothing_quoted_or_signature"):
            exact = text
        right = exact is None or words(exact) == found
        kept = [passage for passage in wanted.get("first_fragment_contains", ()) if words(passage) not in found]
        yield Verdict(source, "quotes", name, exact or wanted, found, right and not kept)


def talon_replies() -> Iterator[Verdict]:
    for path in sorted((CORPUS / "talon" / "standard_replies").glob("*.eml")):
        beside = path.with_name(path.stem + "_reply_text")
        wanted = beside.read_text("utf-8") if beside.exists() else "Hello"
        wanted = re.split(r"\n(?:-- ?\n|Sent from )", wanted)[0]  # signatures are left out as well
        yield judged("talon", "quotes", path.name, words(wanted), words(read(path).mail.reply_text))


def talon_html() -> Iterator[Verdict]:
    """What is left of an HTML answer when its quotation is folded, and as text where there is no text part."""
    wanted = "Hi. I am fine. Thanks, Alex"
    for path in sorted((CORPUS / "talon" / "html_replies").glob("*.html")):
        html = path.read_bytes().decode("utf-8", "replace")
        yield judged("talon", "quotes in HTML", path.name, wanted, words(html_to_text(clean_html(html).html)))
        raw = b"From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n" + html.encode()
        yield judged("talon", "quotes in HTML", f"{path.name} as text", wanted, words(read_mail(raw).reply_text))


def talon_signatures() -> Iterator[Verdict]:
    for path in sorted((CORPUS / "talon" / "signature" / "emails" / "stripped").glob("*_body")):
        text = re.sub("(?m)^#sig#", "", path.read_text("utf-8"))
        beside = path.with_name(path.name.replace("_body", "_signature"))
        signature = beside.read_text("utf-8").strip()
        wanted = text.strip().removesuffix(signature) if signature else text
        yield judged("talon", "signatures", path.name, words(wanted), words(reply_text(text)))


_REF_PART = re.compile(r'"(Msg|Part_[\d_]+)" => \{(.*?)\n\s*\}', re.DOTALL)
_REF_FIELD = re.compile(r'"(\w+)" => (?:"((?:[^"\\]|\\.)*)"|(\d+))')


def mime_tools() -> Iterator[Verdict]:
    """Subjects, senders, names and sizes of parts; those inside attached mails are not parts of the mail."""
    for path in sorted((CORPUS / "mime-tools").glob("*.ref")):
        table = path.read_text("utf-8", "replace")
        target = re.search(r'"Message" => "testmsgs/([^"]+)"', table)
        assert target
        mail = read(CORPUS / "mime-tools" / target[1]).mail
        wants_uuencode = "ExtractUuencode" in table or "uu-" not in path.name
        parts = {name: dict(_fields(body)) for name, body in _REF_PART.findall(table)}
        head = parts.get("Msg", {})
        if "Subject" in head:
            yield judged("mime-tools", "subject", path.name, words(head["Subject"]), words(mail.subject))
        sender = re.search(r"[^\s<>(]+@[^\s<>)]+", head.get("From", ""))
        if sender:
            yield judged("mime-tools", "sender", path.name, sender[0], mail.sender.address)
        embedded = tuple(f"{name}_" for name, part in parts.items() if part.get("Type", "").startswith("message/"))
        files = [part for name, part in parts.items() if "Filename" in part and not name.startswith(embedded or "-")]
        if files and wants_uuencode:
            wanted = [(safe_name(part["Filename"]), part.get("Size", "")) for part in files]
            found = [(part.name, str(part.size)) for part in mail.attachments]
            right = all(any(a == name and size in ("", b) for a, b in found) for name, size in wanted)
            yield Verdict("mime-tools", "attachments", path.name, wanted, found, right)


def _fields(body: str) -> Iterator[tuple[str, str]]:
    for name, text, number in _REF_FIELD.findall(body):
        text = re.sub(r"\\x\{(\w+)\}", lambda match: chr(int(match[1], 16)), text)
        yield name, number or re.sub(r"\\(.)", r"\1", text)


def tnef() -> Iterator[Verdict]:
    """Each winmail.dat in a mail of its own: its files are attachments of that mail, with their bytes."""
    head = b"From: a@example.org\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: "
    for name, items in expected("mimekit", "tnef/expected.json").items():
        if not name.endswith(".tnef"):
            continue
        raw = head + b"base64\n\n" + base64.encodebytes((CORPUS / "mimekit" / "tnef" / name).read_bytes())
        mail = read_mail(raw)
        wanted = sorted(item["sha256"] for item in items if not item["is_body"])
        contents = [part_bytes(raw, part.index) for part in mail.attachments]
        found = [hashlib.sha256(data).hexdigest() for data in contents]
        # What is expected of texts was written with the line ends of another system.
        unix = [hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() for data in contents]
        right = {*wanted} <= {*found, *unix} and found == [part.sha256 for part in mail.attachments]
        shown = [(part.name, part.size) for part in mail.attachments]
        yield Verdict("mimekit", "winmail.dat", name, [(item["name"], item["size"]) for item in items], shown, right)


_HOSTILE = re.compile(
    r"<[^>]*\s(?:on\w+|src|srcset|background|poster|action)\s*=|javascript:|vbscript:"
    r"|<(?:script|style|link|iframe|object|embed|meta|base|form|svg)",
    re.IGNORECASE,
)


def bleach() -> Iterator[Verdict]:
    for path in sorted((CORPUS / "bleach").rglob("*.test")):
        attack = path.read_text("utf-8").partition("\n--")[0]
        found = clean_html(attack).html
        yield Verdict(
            "bleach", "clean HTML", path.name, "nothing that runs or loads", found, not _HOSTILE.search(found)
        )


def flanker_addresses() -> Iterator[Verdict]:
    for line in (CORPUS / "flanker" / "mailbox_valid.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            sender = read_mail(f"From: {line}\nSubject: x\n\ntext".encode()).sender.address
            wanted = re.sub(r"^[^<>]*<(.*)>$", r"\1", re.sub(r'^([^"]*?)\(.*?\)|^"<.*>" ', r"\1", line).strip())
            yield judged("flanker", "address", line, wanted.replace("\\", ""), sender.replace("\\", ""))
