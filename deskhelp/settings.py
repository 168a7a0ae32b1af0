"""Where one installation keeps its things, and what its user has chosen.

A profile is one folder that holds everything of one installation. Settings are TOML, so that an administrator
can write them by hand: comments and unknown keys survive a save, and a broken file is named, never replaced.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from deskhelp.domain.errors import DeskTrouble

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
_PACKAGE: Final = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """A file or folder of `resources/`: beside a checkout, inside an installed wheel or a frozen program."""
    installed = _PACKAGE / "_resources"
    base = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return base.joinpath(*parts)


@dataclass(frozen=True, slots=True)
class Profile:
    """The paths of one installation, all below `root`; nothing is created by asking for them."""

    root: Path

    @property
    def database(self) -> Path:
        """The replica: one SQLite file (with ``-wal`` and ``-shm`` beside it while it is open)."""
        return self.root / "desk.sqlite"

    @property
    def settings_file(self) -> Path:
        """TOML; absent until something was changed."""
        return self.root / "settings.toml"

    @property
    def log_dir(self) -> Path:
        """Rotating logs without message text or secrets."""
        return self.root / "logs"

    @property
    def attachments_dir(self) -> Path:
        """Attachments of drafts and those opened in other programs."""
        return self.root / "attachments"

    @property
    def snapshot_dir(self) -> Path:
        """A copy of the team's data on its way to the team's place or from there; mostly not there."""
        return self.root / "snapshot"

    @property
    def snapshot_lock(self) -> Path:
        """Held while such a copy is made."""
        return self.root / "snapshot.lock"

    @property
    def restored_mark(self) -> Path:
        """Is there from when a backup is put in place until the answers that wait in it are held."""
        return self.root / "restored"

    @property
    def lock_file(self) -> Path:
        """Held by the one program that may write to the replica."""
        return self.root / "desk.lock"


def default_profile() -> Profile:
    """The profile in the platform's folder for a program's data of this user."""
    import platformdirs

    return Profile(platformdirs.user_data_path("deskhelp", appauthor=False, roaming=False))


def open_profile(root: Path | None = None) -> Profile:
    """The profile at `root` (the default one without), its folders made and closed to other users.

    Raises DeskTrouble where a folder cannot be made or is not one.
    """
    profile = default_profile() if root is None else Profile(root.expanduser().absolute())
    try:
        _private_root(profile)
        for folder in (profile.log_dir, profile.attachments_dir):
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        _close_files(profile)
    except FileExistsError as error:
        raise DeskTrouble("{path} is a file, not a folder for a profile.", path=error.filename) from error
    except OSError as error:
        raise DeskTrouble(
            "The profile folder {path} cannot be used: {reason}.",
            advice="Choose another folder with --profile, or ask for the rights to this one.",
            path=profile.root,
            reason=error.strerror or error,
        ) from error
    return profile


def _private_root(profile: Profile) -> None:
    """Make the root; a folder that holds strangers' things keeps its mode (somebody may have named /tmp)."""
    ours = not profile.root.exists() or profile.database.exists() or not any(profile.root.iterdir())
    profile.root.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if ours and _mode_counts():
        _close(profile.root, FOLDER_MODE)


def _close_files(profile: Profile) -> None:
    if not _mode_counts():
        return
    beside = [profile.database.with_name(profile.database.name + end) for end in ("-wal", "-shm")]
    for path in (profile.database, *beside, profile.settings_file, profile.lock_file):
        if path.exists() and path.stat().st_mode & 0o077:
            _close(path, FILE_MODE)


def _close(path: Path, mode: int) -> None:
    """Keep others out; what belongs to another user is theirs to close, and may still be looked at."""
    with contextlib.suppress(PermissionError):
        path.chmod(mode)


def _mode_counts() -> bool:
    """Windows keeps a user's data folder private by its access list; modes say nothing there."""
    return sys.platform != "win32"


def _choice(table: str, default: str, *choices: str) -> Any:
    return field(default=default, metadata={"table": table, "choices": choices})


def _number(table: str, default: int, low: int, high: int) -> Any:
    return field(default=default, metadata={"table": table, "low": low, "high": high})


def _flag(table: str, default: bool) -> Any:
    return field(default=default, metadata={"table": table})


def _texts(table: str) -> Any:
    return field(default=(), metadata={"table": table})


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation's user has chosen; each field is the key of its name in its TOML table."""

    language: str = _choice("ui", "system", "system", "en", "ru")
    theme: str = _choice("ui", "system", "system", "light", "dark")
    page_size: int = _number("ui", 100, 10, 1000)
    density: str = _choice("ui", "comfortable", "comfortable", "compact")
    paper: bool = _flag("ui", True)  # HTML mail on a light card under a dark theme too
    notify: bool = _flag("ui", True)
    undo_send_s: int = _number("mail", 10, 0, 120)
    poll_interval_s: int = _number("mail", 60, 10, 3600)
    remote_images: str = _choice("mail", "ask", "ask", "never")
    send_and: str = _choice("mail", "keep", "keep", "solve", "pending")
    pictures_from: tuple[str, ...] = _texts("mail")  # senders whose pictures on the network are always shown

    def shows_pictures_of(self, address: str) -> bool:
        """Whether pictures on the network are shown unasked in mail of this sender."""
        return bool(address) and self.remote_images != "never" and address.casefold() in self.pictures_from

    def with_pictures_of(self, address: str, *, is_wanted: bool) -> Settings:
        """The settings by which pictures of this sender are always shown, or are asked about again."""
        others = [known for known in self.pictures_from if known != address.casefold()]
        return replace(self, pictures_from=(*others, address.casefold()) if is_wanted else tuple(others))


