"""What Scrapy is told, and that it is told so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings as ScrapySettings
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object

from archive.config import Settings
from crawler import settings as module
from crawler.settings import from_settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def told() -> ScrapySettings:
    settings = ScrapySettings()
    settings.setmodule(module, priority="project")
    settings.update(from_settings(Settings(contact="https://me.example/")), priority="spider")
    return settings


def test_scrapy_lists_the_spiders_from_the_checkout() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [
        "browser",
        "checks",
        "mementos",
        "reports",
        "sources",
        "submissions",
        "videos",
    ]
    assert told.stderr == ""


def test_every_setting_is_one_that_scrapy_has() -> None:
    ours = {name for name in dir(module) if name.isupper() and name != "TYPE_CHECKING"}
    assert ours <= set(dir(default_settings))


@pytest.mark.parametrize(
    "name",
    [
        "COOKIES_ENABLED", "REFERER_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED",
        "HTTPCACHE_ENABLED", "RETRY_ENABLED", "METAREFRESH_ENABLED", "COMPRESSION_ENABLED",
        "DOWNLOAD_FAIL_ON_DATALOSS",
    ],
)  # fmt: skip
def test_what_would_harm_is_off(told: ScrapySettings, name: str) -> None:
    assert not told.getbool(name)


def test_only_http_and_https_can_be_opened(told: ScrapySettings) -> None:
    merged = {**told.getdict("DOWNLOAD_HANDLERS_BASE"), **told.getdict("DOWNLOAD_HANDLERS")}
    assert {scheme for scheme, handler in merged.items() if handler} == {"http", "https"}


def test_of_scrapys_own_parts_only_those_named_are_there(told: ScrapySettings) -> None:
    kinds = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS")
    named = {
        name.__name__ if isinstance(name, type) else name.rpartition(".")[2]
        for kind in kinds
        for name in told.get_component_priority_dict_with_base(kind)
    }
    assert named == {
        "AutoThrottle", "CaptureMiddleware", "DefaultHeadersMiddleware",
        "DownloadTimeoutMiddleware", "GuardMiddleware", "PolitenessMiddleware", "ProxyMiddleware",
        "RedirectMiddleware", "RobotsMiddleware", "UserAgentMiddleware", "Watch",
    }  # fmt: skip


def test_capture_stands_nearest_the_network(told: ScrapySettings) -> None:
    order = told.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES")
    live = {load_object(name).__name__: at for name, at in order.items() if at is not None}
    assert max(live, key=lambda name: live[name]) == "CaptureMiddleware"


def test_the_operator_is_named_and_his_limits_hold(told: ScrapySettings) -> None:
    assert "https://me.example/" in told["USER_AGENT"]
    assert told.getint("REDIRECT_MAX_TIMES") == Settings().max_redirects
    assert told.getfloat("DOWNLOAD_TIMEOUT") == Settings().timeout_s


def test_encodings_are_those_that_warc_tools_read(told: ScrapySettings) -> None:
    assert told.getdict("DEFAULT_REQUEST_HEADERS")["Accept-Encoding"] == "gzip, deflate"
