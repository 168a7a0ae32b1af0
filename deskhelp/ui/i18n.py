"""The language of the window: English sources, Russian complete; Qt's own texts come along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from deskhelp.domain.errors import DeskTrouble, fill
from deskhelp.settings import resource_path

LANGUAGES = ("en", "ru")
# Qt holds no reference to a translator: one that Python forgets translates nothing any more.
_kept: list[QTranslator] = []


class Step(Protocol):
    """A step of the connection test, as far as words go."""

    @property
    def template(self) -> str: ...
    @property
    def advice_template(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, object]: ...


def language_for(choice: str) -> str:
    """The language for a setting: itself, or for ``system`` the first of the system's that we speak."""
    if choice in LANGUAGES:
        return choice
    for tag in QLocale.system().uiLanguages():
        if (code := tag.replace("_", "-").split("-")[0].lower()) in LANGUAGES:
            return code
    return "en"


def install(app: QCoreApplication, choice: str) -> str:
    """Make `app` speak the chosen language, in place of any before; tells which it is."""
    language = language_for(choice)
    while _kept:
        app.removeTranslator(_kept.pop())
    QLocale.setDefault(_locale(language))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((qt_folder, f"qtbase_{language}"), (str(resource_path("i18n")), f"deskhelp_{language}")):
        translator = QTranslator()
        if translator.load(name, folder):
            app.installTranslator(translator)
            _kept.append(translator)
    return language


def _locale(language: str) -> QLocale:
    """The system's own locale where it speaks that language (British dates stay British), else the language's."""
    system = QLocale.system()
    wanted = QLocale(language)
    return system if system.language() == wanted.language() else wanted


def say(trouble: DeskTrouble) -> str:
    """What went wrong and what happens next, in the window's language."""
    return " ".join(part for part in (sentence(trouble), advice(trouble)) if part)


def sentence(trouble: DeskTrouble) -> str:
    return fill(QCoreApplication.translate("trouble", trouble.template), trouble.fields)


def step_sentence(step: Step) -> str:
    """What a step of the connection test found, in the window's language."""
    return fill(QCoreApplication.translate("trouble", step.template), dict(step.fields))


def step_advice(step: Step) -> str:
    """What to do about it; "" if nothing."""
    template = step.advice_template
    return fill(QCoreApplication.translate("trouble", template), dict(step.fields)) if template else ""


def advice(trouble: DeskTrouble) -> str:
    template = trouble.advice_template
    return fill(QCoreApplication.translate("trouble", template), trouble.fields) if template else ""
