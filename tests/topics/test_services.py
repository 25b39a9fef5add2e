"""The whole way of a topic through its verbs."""

import pytest

from xieshang.topics.rules import State


def test_a_topic_goes_the_whole_way_from_raising_to_the_archive(walk):
    topic = walk(State.ARCHIVED)
    steps = list(topic.steps.order_by("pk").values_list("step", flat=True))
    assert steps == [
        "submit",
        "admit",
        "accept",
        "agree",
        "announce",
        "open_discussion",
        "form_opinion",
        "confirm_opinion",
        "publish_notice",
        "adopt",
        "start_implementing",
        "publish_feedback",
        "evaluate",
        "archive",
    ]


@pytest.mark.parametrize("state", [State.SCREENING, State.PARTY_REVIEW, State.ANNOUNCED])
def test_the_walk_stops_where_it_is_told(walk, state):
    assert walk(state).state == state
