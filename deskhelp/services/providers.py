"""What is known of mail providers: servers, and what their users stumble over. A guess for all others.

Servers and ports are from the providers' own help pages; the guess for an unknown domain follows RFC 6186's common
names. Nothing is looked up on the network here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SignIn(StrEnum):
    """How a provider lets a mail program in."""

    PASSWORD = "password"
    APP_PASSWORD = "app_password"
    OAUTH_ONLY = "oauth_only"


@dataclass(frozen=True, slots=True)
class Provider:
    """Servers as URLs without a user; `files_sent`: the provider itself puts what is sent into Sent."""

    name: str
    imap: str
    smtp: str
    sign_in: SignIn = SignIn.PASSWORD
    help_url: str = ""
    files_sent: str = "unknown"
    is_known: bool = True


_GMAIL = Provider(
    "Gmail",
    "imaps://imap.gmail.com:993",
    "smtps://smtp.gmail.com:465",
    SignIn.APP_PASSWORD,
    "https://support.google.com/accounts/answer/185833",
    "yes",
)
_MICROSOFT = Provider(
    "Microsoft 365",
    "imaps://outlook.office365.com:993",
    "smtp+starttls://smtp.office365.com:587",
    SignIn.OAUTH_ONLY,
    "https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040",
    "yes",
)
_YANDEX = Provider(
    "Yandex",
    "imaps://imap.yandex.ru:993",
    "smtps://smtp.yandex.ru:465",
    SignIn.APP_PASSWORD,
    "https://yandex.ru/support/id/authorization/app-passwords.html",
)
_MAIL_RU = Provider(
    "Mail.ru",
    "imaps://imap.mail.ru:993",
    "smtps://smtp.mail.ru:465",
    SignIn.APP_PASSWORD,
    "https://help.mail.ru/mail/security/protection/external",
)
_RAMBLER = Provider("Rambler", "imaps://imap.rambler.ru:993", "smtps://smtp.rambler.ru:465")
_ICLOUD = Provider(
    "iCloud",
    "imaps://imap.mail.me.com:993",
    "smtp+starttls://smtp.mail.me.com:587",
    SignIn.APP_PASSWORD,
    "https://support.apple.com/102654",
)
_YAHOO = Provider(
    "Yahoo",
    "imaps://imap.mail.yahoo.com:993",
    "smtps://smtp.mail.yahoo.com:465",
    SignIn.APP_PASSWORD,
    "https://help.yahoo.com/kb/SLN15241.html",
)
_GMX = Provider("GMX", "imaps://imap.gmx.net:993", "smtps://mail.gmx.net:465")
_FASTMAIL = Provider(
    "Fastmail",
    "imaps://imap.fastmail.com:993",
    "smtps://smtp.fastmail.com:465",
    SignIn.APP_PASSWORD,
    "https://www.fastmail.help/hc/en-us/articles/360058752854",
)

_BY_DOMAIN: Final[dict[str, Provider]] = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), _GMAIL),
    **dict.fromkeys(
        ("outlook.com", "hotmail.com", "live.com", "msn.com", "onmicrosoft.com"),
        _MICROSOFT,
    ),
    **dict.fromkeys(("yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz"), _YANDEX),
    **dict.fromkeys(("mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru"), _MAIL_RU),
    **dict.fromkeys(("rambler.ru", "lenta.ru", "autorambler.ru", "ro.ru", "myrambler.ru"), _RAMBLER),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), _ICLOUD),
    **dict.fromkeys(("yahoo.com", "ymail.com", "rocketmail.com"), _YAHOO),
    **dict.fromkeys(("gmx.de", "gmx.net", "gmx.at", "gmx.ch"), _GMX),
    **dict.fromkeys(("fastmail.com", "fastmail.fm"), _FASTMAIL),
}


def provider_for(address: str) -> Provider:
    """The provider of an address; for an unknown domain the usual names of its servers, as a guess."""
    domain = address.rpartition("@")[2].strip().casefold()
    known = _BY_DOMAIN.get(domain)
    if known is None and domain.endswith(".onmicrosoft.com"):
        known = _MICROSOFT
    if known is not None:
        return known
    return Provider(
        domain,
        f"imaps://imap.{domain}:993",
        f"smtps://smtp.{domain}:465",
        is_known=False,
    )
