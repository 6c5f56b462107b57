"""Reports as plain text: reposts and pasted copies, with their lists of notes."""
