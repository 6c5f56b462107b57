"""The present parsers, by their names and numbers; told without loading what reads."""

from __future__ import annotations

ISW_DRUPAL = "isw-drupal/3"
ISW_WP = "isw-wp/3"
CTP = "ctp/3"
GENERIC = "generic/4"
PLAIN_TEXT = "plain-text/3"

PARSERS = frozenset({ISW_DRUPAL, ISW_WP, CTP, GENERIC, PLAIN_TEXT})
"""A change of what they read, also in the code they share, raises their numbers: what was read
under an older number is read again at the next start."""
