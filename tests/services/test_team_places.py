"""The addresses of hubs: what a person names is found again, whatever signs are in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.errors import DeskTrouble
from deskhelp.services.team_places import _parts, beat_s, missed_after_s, note_s, open_hub, pause_s, shown, url_of

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="/\\"), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda name: name == name.strip()))
def test_the_name_of_a_mailbox_is_found_again(name: str) -> None:
    assert shown(url_of("imap", name)) == name


@given(st.sampled_from(["folder", "sqlite"]), st.lists(NAMES, min_size=1, max_size=4))
def test_a_path_is_found_again(scheme: str, names: list[str]) -> None:
    path = "/mnt/" + "/".join(names)

    assert _parts(url_of(scheme, path)) == (scheme, Path(path))
    assert shown(url_of(scheme, path)) == path


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        (r"C:\Desk Help\Team", "C:/Desk Help/Team"),
        (r"\\nas\desk\команда", "//nas/desk/команда"),
        ("//nas/desk/100%", "//nas/desk/100%"),
        ("  /mnt/team  ", "/mnt/team"),
        (r"/mnt/odd\name", r"/mnt/odd\name"),
    ],
)
def test_what_people_type_on_windows_and_elsewhere(typed: str, path: str) -> None:
    assert _parts(url_of("folder", typed)) == ("folder", Path(path))


@pytest.mark.parametrize(
    "url", ["", "team", "folder:", "folder:///", "https://desk.example/team", "sqlite://", "imap:", "imap://a@b/"]
)
def test_what_is_no_place_is_refused_with_how_one_is_written(url: str) -> None:
    with pytest.raises(DeskTrouble, match="is no place for a team"):
        open_hub(url)


def test_a_mailbox_is_looked_into_often_enough_to_see_a_change_within_a_minute() -> None:
    assert pause_s("imap:support@desk.example") == 20
    assert note_s("imap:support@desk.example") == 40


@pytest.mark.parametrize("url", ["sqlite:///t", "folder:///t", "postgresql://a@b/t", "imap:support@desk.example"])
def test_who_fetches_is_missed_only_after_two_notes_that_did_not_come(url: str) -> None:
    assert missed_after_s(url) > beat_s(url) + pause_s(url)
    assert missed_after_s(url) < 3 * note_s(url)
