"""What videos look like, frame by frame (migration m065).

Made by `isw-archive keyframes` from kept files with ffmpeg; a rebuild carries it over.
"""

TABLES = """
CREATE TABLE video_looks (
    id INTEGER PRIMARY KEY,         -- stable_id of the sha256
    sha256 TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    frames TEXT NOT NULL,           -- two a second, each a hash of 256 bits; '-': it is blank
    drawn INTEGER NOT NULL,
    problem TEXT                    -- why there are none
) STRICT;

CREATE TABLE video_bands (
    band INTEGER NOT NULL,
    look_id INTEGER NOT NULL REFERENCES video_looks (id),
    PRIMARY KEY (band, look_id)
) STRICT, WITHOUT ROWID;
-- serves: the bands of a video that is looked at anew
CREATE INDEX video_bands_by_look ON video_bands (look_id);

CREATE TABLE near_videos (
    look_id INTEGER NOT NULL REFERENCES video_looks (id),   -- the one looked at later
    other_id INTEGER NOT NULL REFERENCES video_looks (id),
    frames INTEGER NOT NULL,
    shift INTEGER NOT NULL,
    PRIMARY KEY (look_id, other_id)
) STRICT, WITHOUT ROWID;
-- serves: what a video is near, from both sides
CREATE INDEX near_videos_by_other ON near_videos (other_id)
"""
