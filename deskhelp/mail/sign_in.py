"""Why a password was refused: what servers write, and what their providers want instead."""

from __future__ import annotations

import re

from .troubles import AuthTrouble, MailTrouble, asks_to_come_later, throttled
from .urls import Endpoint

# Hosts by the ends of their names, and what helps there. Texts follow the providers' own help pages.
_ADVICE = (
    (
        ("gmail.com", "googlemail.com", "google.com"),
        "Gmail wants an app password here: Google account, Security, 2-Step Verification, App passwords.",
    ),
    (
        ("yandex.ru", "yandex.com", "yandex.net", "ya.ru"),
        "Yandex wants an app password for mail, and IMAP switched on in Settings, Email clients.",
    ),
    (
        ("mail.ru", "bk.ru", "inbox.ru", "list.ru"),
        "Mail.ru wants a password for external applications: Settings, Security, Passwords for external applications.",
    ),
    (
        ("office365.com", "outlook.com", "hotmail.com", "office.com"),
        "Microsoft 365 and Outlook.com take no passwords from mail programs, only a sign-in in the browser "
        "(OAuth), which DeskHelp does not have yet.",
    ),
    (("me.com", "icloud.com"), "iCloud wants an app-specific password: account.apple.com, Sign-In and Security."),
    (("yahoo.com",), "Yahoo wants an app password: Account Security, Generate app password."),
    (("rambler.ru",), "Rambler wants mail programs switched on: Settings, Mail programs."),
    (("fastmail.com",), "Fastmail wants an app password: Settings, Privacy & Security."),
)
_ELSEWHERE = (
    "Check user name and password. Many providers want an app password here. DeskHelp does not try again by "
    "itself, so that the account is not locked."
)
_MISMATCH = re.compile(r"authenticated but not connected", re.IGNORECASE)
_SWITCHED_OFF = re.compile(r"IMAP (access )?(is )?(disabled|not enabled|turned off)|disabled IMAP", re.IGNORECASE)


def advice_for(host: str) -> str:
    """What helps with sign-in at the provider of `host`, in English; empty for an unknown one."""
    for ends, advice in _ADVICE:
        if any(host == end or host.endswith("." + end) for end in ends):
            return advice
    return ""


def refusal(endpoint: Endpoint, answer: str) -> MailTrouble:
    """The trouble behind a server's refusal of a login; `answer` is one line of plain text."""
    if asks_to_come_later(answer) and "AUTHENTICATIONFAILED" not in answer.upper():
        return throttled(endpoint, answer)
    fields = {"host": endpoint.shown_host, "user": endpoint.user}
    if _MISMATCH.search(answer):
        return AuthTrouble(
            "{host} accepts the password of {user}, but has no mailbox open to this user.",
            advice="Ask the administrator whether the account may use IMAP, and whether the user name is the "
            "mailbox's own.",
            detail=answer,
            **fields,
        )
    if _SWITCHED_OFF.search(answer) and not advice_for(endpoint.host):
        return AuthTrouble(
            "{host} says that IMAP is switched off for {user}.",
            advice="Switch it on in the settings of the mailbox.",
            detail=answer,
            **fields,
        )
    return AuthTrouble(
        "{host} refused the password of {user}.",
        advice=advice_for(endpoint.host) or _ELSEWHERE,
        detail=answer,
        **fields,
    )


def no_passwords(endpoint: Endpoint) -> AuthTrouble:
    """The server takes no passwords at all, even under TLS (LOGINDISABLED, no AUTH PLAIN or LOGIN)."""
    return AuthTrouble(
        "{host} does not take passwords from mail programs.",
        advice=advice_for(endpoint.host) or "Ask the server's administrator how mail programs may sign in.",
        detail="LOGINDISABLED, or no AUTH PLAIN or LOGIN",
        host=endpoint.shown_host,
        user=endpoint.user,
    )
