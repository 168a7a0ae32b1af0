"""Profiles and settings: private files, comments kept, broken files named and left alone."""

from __future__ import annotations

import dataclasses
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.errors import DeskTrouble
from deskhelp.logs import LOG_NAME, redacted, start_log
from deskhelp.settings import (
    Profile,
    Settings,
    default_profile,
    load_settings,
    open_profile,
    resource_path,
    save_settings,
    write_private,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return open_profile(tmp_path / "desk")


@pytest.fixture
def untouched_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_the_default_profile_is_in_the_users_data_folder_and_not_made_by_asking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = default_profile()
    assert found.root.name == "deskhelp"
    if sys.platform.startswith("linux"):
        assert found.root == tmp_path / "deskhelp"
        assert list(tmp_path.iterdir()) == []


@posix
def test_a_new_profile_is_closed_to_other_users(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        profile = open_profile(tmp_path / "a" / "desk")
    finally:
        os.umask(before)
    assert [mode(p) for p in (profile.root, profile.log_dir, profile.attachments_dir)] == [0o700] * 3


@posix
def test_files_of_a_profile_that_others_could_read_are_closed(profile: Profile) -> None:
    wal = profile.database.with_name(profile.database.name + "-wal")
    for path in (profile.database, wal, profile.settings_file):
        path.touch()
        path.chmod(0o644)
    profile.root.chmod(0o755)
    open_profile(profile.root)
    assert [mode(p) for p in (profile.root, profile.database, wal, profile.settings_file)] == [0o700] + [0o600] * 3


@posix
def test_a_folder_with_strangers_things_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not ours")
    tmp_path.chmod(0o755)
    open_profile(tmp_path)
    assert mode(tmp_path) == 0o755
    assert mode(tmp_path / "logs") == 0o700


def test_a_file_in_place_of_the_profile_is_a_trouble_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a letter")
    with pytest.raises(DeskTrouble) as caught:
        open_profile(tmp_path / "desk")
    assert str(tmp_path / "desk") in caught.value.sentence


def test_settings_of_a_new_profile_are_the_defaults_and_write_nothing(profile: Profile) -> None:
    assert load_settings(profile) == Settings()
    save_settings(profile, Settings())
    assert not profile.settings_file.exists()


def test_saving_keeps_comments_order_and_keys_of_a_newer_version(profile: Profile) -> None:
    profile.settings_file.write_text('# ours\n[ui]\ntheme = "dark"  # night shift\nhologram = true\n', "utf-8")
    save_settings(profile, dataclasses.replace(load_settings(profile), language="ru", undo_send_s=20))
    text = profile.settings_file.read_text("utf-8")
    assert text.startswith('# ours\n[ui]\ntheme = "dark"  # night shift\nhologram = true\n')
    assert load_settings(profile) == Settings(theme="dark", language="ru", undo_send_s=20)


@posix
def test_the_settings_file_is_private(profile: Profile) -> None:
    before = os.umask(0)
    try:
        save_settings(profile, Settings(theme="dark"))
    finally:
        os.umask(before)
    assert mode(profile.settings_file) == 0o600


def values_of(field: dataclasses.Field[object]) -> st.SearchStrategy[object]:
    rule = field.metadata
    if isinstance(field.default, bool):
        return st.booleans()
    if isinstance(field.default, tuple):
        return st.lists(st.text(max_size=20).filter(lambda text: text.isprintable()), max_size=3).map(tuple)
    return st.sampled_from(rule["choices"]) if "choices" in rule else st.integers(rule["low"], rule["high"])


any_settings = st.builds(Settings, **{field.name: values_of(field) for field in dataclasses.fields(Settings)})


@given(first=any_settings, second=any_settings)
def test_what_was_saved_is_loaded(first: Settings, second: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    profile = Profile(tmp_path_factory.mktemp("desk"))
    for settings in (first, second):
        save_settings(profile, settings)
        assert load_settings(profile) == settings


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[ui]\ntheme = "dark\n', 2, "not TOML"),
        ('[ui]\n\ntheme = "pink"\n', 3, 'one of "system", "light", "dark"'),
        ("[mail]\nundo_send_s = true\n", 2, "from 0 to 120"),
        ("[mail]\nundo_send_s = 1.5\n", 2, "from 0 to 120"),
        ("[mail]\nundo_send_s = -1\n", 2, "from 0 to 120"),
        ('[ui]\nlanguage = "ru"\npaper = "yes"\n', 3, "true or false"),
        ('[mail]\npictures_from = "ann@x.example"\n', 2, "a list of texts"),
        ("[mail]\npictures_from = [1]\n", 2, "a list of texts"),
        ("language = 1\nui = 3\n", 2, "table"),
        ("[ui]\ntheme = [\n", 3, "not TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_never_overwritten(
    profile: Profile, text: str, line: int, reason: str
) -> None:
    profile.settings_file.write_text(text, "utf-8")
    with pytest.raises(DeskTrouble) as caught:
        load_settings(profile)
    assert caught.value.fields["line"] == line
    assert reason in caught.value.sentence
    assert str(profile.settings_file) in caught.value.sentence
    with pytest.raises(DeskTrouble):
        save_settings(profile, Settings(theme="light"))
    assert profile.settings_file.read_text("utf-8") == text


def test_a_file_in_another_charset_is_named_with_its_line(profile: Profile) -> None:
    profile.settings_file.write_bytes("[ui]\n# настройки\n".encode("cp1251"))
    with pytest.raises(DeskTrouble) as caught:
        load_settings(profile)
    assert caught.value.fields["line"] == 2


def test_notepads_byte_order_mark_does_no_harm(profile: Profile) -> None:
    profile.settings_file.write_bytes(b'\xef\xbb\xbf[ui]\r\ntheme = "dark"\r\n')
    assert load_settings(profile).theme == "dark"
    save_settings(profile, Settings(theme="light"))
    assert load_settings(profile).theme == "light"


def test_a_value_that_cannot_be_is_not_saved(profile: Profile) -> None:
    with pytest.raises(DeskTrouble, match="undo_send_s"):
        save_settings(profile, Settings(undo_send_s=999))
    assert not profile.settings_file.exists()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(profile, Settings(theme="dark"))
    before = profile.settings_file.read_bytes()

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeskTrouble, match="No space left"):
        save_settings(profile, Settings(theme="light"))
    assert profile.settings_file.read_bytes() == before
    assert {path.name for path in profile.root.iterdir()} == {"settings.toml", "logs", "attachments"}


def test_a_file_below_a_file_cannot_be_written_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not a folder")
    with pytest.raises(DeskTrouble, match="cannot be written"):
        write_private(tmp_path / "letter.txt" / "settings.toml", "x")


def test_resources_are_found() -> None:
    assert resource_path("README.md").is_file()


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("a1 LOGIN olga pa55", "pa55"),
        ('a1 LOGIN "olga" "pa 55 \\" word"', "word"),
        ("AUTH PLAIN AG9sZ2EAcGE1NQ==", "AG9s"),
        ("a2 AUTHENTICATE XOAUTH2 dXNlcj1v", "dXNl"),
        ("password=pa55 host=x", "pa55"),
        ("{'password': 'pa 55', 'host': 'x'}", "pa 55"),
        ("refresh_token: abc.def-1", "abc.def"),
        ("Authorization: Bearer eyJhbGciOi", "eyJh"),
        ("imaps://olga:pa55@mail.example/", "pa55"),
    ],
)
def test_no_secret_is_logged(line: str, secret: str) -> None:
    assert secret not in redacted(line)
    assert "[hidden]" in redacted(line)


