"""Which sort of source a note without address names."""

from __future__ import annotations

import pytest

from archive.model.reports import CitedUrl, Note
from pipeline.read.references.kinds import NoteKind, kind_of

KINDS = {
    NoteKind.ON_REQUEST: [
        "Data available upon request.",
        "Author’s database of harbours; available on request.",
        "SIGACT data, May 2024",
        "Authors' database of significant activity",
    ],
    NoteKind.BACK_REFERENCE: ["Ibid.", "Ibid, p. 4", "See note 12", "See endnote xii above",
        "Op. cit.", "Note 4 above.", "Same as above"],
    NoteKind.INTERVIEW: [
        "Interview with a ferry captain, Velsk, May 4, 2024",
        "Author's interview with two dockers",
        "Author’s talk with people who follow TTP/AQIM",
        "Personal communication, harbour office",
        "E-mail exchange with the yard's owner, June 2024",
    ],
    NoteKind.BROADCAST: ["Morning news, aired on Harbour One, May 4, 2024",
        "Radio broadcast, River FM, noon", "The Quay podcast, episode 12"],
    NoteKind.MAP: ["Topographic map of the delta, sheet 4", "Velsk, 1:50,000, General Staff",
        "Satellite imagery of the pier, May 4", "Map of the Harbour Office"],
    NoteKind.DATASET: ["Harbour dataset, version 3", "Census data, 2021",
        "Data from the customs office"],
    NoteKind.BOOK: [
        "Ada Brook, The Ferries of Velsk (London: River Books, 2005), p. 12",
        "Ben Carter, Piers, Delta University Press, 2011, pp. 4-5",
        "Cleo Dunn, ed., Quays, 2nd edition",
    ],
    NoteKind.REPORT: ["Harbour Office, Annual report 2023",
        "pier-inspection-2024.pdf (quay.org), pp. 9-10.", "Report by the river police, May 2024",
        "Working paper 12, Delta Institute"],
    NoteKind.WORDS: ["Harbour log, page 12", "The Morning Pilot", "Mayor Brenn",
        "Who is the new harbour master? : The Pilot"],
    NoteKind.EMPTY: ["", " ; ."],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(k, text) for k, texts in KINDS.items() for text in texts]
)
def test_a_note_without_address_has_the_kind_that_its_words_name(kind: NoteKind, text: str) -> None:
    assert kind_of(Note("1", text)) is kind


def test_the_authors_own_records_are_on_request_even_beside_an_address() -> None:
    url = CitedUrl(
        "https://www.quay.org/interview-request", "https://www.quay.org/interview-request"
    )
    text = f"Author’s database of SIGACTs; {url.as_printed}"
    assert kind_of(Note("1", text, (url,))) is NoteKind.ON_REQUEST
    assert kind_of(Note("1", f"Interview, {url.as_printed}", (url,))) is NoteKind.CITED
    sigact = CitedUrl("https://quay.org/sigact-map", "https://quay.org/sigact-map")
    assert kind_of(Note("1", sigact.as_printed, (sigact,))) is NoteKind.CITED
