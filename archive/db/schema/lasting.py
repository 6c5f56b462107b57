"""How long cited sources were followed, counted in a grain that the years do not make finer
(migration m095): of hours there are as many as there are sources, and who draws a curve would read
them all.
"""

# ruff: noqa: S608 - names of ours alone
from archive.db.schema import million
from archive.db.schema.million import LIVED, YEAR, died, differs, following, hours

DAY_H = 24
HOURLY_H = 30 * DAY_H
"""Until then it is told to the hour how long something was followed, after it to the day by whose
end it had ended or was seen last. Both alike: of a round of checks that finds one dead and the
others alive, these have to be at risk when that one ended."""


def in_grain(name: str) -> str:
    """Hours that something was followed, in this grain."""
    return f"iif({name} < {HOURLY_H}, {name}, ({name} + {DAY_H - 1}) / {DAY_H} * {DAY_H})"


def key(row: str) -> dict[str, str]:
    """Column of `source_lives`: its value for a row of `sources`. Of what ended in some way all is
    kept: the time between the last sight and the end is told."""
    last = hours(row, "last_seen_at")
    known = f"{row}.status = 'dead' OR {row}.drifted_at IS NOT NULL"
    return {
        "platform": f"{row}.platform",
        "year": YEAR.format(row=row),
        "compared": f"{row}.compared",
        "last": f"iif({known}, {last}, {in_grain(last)})",
        "died": died(row),
        "drifted": hours(row, "drifted_at"),
    }


_NAMES = f"({', '.join(key('row'))})"
_LIFE = ", ".join(key("{row}").values())
_ADDED = f"""
    INSERT INTO source_lives VALUES ({_LIFE}, 1, {{row}}.report_count)
    ON CONFLICT DO UPDATE SET sources = sources + 1, reports = reports + excluded.reports;"""
_TAKEN = f"""
    UPDATE source_lives SET sources = sources - 1, reports = reports - {{row}}.report_count
    WHERE {_NAMES} = ({_LIFE});
    DELETE FROM source_lives WHERE {_NAMES} = ({_LIFE}) AND sources = 0;"""

ANEW = {
    **million.ANEW,
    "source_lives": f"""
        SELECT {", ".join(f"{rule} AS {name}" for name, rule in key("sources").items())},
            count(*) AS sources, sum(report_count) AS reports
        FROM sources WHERE report_count > 0 GROUP BY 1, 2, 3, 4, 5, 6
        """,
}
"""What this table and the others of `million` hold, counted of all rows."""

STATEMENTS = [
    *(f"DROP TRIGGER sources_lived_{kind}" for kind in ("ad", "au_taken", "au_added")),
    "DELETE FROM source_lives",
    f"INSERT INTO source_lives {ANEW['source_lives']}",
    *following("lived", LIVED, differs(*LIVED), _ADDED, _TAKEN),
]