def test_ordinary_lines_are_logged_as_they_are() -> None:
    line = "3 new mails in INBOX of imaps://olga@mail.example:993, login refused twice"
    assert redacted(line) == line


@pytest.mark.usefixtures("untouched_logging")
def test_the_log_appears_with_its_first_record_private_and_without_secrets(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    start_log(profile)
    assert not profile.root.exists()
    try:
        raise ValueError("password=pa55")
    except ValueError:
        logging.getLogger("deskhelp.test").exception("login of %s failed", "olga")
    logging.getLogger("imapclient").info("the text of a mail")
    log = profile.log_dir / LOG_NAME
    text = log.read_text("utf-8")
    assert "olga" in text
    assert "ValueError" in text
    assert "pa55" not in text
    assert "the text of a mail" not in text
    if sys.platform != "win32":
        assert (mode(log), mode(profile.log_dir)) == (0o600, 0o700)


@pytest.mark.usefixtures("untouched_logging")
def test_logs_rotate_and_a_second_start_takes_the_place_of_the_first(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk")
    start_log(Profile(tmp_path / "other"))
    handler = start_log(profile)
    handler.max_bytes = 2_000
    for _ in range(100):
        logging.getLogger("deskhelp.test").info("x" * 200)
    assert len(list(profile.log_dir.iterdir())) == 5
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("untouched_logging")
def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk").write_text("a file where the profile should be")
    start_log(Profile(tmp_path / "desk"))
    logging.getLogger("deskhelp.test").error("nowhere to go")
    assert capsys.readouterr().err == ""
