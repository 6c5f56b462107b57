"""A site that is being worked on is not a page that is gone."""

from __future__ import annotations

import pytest

from archive.records import Outcome
from tests.test_outcomes import ARTICLE, document, verdict


@pytest.mark.parametrize(
    "title",
    [
        "Site under maintenance", "We are currently undergoing scheduled maintenance.", "Maintenance mode", "We’ll be back soon!",
        "Scheduled maintenance | The Harbour Courier", "Технические работы", "На сайте ведутся технические работы",
        "Сайт на техническом обслуживании", "На сайті проводяться технічні роботи", "Технічна перерва | Стави медіа",
        "الموقع تحت الصيانة", "تحت الصيانة", "سایت در دست تعمیر است", "سایت در حال به‌روزرسانی است", "האתר בתחזוקה", "עבודות תחזוקה",
        "Site bakımda", "Sitemiz bakımdadır.", "Bakım çalışması", "Site en maintenance", "Notre site est actuellement en maintenance.",
    ],
)  # fmt: skip
def test_a_notice_under_status_200_counts_like_a_503(title: str) -> None:
    found = verdict(document(title, f"<h1>{title}</h1><p>Thank you for your patience.</p>"))
    assert (found.outcome, found.evidence["rule"]) == (Outcome.SERVER_ERROR, "maintenance-page")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Site under maintenance", ARTICLE),  # an article, whatever its title
        ("Maintenance of the bridge takes three weeks", "<p>It is closed until May. Lorries take the ferry.</p>"),
        ("Технические работы на переправе закончены", "<p>Паром снова ходит. Очередь небольшая.</p>"),
        ("La maintenance du pont de Dorn", "<p>Le pont est fermé. Les camions prennent le bac.</p>"),
        ("Page not found", "<p>The page you are looking for could not be found.</p>"),
    ],
)  # fmt: skip
def test_what_only_speaks_of_maintenance_is_judged_by_what_it_is(title: str, body: str) -> None:
    assert verdict(document(title, body)).evidence["rule"] != "maintenance-page"
