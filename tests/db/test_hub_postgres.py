"""What PostgreSQL does besides the contract of a hub: troubles, rights, TLS, being woken."""

from __future__ import annotations

import contextlib
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from deskhelp.db.hub_postgres import PostgresHub, postgres_hub
from deskhelp.db.postgres_address import address_of
from deskhelp.db.postgres_troubles import failure_of, trouble_of
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.segments import BrokenItem, HubTrouble, may_stay, seal
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from tests.support.certificates import Authority
from tests.support.like_cockroach import LikeCockroach
from tests.support.postgres import Postgres
from tests.support.servers import TeamDatabase, require_postgres

DIGEST = "dddddddddddddddddddddddddddddddd"
ONE, TWO = f"seg/00000000000000aa/0000000001-{DIGEST}", f"seg/00000000000000aa/0000000002-{DIGEST}"
OTHER = f"seg/00000000000000bb/0000000001-{DIGEST}"
BLOB = "blob/" + "c" * 32
Opened = Callable[..., PostgresHub]


@pytest.fixture
def opened(team_database: TeamDatabase) -> Iterator[Opened]:
    """``opened(url, password)`` opens a hub, that of `team_database` without arguments; closed after the test."""
    with contextlib.ExitStack() as stack:

        def open_one(url: str = team_database.url, password: str | None = team_database.password) -> PostgresHub:
            return stack.enter_context(contextlib.closing(postgres_hub(url, password)))

        yield open_one


# -- troubles ------------------------------------------------------------------------------------


def trouble_at(url: str, password: str | None) -> HubTrouble:
    with pytest.raises(HubTrouble) as caught:
        postgres_hub(url, password)
    return caught.value


def everything_of(error: BaseException | None) -> str:
    """All that a log could show of an error and of those before it."""
    if error is None:
        return ""
    told = f"{error} {error!r} {vars(error)}"
    return told + everything_of(error.__cause__) + everything_of(error.__context__)


def test_a_wrong_password_is_said_and_nowhere_shown(team_database: TeamDatabase) -> None:
    trouble = trouble_at(team_database.url, "canary-5521")

    assert "refuses desk or the password" in trouble.sentence
    assert "canary-5521" not in everything_of(trouble)


def test_a_password_that_nobody_gave_is_asked_for(team_database: TeamDatabase) -> None:
    trouble = trouble_at(team_database.url, None)

    assert "password of desk" in trouble.sentence
    assert "DESKHELP_TEAM_PASSWORD" in trouble.advice


def test_what_a_server_says_in_its_own_language_of_a_password_is_understood() -> None:
    class Connection:
        used_password = True

    error = psycopg.OperationalError("ВАЖНО: пользователь не прошёл проверку подлинности", pgconn=Connection())  # type: ignore[arg-type]
    address = address_of("postgresql://desk@db.example.org/team")

    assert "password" in trouble_of(failure_of(error, is_connecting=True), address).sentence


def test_a_database_that_is_not_there_is_named_with_the_command_that_makes_it(postgres: Postgres) -> None:
    trouble = trouble_at(postgres.url("desk", "nowhere"), postgres.password("desk"))

    assert trouble.sentence == "There is no database nowhere at 127.0.0.1."
    assert 'CREATE DATABASE "nowhere" OWNER "desk";' in trouble.advice


def test_a_role_that_may_not_connect_is_told_who_can_help(team_database: TeamDatabase) -> None:
    server = team_database.server
    server.admin(f'REVOKE CONNECT ON DATABASE "{team_database.name}" FROM PUBLIC')
    server.add_user(f"guest_{team_database.name}")

    trouble = trouble_at(
        server.url(f"guest_{team_database.name}", team_database.name), server.password(f"guest_{team_database.name}")
    )

    assert "does not let guest_" in trouble.sentence


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("no-such-host.invalid", "There is no computer named no-such-host.invalid."),
        ("127.0.0.1:1", "127.0.0.1 cannot be reached on port 1."),
    ],
)
def test_a_server_that_is_away_is_said(where: str, said: str) -> None:
    assert trouble_at(f"postgresql://desk@{where}/team", "x").sentence == said


