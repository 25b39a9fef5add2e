"""Whoever reads the record reads Chinese: every verb that the product writes down has a label."""

import ast

from cms.models import VERB_LABELS as CMS_LABELS
from tests.house.sources import apps, files, functions, shown
from xieshang.coordination.rules import fourtwo, guidance, threads
from xieshang.discussion.rules import RulingKind
from xieshang.home.models import STATE_WORDS, VERB_LABELS
from xieshang.meetings import rules as meetings
from xieshang.topics import rules as topics
from xieshang.topics.rules import Step
from xieshang.voting import rules as voting
from xieshang.voting.rules import deciding
from xieshang.voting.rules.estate import ClaimState, Sameness

# Which argument of what writes the record is the verb.
WRITERS = {"record": 1, "write_down": 1, "store_office": 2, "store_body": 2, "note": 1, "audit": 2}
# Small helpers of one app that put its name before the verb.
SHORT = {
    ("discussion", "note"): "discussion.",
    ("topics", "audit"): "topics.",
    ("coordination", "audit"): "coordination.",
    ("meetings", "audit"): "meetings.",
}
ALONE = {"note", "audit"}


def _words(node):
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _values(function, name):
    """What a local name is set to in this function; a parameter is the caller's matter."""
    given = [node.value for node in ast.walk(function) if isinstance(node, ast.Assign) and _names(node) == {name}]
    return {word for value in given for choice in _choices(value) for word in _words(choice)}


def _choices(value):
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def _names(assign):
    return {target.id for target in assign.targets if isinstance(target, ast.Name)}


def _written(app, path):
    """Verbs written by one file, with their places."""
    for function in functions(path):
        for call in ast.walk(function):
            name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
            if name not in WRITERS or (name in ALONE and (app, name) not in SHORT):
                continue
            for verb in call.args[WRITERS[name] :][:1]:
                found = _values(function, verb.id) if isinstance(verb, ast.Name) else set()
                found |= {verb.value} if isinstance(verb, ast.Constant) else set()
                yield from ((SHORT.get((app, name), "") + word, shown(path, call.lineno)) for word in found)


def _all_written():
    return [found for app in apps() for path in files(f"xieshang/{app}", "*.py") for found in _written(app, path)]


def test_every_verb_of_the_record_has_a_chinese_label():
    written = _all_written()
    assert len({verb for verb, _ in written}) > 60
    assert [f"{place} {verb}" for verb, place in written if verb not in VERB_LABELS] == []


def test_no_label_is_kept_for_a_verb_that_nobody_writes():
    written = {verb for verb, _ in _all_written()}
    written |= {f"meetings.{step.value}" for step in meetings.Step}
    written |= {f"meetings.{act.value}" for act in (*meetings.MinutesStep, *meetings.MinutesAct)}
    written |= {f"topics.{step.value}" for step in Step} | {f"discussion.{kind.value}" for kind in RulingKind}
    written |= {f"coordination.{step.value}_guidance" for step in guidance.Step}
    written |= {f"coordination.{step.value}" for step in threads.Step}
    written |= {f"coordination.fourtwo_{step.value}" for step in fourtwo.Step}
    assert sorted(set(VERB_LABELS) - written - set(CMS_LABELS)) == []


def test_what_stood_before_and_after_has_a_chinese_word_too():
    written = {
        "topics": [topics.State],
        "meetings": [meetings.State],
        "voting": [voting.State, deciding.State, ClaimState],
        "voting.answer_same_name": [Sameness],
    }
    missing = [
        f"{where} {state.value}"
        for where, kinds in written.items()
        for kind in kinds
        for state in kind
        if state.value not in STATE_WORDS[where]
    ]
    assert missing == []
