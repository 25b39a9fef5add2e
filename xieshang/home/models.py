"""No tables: the words in which the record is read."""

from django.utils.functional import Promise

VERB_LABELS: dict[str, str | Promise] = {}
