"""The present parsers, by their names and numbers; told without loading what reads."""

from __future__ import annotations

ISW_DRUPAL = "isw-drupal/4"
ISW_WP = "isw-wp/4"
CTP = "ctp/4"
GENERIC = "generic/5"
PLAIN_TEXT = "plain-text/4"

PARSERS = frozenset({ISW_DRUPAL, ISW_WP, CTP, GENERIC, PLAIN_TEXT})
"""A change of what they read, also in the code they share, raises their numbers: what was read
under an older number is read again at the next start."""
