"""Reads of 四议两公开."""

from .desk import fourtwo_queues, fourtwo_waiting
from .filing import papers
from .lists import fourtwos_page
from .page import FourTwoPage, fourtwo_page
from .read import drafted, visible_flow
from .words import boards_of, resolution_words, result_words

__all__ = [
    "FourTwoPage",
    "boards_of",
    "drafted",
    "fourtwo_page",
    "fourtwo_queues",
    "fourtwo_waiting",
    "fourtwos_page",
    "papers",
    "resolution_words",
    "result_words",
    "visible_flow",
]
