"""What was filed and handed over, forms that were done, and the words in which the record is read."""

from .archives import Archive, HandOver
from .sent import Sent
from .words import STATE_WORDS, VERB_LABELS

__all__ = ["STATE_WORDS", "VERB_LABELS", "Archive", "HandOver", "Sent"]
