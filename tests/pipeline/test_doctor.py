from __future__ import annotations

import errno
import fcntl
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.config import Settings
from archive.db.database import APPLICATION_ID
from archive.folder import DataFolder
from pipeline.cli.main import main
from pipeline.run import chromium, ytdlp
from pipeline.run.cluster.depot import Depot
from pipeline.run.doctor import machine, network, place
from pipeline.run.doctor.browser import browser
from pipeline.run.doctor.elsewhere import backups, cluster
from pipeline.run.doctor.finding import Examined, Finding, Severity
from pipeline.run.doctor.videos import videos
from tests import object_store, web_samples
from tests.replica.server import Replica

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def asked(folder: Path, **settings: object) -> Examined:
    given = Settings(**{"contact": "a@b.example", **settings})  # type: ignore[arg-type]
    return Examined(DataFolder(folder), given, folder.parent / "isw-archive.toml", NOW)


def doctor(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "doctor", *words])


def test_on_a_good_machine_all_is_well_and_nothing_is_kept(tmp_path: Path) -> None:
    result = doctor(tmp_path, "--offline", "--json")
    answer = json.loads(result.stdout)
    assert [f for f in answer["findings"] if f["state"] == "bad"] == []
    assert (result.exit_code, answer["ok"]) == (0, True)
    assert list(tmp_path.iterdir()) == []


def test_without_a_contact_nobody_is_asked_and_it_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_CONTACT")
    result = doctor(tmp_path)
    assert result.exit_code == 1
    assert "isw-archive init --contact" in result.output
    assert "network: not tried: no contact is set" in result.output


def test_the_contact_of_our_guides_is_none_and_its_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_CONTACT")
    config = tmp_path / "isw-archive.toml"
    config.write_text('contact = "mailto:you@your.organisation"\n')
    result = doctor(tmp_path)
    assert result.exit_code == 1
    assert f"set contact in {config}" in result.output
    assert "network: not tried: contact mailto:you@your.organisation" in result.output


def test_a_wrong_configuration_is_named_and_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text("workers = 'many'")
    result = doctor(tmp_path, "--offline")
    assert (result.exit_code, "workers" in result.output) == (2, True)


def test_a_variable_that_nothing_reads_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "DATA",
        "HOST_DELAY_S",
        "ALARM_URLS",
        "SPN_ACCESS_KEY",
        "TEST_CLOCK_OFFSET_S",
        "RUN",
    ):
        monkeypatch.setenv(f"ISW_ARCHIVE_{name}", "1")
    assert place.configuration(asked(tmp_path / "data")).state is Severity.OK
    monkeypatch.setenv("ISW_ARCHIVE_HOST_DELAY", "9")
    found = place.configuration(asked(tmp_path / "data"))
    assert found.state is Severity.NOTE
    assert "nothing reads ISW_ARCHIVE_HOST_DELAY:" in found.mend


def test_a_disk_that_is_read_only_is_no_question_of_owners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(place.tempfile, "TemporaryFile", refuse)
    found = place.data_folder(asked(tmp_path / "data"))
    assert (found.state, "read-only" in found.mend) == (Severity.BAD, True)


def test_calendars_that_nothing_is_installed_for_stand_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = asked(tmp_path / "data", timestamp_calendars="https://calendar.example")
    assert [one.state for one in place.calendars(named)] == [Severity.OK]
    monkeypatch.setattr(place, "installed", lambda: False)
    assert [one.mend for one in place.calendars(named)] == ["pip install 'isw-archive[ots]'"]
    assert list(place.calendars(asked(tmp_path / "data"))) == []


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as served:
        yield served