def test_a_server_that_stops_is_said_and_found_again(tmp_path: Path) -> None:
    require_postgres()
    with Postgres() as server:
        password = server.add_user("desk")
        with contextlib.closing(postgres_hub(server.add_database("team", "desk"), password)) as hub:
            hub.put(ONE, seal(b"one"))
            assert hub.wait(0)

            server.stop()

            with pytest.raises(HubTrouble, match=r"stopping|broke|cannot be reached"):
                hub.names("seg/")
            with pytest.raises(HubTrouble, match=r"stopping|broke"):
                hub.wait(20)
            with pytest.raises(HubTrouble, match="cannot be reached on port"):
                hub.wait(20)
            server.start()
            assert hub.names("seg/") == [ONE]
            assert hub.wait(0)


def test_a_connection_that_the_server_ends_is_told_by_the_first_error_and_made_anew(
    opened: Opened, team_database: TeamDatabase
) -> None:
    hub = opened()
    team_database.run(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = 'desk'",
        team_database.name,
    )

    with pytest.raises(HubTrouble, match="is stopping or starting"):
        hub.put(ONE, seal(b"one"))
    hub.put(ONE, seal(b"one"))
    assert hub.names("") == [ONE]


# -- rights --------------------------------------------------------------------------------------


def test_a_role_that_may_not_make_tables_is_told_the_grant_and_works_once_they_are_there(
    opened: Opened, team_database: TeamDatabase
) -> None:
    server, role = team_database.server, f"poor_{team_database.name}"
    url, password = server.url(role, team_database.name), server.add_user(role)

    trouble = trouble_at(url, password)
    assert "may not make tables" in trouble.sentence
    assert f'GRANT USAGE, CREATE ON SCHEMA public TO "{role}";' in trouble.advice

    opened().put(ONE, seal(b"one"))
    poor = opened(url, password)
    with pytest.raises(HubTrouble) as caught:
        poor.get(ONE)
    grant = caught.value.advice.partition(": ")[2]
    team_database.run(grant)
    poor.put(TWO, seal(b"two"))
    assert poor.names("seg/") == [ONE, TWO]
    poor.say("a" * 16, b"note")
    assert opened().heard() == {"a" * 16: b"note"}


# -- items ---------------------------------------------------------------------------------------


def test_names_are_found_whatever_the_order_of_the_database_is(postgres: Postgres, opened: Opened) -> None:
    options = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ka-shifted'"
    url = postgres.add_database("team_icu", "desk", options)
    postgres.admin("CREATE TABLE deskhelp_item (name varchar(255) PRIMARY KEY, data bytea NOT NULL)", "team_icu")
    postgres.admin("ALTER TABLE deskhelp_item OWNER TO desk", "team_icu")
    hub = opened(url, postgres.password("desk"))
    for name in (OTHER, TWO, BLOB, "about", ONE):
        hub.put(name, seal(name.encode()))

    assert hub.names("seg/") == [ONE, TWO, OTHER]
    assert hub.names("seg/00000000000000bb/") == [OTHER]
    assert hub.names("about") == ["about"]
    assert hub.names("blob/") == [BLOB]


def test_the_key_finds_what_a_name_begins_with(opened: Opened, team_database: TeamDatabase) -> None:
    opened()

    (collation,) = team_database.run(
        "SELECT collation_name FROM information_schema.columns WHERE (table_name, column_name) = (%s, %s)",
        "deskhelp_item",
        "name",
    )
    assert collation == "C"


def until_blocked(database: TeamDatabase, thread: threading.Thread) -> None:
    """Return when `thread` waits for another's lock in the database, or has ended."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    end = time.monotonic() + 20
    while thread.is_alive() and database.run(asked, database.name) == (0,):
        assert time.monotonic() < end, "nobody waits for a lock"


def test_a_damaged_item_is_replaced_only_while_it_is_damaged(
    opened: Opened, team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who mends it after this program saw the damage comes after this program has mended it too."""
    hub = opened()
    hub.put(BLOB, seal(b"packed so"))
    mend, damage = "UPDATE deskhelp_item SET data = %s", b"broken"
    team_database.run(mend, damage)
    with pytest.raises(BrokenItem):
        hub.get(BLOB)
    other = threading.Thread(target=team_database.run, args=(mend, seal(b"packed so")))

    def may_stay_while_another_mends(name: str, found: bytes, wanted: bytes) -> bool:
        other.start()
        until_blocked(team_database, other)
        return may_stay(name, found, wanted)

    monkeypatch.setattr("deskhelp.db.hub_sql.may_stay", may_stay_while_another_mends)
    hub.put(BLOB, seal(b"packed otherwise"))
    other.join(20)

    assert hub.get(BLOB) == seal(b"packed so")


