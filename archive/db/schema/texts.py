"""The tables of what stands under several addresses (migration m003).

`same_texts` names each pair of sources once; words that over a hundred sources hold (notices,
templates) are no copies of one another, and would make a pair of each two of them.
"""

TABLES = """
CREATE TABLE source_texts (
    text_id INTEGER NOT NULL REFERENCES texts (id),
    source_id INTEGER NOT NULL REFERENCES sources (id),
    same INTEGER NOT NULL,          -- equal for texts with the same words: stable_id of texts.digest
    PRIMARY KEY (text_id, source_id)
) STRICT, WITHOUT ROWID;
-- serves: same_texts, and the other sources of the same words
CREATE INDEX source_texts_by_words ON source_texts (same, source_id);
-- serves: the texts of a source
CREATE INDEX source_texts_by_source ON source_texts (source_id);

CREATE TABLE text_bands (
    band INTEGER NOT NULL,          -- hash of some of the least shingles
    text_id INTEGER NOT NULL,       -- no reference: it would need an index as large as the table, and texts stay
    PRIMARY KEY (band, text_id)     -- serves: which texts may be near this one
) STRICT, WITHOUT ROWID;

CREATE TABLE near_texts (
    text_id INTEGER NOT NULL REFERENCES texts (id),
    other_id INTEGER NOT NULL REFERENCES texts (id),  -- the greater of the two
    resemblance REAL NOT NULL,
    PRIMARY KEY (text_id, other_id),
    CHECK (text_id < other_id)
) STRICT;
-- serves: the texts near this one, from the other side
CREATE INDEX near_texts_by_other ON near_texts (other_id);

CREATE VIEW same_texts AS
WITH sizes AS (SELECT same, count(DISTINCT source_id) AS held FROM source_texts GROUP BY same HAVING held > 1),
crowds AS (SELECT same FROM sizes WHERE held > 100),
pairs AS (
    SELECT one.source_id AS a, other.source_id AS b, 1.0 AS resemblance, one.text_id
    FROM sizes
    JOIN source_texts AS one ON one.same = sizes.same
    JOIN source_texts AS other ON other.same = sizes.same AND other.source_id > one.source_id
    WHERE sizes.held <= 100
    UNION ALL
    SELECT min(one.source_id, other.source_id), max(one.source_id, other.source_id), near_texts.resemblance, one.text_id
    FROM near_texts
    JOIN source_texts AS one ON one.text_id = near_texts.text_id
    JOIN source_texts AS other ON other.text_id = near_texts.other_id
    WHERE one.source_id <> other.source_id AND one.same NOT IN crowds AND other.same NOT IN crowds),
best AS (
    SELECT a, b, max(resemblance) AS resemblance, min(text_id) AS text_id
    FROM pairs GROUP BY a, b)
SELECT first.url, second.url AS other_url, best.resemblance, texts.title, texts.language,
       first.platform, second.platform AS other_platform, first.domain, second.domain AS other_domain,
       best.a AS source_id, best.b AS other_source_id
FROM best
JOIN sources AS first ON first.id = best.a
JOIN sources AS second ON second.id = best.b
JOIN texts ON texts.id = best.text_id
"""

NOTICES = """
-- of a short text: its digest without numbers and addresses
ALTER TABLE texts ADD COLUMN notice TEXT;
-- serves: the same notice at other addresses
CREATE INDEX texts_by_notice ON texts (notice) WHERE notice IS NOT NULL;
-- serves: sources of a host that showed another page than their own
CREATE INDEX captures_by_other_page ON captures (captured_at) WHERE drift IN ('replaced', 'off-topic')
"""
