"""Templates hold no script and no style of their own, and speak Chinese with Chinese punctuation."""

import re

import pytest

from tests.house.sources import CHINESE, hits, templates, text

FORBIDDEN = {
    "inline style": r"<[^>]*\sstyle\s*=|<style\b",
    "inline script": r"<script\b(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))",
    "handler in an attribute": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "address of a script": r"(?:href|src|action)\s*=\s*[\"']\s*javascript:",
    "something from another host": r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", flags=re.DOTALL)
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", flags=re.DOTALL)


def blanked(pattern, source):
    return pattern.sub(lambda found: "\n" * found.group().count("\n") or "\0", source)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_templates_are_free_of(name):
    found = [hit for path in templates() for hit in hits(path, blanked(COMMENT, text(path)), FORBIDDEN[name])]
    assert found == []


def test_chinese_text_uses_chinese_punctuation():
    half = f"[{CHINESE}”」》）][,:;?!.][{CHINESE}“「《（]|[{CHINESE}]\\([{CHINESE}]|[{CHINESE}]\\)"
    words = {path: blanked(MARKUP, blanked(COMMENT, text(path))) for path in templates()}
    assert [hit for path, source in words.items() for hit in hits(path, source, half)] == []


def test_quoted_words_in_tags_use_chinese_punctuation():
    half = f"[{CHINESE}][,;?!][{CHINESE}]"
    assert [hit for path in templates() for hit in hits(path, blanked(COMMENT, text(path)), half)] == []


# They set what stands, and are the same when they come twice: docs/architecture.md, Forms.
SETTING = {"design", "edit-", "notice-", "raise", "minutes-", "rate-"}
FORM = re.compile(r'<form\b[^>]*data-draft="(?P<draft>[a-z]+-?)(?P<rest>[^"]*)".*?</form>', flags=re.DOTALL)


def test_a_form_in_which_something_is_written_is_done_once():
    forms = [(path, form) for path in templates() for form in FORM.finditer(text(path))]
    bare = {form["draft"] for _path, form in forms if "{% once %}" not in form.group()}
    assert bare == SETTING
