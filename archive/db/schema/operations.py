"""The tables and views of running unattended: planned runs, states of alarms, days without a report."""

PLANNED_RUNS = """
-- null: somebody asked for it
ALTER TABLE runs ADD COLUMN planned_as TEXT;
ALTER TABLE runs ADD COLUMN planned_for TEXT;
ALTER TABLE runs ADD COLUMN queued_at TEXT;
-- why it was lost, or ended
ALTER TABLE runs ADD COLUMN detail TEXT;
-- serves: which planned runs there were of late (what is due)
CREATE INDEX runs_by_plan ON runs (planned_for, planned_as) WHERE planned_for IS NOT NULL;
"""

ALARMS = """
-- Each change of state of an alarm: what was found wrong, and that it no longer is.
CREATE TABLE alarms (
    id INTEGER PRIMARY KEY,
    alarm TEXT NOT NULL,            -- its key: kind, or kind/subject
    state TEXT NOT NULL,            -- raised, recovered
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    remedy TEXT NOT NULL,
    noticed_at TEXT                 -- when the notice was sent; null: not, or to nobody
) STRICT;
-- serves: the state of each alarm
CREATE INDEX alarms_by_name ON alarms (alarm, id);
"""

# Federal holidays (5 U.S.C. 6103), on which neither institute's weekly rhythm holds, with the days that join them to a
# weekend: Thanksgiving's Friday, Christmas Eve and New Year's Eve.
_HOLIDAY = """
    strftime('%m-%d', day) IN ('01-01', '06-19', '07-04', '11-11', '12-24', '12-25', '12-31')
    OR (weekday = 1 AND strftime('%m', day) IN ('01', '02') AND strftime('%d', day) BETWEEN '15' AND '21')
    OR (weekday = 1 AND strftime('%m', day) = '05' AND strftime('%d', day) >= '25')
    OR (weekday = 1 AND strftime('%m', day) = '09' AND strftime('%d', day) <= '07')
    OR (weekday = 1 AND strftime('%m', day) = '10' AND strftime('%d', day) BETWEEN '08' AND '14')
    OR (weekday = 4 AND strftime('%m', day) = '11' AND strftime('%d', day) BETWEEN '22' AND '28')
    OR (weekday = 5 AND strftime('%m', day) = '11' AND strftime('%d', day) BETWEEN '23' AND '29')
"""


# A Julian day begins at noon: the number of the one that a day begins in, half a day less than its midnight.
_NUMBER = "CAST(julianday(date({day})) AS INTEGER)"

# Same weekdays are asked for one by one: sixty days and six weeks before, six weeks after.
_WEEKS = ", ".join(f"({7 * weeks})" for weeks in range(-15, 7) if weeks)


# A series has a report on a day by its rhythm when it had one on more than half of the other same weekdays within six weeks
# before and after, and on four at least. Behind its newest report the weeks around that one count; sixty days behind it, it
# has ended. Same weekdays are counted by whole weeks from the day itself; 7,000 keeps the division above zero.
def _missing(held: str, life: str, start: str) -> str:
    """The days without a report.

    Args:
        held: Reports that are looked at.
        life: The first and the last day of each series.
        start: From which day of a series on.
    """
    return f"""
WITH RECURSIVE
held AS MATERIALIZED (
    SELECT DISTINCT series, {_NUMBER.format(day="report_date")} AS day
    FROM (SELECT DISTINCT series, report_date FROM reports WHERE {held})),
weeks (days) AS (VALUES {_WEEKS}),
life AS MATERIALIZED (
    {life}),
days (series, first, last, day) AS (
    SELECT series, first, last, {start} FROM life
    UNION ALL
    SELECT series, first, last, day + 1 FROM days
    WHERE day < min(last + 60, {_NUMBER.format(day="'now'")} - 1)),
gaps AS (
    SELECT series, day, max(first, min(day, last) - 42) AS since, min(last, day + 42) AS until FROM days
    WHERE NOT EXISTS (SELECT 1 FROM held WHERE held.series = days.series AND held.day = days.day)),
counted AS MATERIALIZED (
    SELECT series, day,
           (SELECT count(*) FROM weeks CROSS JOIN held
            ON held.series = gaps.series AND held.day = gaps.day + weeks.days
            WHERE gaps.day + weeks.days BETWEEN since AND until) AS had,
           (until - day + 7000) / 7 - (since - day + 6999) / 7 - (day BETWEEN since AND until) AS weeks
    FROM gaps),
missing AS (
    SELECT series, date(day + 0.5) AS day, had, weeks, CAST(strftime('%w', day + 0.5) AS INTEGER) AS weekday
    FROM counted WHERE had >= 4 AND had * 2 > weeks)
SELECT series, day, had AS weekdays_held, weeks AS weekdays_in_all, ({_HOLIDAY}) AS holiday FROM missing
"""  # noqa: S608 - our own words


_DATED = "date(report_date) IS NOT NULL"
MISSING_DAYS = _missing(
    _DATED,
    "SELECT series, min(day) AS first, max(day) AS last FROM held GROUP BY series HAVING count(*) >= 4",
    "first",
)
_LIFE = f"""SELECT series, {_NUMBER.format(day="min(date(report_date))")} AS first,
        {_NUMBER.format(day="max(date(report_date))")} AS last
    FROM reports WHERE {{where}} GROUP BY series HAVING count(DISTINCT date(report_date)) >= 4"""  # noqa: S608 - our own words
# A day looks back six weeks from itself, or from the series' newest report within sixty days.
MISSING_LATELY = _missing(
    f"{_DATED} AND report_date >= date(:since, '-110 days')",
    _LIFE.format(where=_DATED),
    f"max(first, {_NUMBER.format(day=':since')})",
)
"""The same from a day on, without going through the years before it."""
MISSING_IN_SERIES = _missing(
    f"{_DATED} AND series = :series",
    _LIFE.format(where=f"{_DATED} AND series = :series"),
    "first",
)
"""The same of one series."""