def load_settings(profile: Profile) -> Settings:
    """The settings of `profile`; defaults where nothing is written.

    Unknown keys are left to the version that knows them. Raises DeskTrouble that names the line of a broken
    file or of a value that cannot be.
    """
    text = _read(profile.settings_file)
    return _settings_from(text, profile.settings_file) if text else Settings()


def _read(path: Path) -> str:
    """The file's text, empty where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _broken(path, line, "it is not UTF-8 text") from error
    except OSError as error:
        raise DeskTrouble(
            "The settings file {path} cannot be read: {reason}.", path=path, reason=error.strerror or error
        ) from error


def _settings_from(text: str, path: Path) -> Settings:
    import tomllib  # here, as most profiles have no settings file and the window is waited for

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(path, _line_in(str(error), text), "it is not TOML", str(error)) from error
    values: dict[str, Any] = {}
    for spec in dataclasses.fields(Settings):
        table = tables.get(spec.metadata["table"], {})
        if not isinstance(table, dict):
            raise _broken(path, _line_of(text, "", spec.metadata["table"]), "a table is expected here")
        if spec.name in table:
            values[spec.name] = _checked(spec, table[spec.name], text, path)
    return Settings(**values)


def _checked(spec: dataclasses.Field[Any], value: object, text: str, path: Path) -> Any:
    reason = _objection(spec, value)
    if not reason:
        return tuple(str(item) for item in value) if isinstance(value, list) else value
    raise _broken(path, _line_of(text, spec.metadata["table"], spec.name), f"{spec.name} must be {reason}")


def _objection(spec: dataclasses.Field[Any], value: object) -> str:
    """What a value of this setting must be, or nothing where it is so."""
    rule = spec.metadata
    if isinstance(spec.default, tuple):
        is_list = isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        return "" if is_list else "a list of texts"
    if isinstance(spec.default, bool):
        return "" if isinstance(value, bool) else "true or false"
    if isinstance(spec.default, int):
        number = isinstance(value, int) and not isinstance(value, bool) and rule["low"] <= value <= rule["high"]
        return "" if number else f"a whole number from {rule['low']} to {rule['high']}"
    return "" if value in rule["choices"] else "one of " + ", ".join(f'"{choice}"' for choice in rule["choices"])


def _line_in(message: str, text: str) -> int:
    """The line that tomllib names in its message; the last one where it says "end of document"."""
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else text.count("\n") + 1


def _line_of(text: str, table: str, key: str) -> int:
    """The line on which `key` of `table` stands, 1 where it is written in a way not searched for here."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            current = header[1]
        elif current == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return 1


def _broken(path: Path, line: int, reason: str, detail: str = "") -> DeskTrouble:
    return DeskTrouble(
        "Line {line} of the settings file {path} is wrong: {reason}.",
        advice="Mend that line, or move the file away to start from the defaults; it is left as it is.",
        detail=detail,
        path=path,
        line=line,
        reason=reason,
    )


def save_settings(profile: Profile, settings: Settings) -> None:
    """Write what differs from the file, comments and unknown keys kept, whole or not at all.

    Raises DeskTrouble for a value that cannot be, a broken file (which stays) and a disk that refuses.
    """
    text = _read(profile.settings_file)
    before = _settings_from(text, profile.settings_file) if text else Settings()
    changed = {
        spec: value
        for spec in dataclasses.fields(Settings)
        if (value := getattr(settings, spec.name)) != getattr(before, spec.name)
    }
    for spec, value in changed.items():
        if reason := _objection(spec, value):
            raise DeskTrouble("The setting {name} must be {reason}.", name=spec.name, reason=reason)
    if changed:
        write_private(profile.settings_file, _with_changes(text, changed))


def _with_changes(text: str, changed: dict[dataclasses.Field[Any], Any]) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    for spec, value in changed.items():
        table = document.setdefault(spec.metadata["table"], tomlkit.table())
        table[spec.name] = list(value) if isinstance(value, tuple) else value
    return tomlkit.dumps(document)


def write_private(path: Path, text: str) -> None:
    """Put `text` at `path`, for this user only, whole or not at all; DeskTrouble where that is refused."""
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(aside).unlink()
            raise
    except OSError as error:
        raise DeskTrouble(
            "The file {path} cannot be written: {reason}.", path=path, reason=error.strerror or error
        ) from error