def test_the_network_is_tried_by_the_proxy_and_behind_the_guard(
    replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in replica.env().items():
        monkeypatch.setenv(name, value)
    assert place_of(network.proxy()) == (Severity.OK, "")
    found = list(network.sites(asked(tmp_path / "data")))
    assert [finding.state for finding, _ in found] == [Severity.OK] * len(network.ASKED)
    assert "understandingwar.org: answered" in found[0][0].said


def place_of(finding: Finding) -> tuple[Severity, str]:
    return finding.state, finding.mend


def test_a_proxy_that_does_not_answer_is_said_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", "http://user:s3cret@127.0.0.1:9")
    found = network.proxy()
    assert found.state is Severity.BAD
    assert "s3cret" not in found.said + found.mend
    assert "http_proxy" in found.mend


@pytest.mark.parametrize(
    ("off", "state"),
    [(0, Severity.OK), (200, Severity.OK), (-3600, Severity.BAD), (90_000, Severity.BAD)],
)
def test_the_clock_is_compared_with_the_servers(tmp_path: Path, off: int, state: Severity) -> None:
    theirs = format_datetime(NOW + timedelta(seconds=off), usegmt=True)
    assert machine.clock_right(asked(tmp_path / "data"), [theirs]).state is state


def test_a_server_with_a_wrong_clock_does_not_make_ours_wrong(tmp_path: Path) -> None:
    dates = [format_datetime(NOW + timedelta(days=n), usegmt=True) for n in (0, 400)]
    assert machine.clock_right(asked(tmp_path / "data"), ["no date", *dates]).state is Severity.OK


@pytest.mark.parametrize(
    ("version", "state"), [((3, 37, 2), Severity.BAD), ((3, 40, 1), Severity.OK)]
)
def test_an_old_sqlite_is_said(version: tuple[int, ...], state: Severity) -> None:
    assert machine.sqlite(version).state is state


def test_a_folder_that_cannot_be_written_is_said_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(place.tempfile, "TemporaryFile", refuse)
    found = place.data_folder(asked(tmp_path / "data"))
    assert found.state is Severity.BAD
    assert "change the owner or mode" in found.mend


def test_a_run_that_holds_the_archive_is_named(tmp_path: Path) -> None:
    held = asked(tmp_path / "data")
    held.folder.make()
    with held.folder.locked():
        found = place.lock(held)
    assert (found.state, "process" in found.said) == (Severity.NOTE, True)
    assert place.lock(held).state is Severity.OK


def test_a_lock_is_looked_at_and_not_taken(tmp_path: Path) -> None:
    held = asked(tmp_path / "data")
    held.folder.make()
    (held.folder.root / "lock").write_text("")
    place.lock(held)
    with (held.folder.root / "lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_database_that_is_being_made_is_not_bad(tmp_path: Path) -> None:
    made = asked(tmp_path / "data")
    made.folder.make()
    with sqlite3.connect(made.folder.database) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.close()
    assert place.database(made).state is Severity.NOTE


def test_a_database_of_another_program_is_bad_and_ours_is_good(tmp_path: Path) -> None:
    made = asked(tmp_path / "data")
    web_samples.make(made.folder.root)
    assert place.database(made).state is Severity.OK
    other = asked(tmp_path / "other")
    other.folder.make()
    with sqlite3.connect(other.folder.database) as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    assert place.database(other).state is Severity.BAD


def test_addresses_of_alarms_are_counted_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "ISW_ARCHIVE_ALARM_URLS", "mailto://user:s3cret@mail.example json://hook.example/t0ken"
    )
    result = doctor(tmp_path, "--offline")
    assert "2 addresses" in result.output
    assert "s3cret" not in result.output
    assert "t0ken" not in result.output


def test_little_room_is_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.show import space

    usage = (10**12, 10**12, 5 * 10**8)
    monkeypatch.setattr(
        space.shutil, "disk_usage", lambda _: type("Usage", (), {"free": usage[2]})()
    )
    found = next(place.disk(asked(tmp_path / "data")))
    assert (found.state, "500.0 MB free" in found.said) == (Severity.BAD, True)


# --- the browser ----------------------------------------------------------------------------------


def test_who_needs_no_browser_hears_of_none(tmp_path: Path) -> None:
    assert list(browser(asked(tmp_path / "data"))) == []


@pytest.mark.parametrize(
    ("found", "mend"),
    [
        ({"find_spec": lambda _: None}, r"isw-archive\[browser\]"),
        ({"program": lambda: None}, "apt install chromium"),
        ({"program": lambda: "/usr/bin/chromium"}, "sandbox = false"),
    ],
)
def test_what_keeps_the_browser_from_starting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: dict[str, object], mend: str
) -> None:
    monkeypatch.setattr(chromium, "find_spec", lambda _: True)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    for name, value in found.items():
        monkeypatch.setattr(chromium, name, value)
    [finding] = browser(asked(tmp_path / "data", browser_hosts=("maps.example",)))
    assert finding.state is Severity.BAD
    assert re.search(mend, finding.mend)
    assert "maps.example" in finding.said