def test_two_programs_may_make_the_table_at_once(team_database: TeamDatabase) -> None:
    opened_late: list[PostgresHub] = []
    late = threading.Thread(target=lambda: opened_late.append(postgres_hub(team_database.url, team_database.password)))
    with psycopg.connect(team_database.url, password=team_database.password) as first:
        first.execute("CREATE TABLE deskhelp_item (name varchar(255) PRIMARY KEY, data bytea NOT NULL)")
        late.start()
        until_blocked(team_database, late)
    late.join(20)
    first.close()

    with contextlib.closing(opened_late[0]) as hub:
        hub.put(ONE, seal(b"one"))
        assert hub.names("") == [ONE]


CONFLICTS = """
CREATE SEQUENCE tries;
GRANT USAGE ON SEQUENCE tries TO PUBLIC;
CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('tries') < {times} THEN RAISE EXCEPTION 'restart transaction' USING ERRCODE = '40001'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER conflict BEFORE INSERT ON deskhelp_item FOR EACH ROW EXECUTE FUNCTION conflict();
"""


def test_a_transaction_that_another_came_into_is_run_again(opened: Opened, team_database: TeamDatabase) -> None:
    hub = opened()
    team_database.run(CONFLICTS.format(times=4))

    hub.put(ONE, seal(b"one"))

    assert hub.get(ONE) == seal(b"one")
    assert team_database.run("SELECT last_value FROM tries") == (4,)


