"""Sentences of a report as others can point at them: ids that last, selectors, fragments."""
