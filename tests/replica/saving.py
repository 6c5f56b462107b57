"""web.archive.org/save: an archive that saves pages on request, for accounts with keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from tests.replica.messages import Reply, Request, as_json, html

ACCESS, SECRET = "replica-access-1f7c", "replica-secret-9b2e"


@dataclass
class Job:
    """One page handed in; it is under way for the first `looks` looks at it."""

    url: str
    at: datetime
    looks: int


@dataclass
class SavePageNow:
    """The service; what it allows is the test's to say.

    Attributes:
        available: Jobs that it takes at once.
        daily: Pages a day.
        made: Of them, used up.
        looks: So often a job is still under way when it is looked at.
        refusals: Error code for an address, given when it is handed in.
        failures: Error code for an address, given when its job is looked at.
    """

    available: int = 5
    daily: int = 1000
    made: int = 0
    looks: int = 1
    refusals: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def __call__(self, request: Request) -> Reply:
        """The reply to a request below `/save`."""
        if request.header("authorization") != f"LOW {ACCESS}:{SECRET}":
            return as_json({"message": "You need to be logged in to use Save Page Now."}, 401)
        if request.method == "POST" and request.bare_path == "/save":
            return self._take(request)
        name = request.bare_path.removeprefix("/save/status/")
        if name == "user":
            return as_json(
                {
                    "available": max(0, self.available - len(self._under_way())),
                    "processing": len(self._under_way()),
                    "daily_captures": self.made, "daily_captures_limit": self.daily,
                }
            )  # fmt: skip
        job = self.jobs.get(name)
        return html("<h1>404</h1>", 404) if job is None else as_json(self._state(name, job))

    def _under_way(self) -> list[Job]:
        return [job for job in self.jobs.values() if job.looks > 0]

    def _take(self, request: Request) -> Reply:
        url = request.form["url"]
        code = self.refusals.get(url)
        if code is None and self.made >= self.daily:
            code = "error:max-daily-bandwidth"
        if code is not None:
            said = {"status": "error", "status_ext": code, "message": f"Sorry: {url}"}
            return as_json(said)  # with status 200, as there
        name = "spn2-" + hashlib.sha1(url.encode()).hexdigest()
        self.jobs[name] = Job(url, request.at, self.looks)
        self.made += 1
        return as_json({"url": url, "job_id": name})

    def _state(self, name: str, job: Job) -> dict[str, object]:
        if job.looks > 0:
            job.looks -= 1
            return {"status": "pending", "job_id": name, "resources": []}
        code = self.failures.get(job.url)
        if code is not None:
            return {"status": "error", "status_ext": code, "exception": "…", "job_id": name}
        stamp = job.at.strftime("%Y%m%d%H%M%S")
        return {"status": "success", "job_id": name, "timestamp": stamp, "original_url": job.url}

    def saved(self) -> list[Job]:
        """Pages that are copies now."""
        return [
            job for job in self.jobs.values() if job.looks <= 0 and job.url not in self.failures
        ]