def test_conflicts_without_end_are_a_trouble(
    opened: Opened, team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskhelp.db.hub_postgres._PAUSES_S", (0.0,) * 7)
    hub = opened()
    team_database.run(CONFLICTS.format(times=1000))

    with pytest.raises(HubTrouble, match="is busy"):
        hub.put(ONE, seal(b"one"))
    assert team_database.run("SELECT last_value FROM tries") == (8,)


# -- being woken ---------------------------------------------------------------------------------

PUTTER = """
import sys
from deskhelp.domain.segments import seal
from deskhelp.services.team_places import open_hub
hub = open_hub(sys.argv[1])
for name in sys.stdin:
    hub.put(name.strip(), seal(name.encode()))
    print("put", flush=True)
hub.close()
"""


@pytest.fixture
def putter(team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """``putter(name)`` has another process put an item; it returns when that is done."""
    monkeypatch.setenv("DESKHELP_TEAM_PASSWORD", team_database.password)
    command = [sys.executable, "-c", PUTTER, team_database.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin and stdout

        def put(name: str) -> None:
            stdin.write(f"{name}\n")
            stdin.flush()
            assert stdout.readline() == "put\n"

        put("about")  # it has started
        yield put
        stdin.close()
    assert process.returncode == 0


def test_another_process_wakes_who_waits(opened: Opened, putter: Callable[[str], None]) -> None:
    hub = opened()
    assert hub.wait(0), "nobody heard what came before"
    assert not hub.wait(0)
    began = time.monotonic()
    late = threading.Thread(target=putter, args=(ONE,))
    late.start()

    assert hub.wait(20)

    assert time.monotonic() - began < 2
    late.join(20)
    assert hub.names("seg/") == [ONE]


def test_what_comes_while_nobody_waits_is_heard_later_and_only_segments_are_news(
    opened: Opened, putter: Callable[[str], None]
) -> None:
    hub = opened()
    hub.wait(0)
    putter(BLOB)
    assert not hub.wait(0.05)
    putter(ONE)

    assert hub.wait(20)
    putter(ONE)  # it is there already
    assert not hub.wait(0.05)


def test_closing_ends_the_waiting_of_another_thread(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    hub, waits = opened(), threading.Event()
    hub.wait(0)

    class Selector(selectors.DefaultSelector):
        def select(self, timeout: float | None = None) -> Any:
            waits.set()
            return super().select(timeout)

    monkeypatch.setattr(selectors, "DefaultSelector", Selector)
    answers: list[bool] = []
    waiter = threading.Thread(target=lambda: answers.append(hub.wait(60)))
    waiter.start()
    assert waits.wait(20)

    hub.close()

    waiter.join(20)
    assert answers == [False]
    assert not hub.wait(60)


def test_where_nobody_is_notified_the_time_passes(opened: Opened) -> None:
    hub = opened()
    hub._database.is_cockroach = True
    hub.put(ONE, seal(b"one"))
    began = time.monotonic()

    assert not hub.wait(0.05)

    assert time.monotonic() - began >= 0.05
    hub.close()
    assert not hub.wait(60)


def test_an_engine_like_cockroach_is_never_asked_for_what_it_has_not(team_database: TeamDatabase) -> None:
    port = team_database.server.port
    with LikeCockroach(port) as engine:
        url = team_database.url.replace(f":{port}/", f":{engine.port}/")
        with contextlib.closing(postgres_hub(url, team_database.password)) as hub:
            for name in (ONE, TWO, OTHER, BLOB):
                hub.put(name, seal(name.encode()))
            hub.replace(ONE, seal(b"again"))
            hub.remove([TWO])
            hub.say("a" * 16, b"note")

            assert not hub.wait(0.05)
            assert hub.names("seg/") == [ONE, OTHER]
            assert hub.get(ONE) == seal(b"again")
            assert hub.heard() == {"a" * 16: b"note"}
    assert engine.aborted >= 4
    assert not engine.refused


# -- TLS and the address -------------------------------------------------------------------------


def test_a_server_that_proves_itself_is_spoken_to_over_tls(opened: Opened, team_database: TeamDatabase) -> None:
    hub = opened(f"{team_database.url}?sslmode=verify-full&sslrootcert={team_database.server.ca_file}")

    assert hub._database.execute_sql("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone() == (True,)


def test_a_server_of_another_authority_is_refused(team_database: TeamDatabase, tmp_path: Path) -> None:
    stranger = Authority(tmp_path / "stranger")

    trouble = trouble_at(f"{team_database.url}?sslmode=verify-full&sslrootcert={stranger.ca_file}", "canary-5521")

    assert "could not be proven" in trouble.sentence
    assert "certificate verify failed" in trouble.detail


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://desk@db.example.org/team", "verify-full"),
        ("postgresql://desk@db.example.org/team?sslmode=require", "require"),
        ("postgresql://desk@10.0.0.5:26257/team", "verify-full"),
        ("postgresql://desk@localhost/team", "prefer"),
        ("postgresql://desk@[::1]/team", "prefer"),
        ("postgresql://desk@127.0.0.1/team?sslmode=verify-full", "verify-full"),
        ("postgresql:///team", "prefer"),
    ],
)
def test_another_computer_must_prove_who_it_is_unless_the_address_says_otherwise(url: str, mode: str) -> None:
    told: dict[str, Any] = address_of(url).parameters()

    assert told["sslmode"] == mode
    assert ("sslrootcert" in told) == mode.startswith("verify")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk@db.example.org/",
        "postgresql://desk@db.example.org/a/b",
        "postgresql://desk:canary/5521@db.example.org/team",
        "postgresql://desk:canary#5521@db.example.org/team",
        "postgresql://desk:canary[5521@db.example.org/team",
        "postgresql://desk@db..example.org/team",
        "postgresql://desk@db.example.org/team?password=canary",
        "postgresql://desk@db.example.org/team?options=-cfoo=canary",
        "postgresql://desk@db.example.org/team?sslmode=canary",
        "postgresql://desk@db.example.org/team?canary",
        "postgresql://desk:12/canary@db.example.org",
    ],
)
def test_an_address_that_says_more_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(DeskTrouble) as caught:
        address_of(url)

    assert "canary" not in everything_of(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PGHOSTADDR", "192.0.2.1"), ("PGHOST", "192.0.2.1"), ("PGPORT", "1")],
)
def test_the_environment_sends_nobody_elsewhere(
    team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with contextlib.closing(postgres_hub(team_database.url, team_database.password)) as hub:
        hub.put(ONE, seal(b"one"))
        assert hub.names("") == [ONE]


def test_a_password_of_the_environment_is_not_handed_out(
    team_database: TeamDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", team_database.password)

    with pytest.raises(HubTrouble, match="password"):
        postgres_hub(team_database.url, None)


# -- the driver ----------------------------------------------------------------------------------

USE_WITHOUT = """
import sys
from pathlib import Path
from deskhelp.services import team
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
root = Path(sys.argv[1])
with Office.open(open_profile(root / "desk")) as office:
    team.create(office, f"sqlite://{root.as_posix()}/team.sqlite")
sys.exit("psycopg" in sys.modules)
"""


def test_the_driver_is_loaded_by_nobody_who_meets_elsewhere(tmp_path: Path) -> None:
    """It takes longer to load than all else of the database; peewee would take whatever driver it finds."""
    with Office.open(open_profile(tmp_path / "desk")):
        pass  # the first start makes the database, by a part of peewee that loads all drivers
    done = subprocess.run(
        [sys.executable, "-c", USE_WITHOUT, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
