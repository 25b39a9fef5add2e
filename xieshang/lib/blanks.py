"""Whether a text says anything: spaces, and signs that nobody sees, say nothing. Pure, for rules too."""

import unicodedata

# Letters, figures, punctuation and symbols are seen; but these of them are drawn as nothing.
_SEEN = frozenset("LNPS")
_DRAWN_AS_NOTHING = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def says_something(text: str) -> bool:
    """Whether somebody sees at least one sign of the text."""
    return any(unicodedata.category(sign)[0] in _SEEN and sign not in _DRAWN_AS_NOTHING for sign in text)