# --- yt-dlp ---------------------------------------------------------------------------------------


def test_who_names_no_host_for_yt_dlp_hears_of_none(tmp_path: Path) -> None:
    assert list(videos(asked(tmp_path / "data"))) == []


@pytest.mark.parametrize(
    ("found", "media", "state", "mend"),
    [
        (None, "videos", Severity.BAD, r"isw-archive\[videos\]"),
        (True, "pictures", Severity.NOTE, "media = videos"),
        (True, "videos", Severity.OK, ""),
    ],
)
def test_what_keeps_yt_dlp_from_fetching_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    found: object,
    media: str,
    state: Severity,
    mend: str,
) -> None:
    monkeypatch.setattr(ytdlp, "find_spec", lambda _: found)
    [finding] = videos(asked(tmp_path / "data", ytdlp_hosts=("film.example",), media=media))
    assert finding.state is state
    assert re.search(mend, finding.mend or "")
    assert "film.example" in finding.said


# --- where copies go, and where a cluster meets ---------------------------------------------------


def test_where_copies_go_is_tried_by_writing(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "file").touch()

    def look(place: str) -> Finding:
        (found,) = backups(asked(tmp_path / "data", backup_to=place), offline=True)
        return found

    assert look(str(tmp_path / "disk")).state is Severity.OK
    away = look(str(tmp_path / "away"))
    assert (away.state, "mounted" in away.said) == (Severity.NOTE, True)
    assert look(str(tmp_path / "file")).state is Severity.BAD
    assert look("s3://nothing at all").state is Severity.BAD
    assert look("s3://bucket/isw").said.endswith("nobody is asked")
    assert list(backups(asked(tmp_path / "data"), offline=True)) == []
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_store_for_copies_is_tried_by_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with object_store.served() as store:
        for name, value in {**object_store.KEYS, "AWS_ENDPOINT_URL": store.url}.items():
            monkeypatch.setenv(name, value)
        where = f"s3://{object_store.BUCKET}/isw"
        (found,) = backups(asked(tmp_path / "data", backup_to=where), offline=False)
        assert (found.state, store.objects) == (Severity.OK, {})
        assert [method for method, _ in store.asked] == ["PUT", "POST"]  # and taken away


def test_where_a_cluster_meets_is_tried(tmp_path: Path) -> None:
    (tmp_path / "depot").mkdir()
    queue = "host=127.0.0.1 port=1"
    given = asked(tmp_path / "data", queue=queue, depot=str(tmp_path / "depot"))
    (no_queue, no_depot) = cluster(given, offline=False)
    assert (no_queue.state, "PostgreSQL" in no_queue.said) == (Severity.BAD, True)
    assert (no_depot.state, "plan" in no_depot.mend) == (Severity.NOTE, True)
    Depot.at(str(tmp_path / "depot")).place.prepare()
    (untried, depot) = cluster(given, offline=True)
    assert (untried.state, depot.state) == (Severity.NOTE, Severity.OK)
