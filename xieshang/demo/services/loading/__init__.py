"""Loading the demo: first the town and its people, then every matter, walked along its course day by day."""

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from xieshang.audit.services import BATCH, link_entries
from xieshang.community.models import Place
from xieshang.lib.clock import now
from xieshang.lib.days import SHANGHAI
from xieshang.live.services import unheard

from ..clock import loading_at
from .coordination import ThreadStory, tell_heating, tell_snow
from .estate import enter_owners
from .fourtwo import FourTwoStory, tell_fourtwo
from .guiding import GuideStory, tell_guidance, tell_register, tell_studies
from .keeping import KeepingStory, tell_keeping
from .pages import write_pages
from .schedule import run
from .secretly import SecretStory, tell_secret
from .sitting import SittingStory, tell_sitting
from .stories import tell
from .story import Story
from .town import build
from .votes import tell_vote
from .votestory import VoteStory

CONTENT = Path(__file__).resolve().parents[2] / "content"
LONGEST_DAYS = 130


def load() -> bool:
    """Load the demo community; False where one is there already."""
    if Place.objects.exists():
        return False
    with unheard():
        _load()
    return True


def _load() -> None:
    at = now().astimezone(SHANGHAI)
    with loading_at(at - timedelta(days=LONGEST_DAYS)):
        people = _content("people")
        town = build(people)
        owners = _content("votes")
        enter_owners(owners, people, town)
    today = at.replace(hour=9, minute=0, second=0, microsecond=0)
    stories = [Story(words, town, today, number) for number, words in enumerate(_matters())]
    votes = [VoteStory(words, town, today, number) for number, words in enumerate(owners["vote"])]
    secret = [SecretStory(words, town, today) for words in _content("secret")["secret"]]
    flows = [FourTwoStory(words, town, today, stories) for words in _content("fourtwo")["fourtwo"]]
    told = [*map(tell, stories), *map(tell_vote, votes), *map(tell_secret, secret), *map(tell_fourtwo, flows)]
    told.append(tell_keeping(KeepingStory(owners["keeping"], town, today)))
    told += [tell_sitting(SittingStory(words, town, today, at)) for words in _content("meetings")["meeting"]]
    between = _content("coordination")
    told.append(tell_heating(ThreadStory(between["heating"], town, today)))
    told.append(tell_snow(ThreadStory(between["snow"], town, today)))
    guiding = GuideStory(_content("guidance"), town, today)
    told += [part(guiding) for part in (tell_register, tell_guidance, tell_studies)]
    run(told, start=_start([*stories, *votes, *secret, *flows]), until=at)
    write_pages(_content("pages"), town)
    while link_entries() == BATCH:
        pass


def _matters() -> list[dict[str, Any]]:
    """Every matter with the words in it that the desk has to look at."""
    doubtful = _content("doubtful")["doubtful"]
    matters: list[dict[str, Any]] = _content("topics")["topic"]
    return [words | {"doubtful": [row for row in doubtful if row["topic"] == words["key"]]} for words in matters]


def _start(stories: Sequence[Story | VoteStory | SecretStory | FourTwoStory]) -> datetime:
    return min(story.raised_at for story in stories) - timedelta(days=1)


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))
