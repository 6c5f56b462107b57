from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from archive.config import Settings, load
from archive.errors import BadInputError


def test_defaults_need_no_file(tmp_path: Path) -> None:
    assert load(tmp_path / "data", environ={}) == Settings()


def test_the_file_beside_the_data_folder_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text('contact = "mailto:a@b.example"\nconcurrency = 4\n')
    found = load(tmp_path / "data", environ={"ISW_ARCHIVE_CONCURRENCY": "8"})
    assert (found.contact, found.concurrency) == ("mailto:a@b.example", 8)
    assert found.user_agent.endswith("(+mailto:a@b.example)")


def test_lists_come_from_the_environment_too(tmp_path: Path) -> None:
    found = load(tmp_path, environ={"ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32, 10.0.0.0/8"})
    assert found.allow_networks == ("127.0.0.1/32", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contcat = 'x'", "unknown setting 'contcat'"),
        ("concurrency = 'many'", "whole number from 1 to 1000"),
        ("timeout_s = -1", r"number from 0\.1"),
        ("concurrency = true", "whole number from 1 to 1000"),
        ("contact = 3", "text"),
        ("allow_networks = 3", "list of networks"),
        ("not toml", "isw-archive.toml"),
        ("[browser]\nhosts = 'a b/c'", "list of hosts"),
        ("[browser]\nhosts = [3]", "list of hosts"),
        ("[browser]\npdf = 1", "true or false"),
        ("[browser]\nhots = []", "unknown setting 'browser_hots'"),
        ("browser = 3", "unknown setting 'browser'"),
        ("[other]\nhosts = []", "unknown setting 'other'"),
        (f"max_bytes = {'9' * 5000}", "mend or remove it"),
        (f"queue = {'[' * 20_000}", "mend or remove it"),
        ("backup_to = '~/copies'", "a path as it is: no ~"),
        ("backup_to = '--help'", "no - before it"),
        ("backup_to = 'S3://bucket/x'", "or s3://bucket"),
        ("depot = 'file:///mnt/depot'", "or s3://bucket"),
        ("depot = ' '", "or s3://bucket"),
        ("queue = ' '", "libpq"),
        ("sign_key = '~/key.pem'", "a file"),
        ("publishers = '~/publishers'", "a folder"),
        ("job_memory_mb = 1", "or at least 200 where it is not 0"),
        ("early_looks = ''", "on or off"),
        ("media = ''", "none, pictures or videos"),
    ],
)
def test_a_wrong_file_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "isw-archive.toml").write_text(text)
    with pytest.raises(BadInputError, match=said):
        load(tmp_path / "data", environ={})


def test_a_table_of_the_file_is_its_settings_under_one_name(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text(
        "[browser]\nhosts = ['www.Maps.example', 'story.example']\npdf = true\npage_s = 30\n"
    )
    found = load(tmp_path / "data", environ={"ISW_ARCHIVE_BROWSER_SANDBOX": "false"})
    assert found.browser_hosts == ("maps.example", "story.example")
    assert (found.browser_pdf, found.browser_sandbox, found.browser_page_s) == (True, False, 30.0)


def test_hosts_for_yt_dlp_are_named_in_a_table_or_in_one_word(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text("[ytdlp]\nhosts = ['www.YouTube.com']\n")
    assert load(tmp_path / "data", environ={}).ytdlp_hosts == ("youtube.com",)
    named = load(tmp_path / "data", environ={"ISW_ARCHIVE_YTDLP_HOSTS": "vimeo.com ok.ru"})
    assert named.ytdlp_hosts == ("vimeo.com", "ok.ru")


def test_a_mark_before_the_first_line_is_none_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text("retries = 4\n", encoding="utf-8-sig")
    assert load(tmp_path / "data", environ={}).retries == 4


@pytest.mark.parametrize("place", ["/mnt/a copy", "copies", "./~odd", "s3://bucket/a", ""])
def test_a_place_is_a_folder_or_a_bucket(tmp_path: Path, place: str) -> None:
    environ = {"ISW_ARCHIVE_BACKUP_TO": place, "ISW_ARCHIVE_DEPOT": place}
    found = load(tmp_path / "data", environ=environ)
    assert (found.backup_to, found.depot) == (place, place)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"nowhere\.toml"):
        load(tmp_path / "data", tmp_path / "nowhere.toml", environ={})


def test_every_setting_is_documented() -> None:
    assert [f.name for f in fields(Settings) if not f.metadata.get("doc")] == []
