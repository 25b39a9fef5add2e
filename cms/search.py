"""The site's page search, asked in grams: the shipped one takes a whole Chinese sentence for one word."""

import re
from typing import Any

import django.apps
from modelsearch.backends.database import SearchBackend
from modelsearch.query import Phrase, PlainText

from xieshang.lib.text import grams

_CHINESE = re.compile(r"[\u3400-\u9fff]")


class GramSearch:
    """The shipped backend of whichever database there is; only what is asked for is turned into grams first."""

    def __init__(self, params: dict[str, Any]) -> None:
        self._shipped = SearchBackend(params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shipped, name)

    def search(self, query: object, rows: Any, **how: Any) -> Any:
        """Whole words; Chinese ones as grams that must all be there."""
        return self._asked(self._shipped.search, query, rows, how)

    def autocomplete(self, query: object, rows: Any, **how: Any) -> Any:
        """Beginnings of words; a gram is whole, so Chinese ones go to the plain search."""
        return self._asked(self._shipped.autocomplete, query, rows, how)

    def _asked(self, ask: Any, query: object, rows: Any, how: dict[str, Any]) -> Any:
        if isinstance(query, PlainText | Phrase):
            # The editor's own search takes its line apart before it asks.
            query = query.query_string
        if not isinstance(query, str) or not _CHINESE.search(query):
            return ask(query, rows, **how)
        model = getattr(rows, "model", rows)
        if not _has_grams(model):
            return model._default_manager.filter(pk__in=rows.values("pk"), title__icontains=query.strip())
        return self._shipped.search(" ".join(sorted(grams(query))), rows, **{**how, "fields": None, "operator": "and"})


def _has_grams(model: type) -> bool:
    """Whether the rows of a model are pages, which all hold grams; pictures and documents have only a title."""
    return issubclass(model, django.apps.apps.get_model("wagtailcore", "Page"))
