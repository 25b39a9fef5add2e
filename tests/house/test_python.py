"""How the product's Python is written, as far as no linter says it."""

import ast
import re

from tests.house.sources import CHINESE, files, functions, hits, product, public, room, sentences, shown, text, tree

OWN_EXCEPTIONS = {"RuleViolation", "NotAllowed"}
# What the framework calls by these names is said in its own documents.
FRAMEWORK = {"ready", "handle", "add_arguments"}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "monotonic"}


def called(node):
    return getattr(node.func, "id", None) or getattr(node.func, "attr", "")


def test_rules_never_read_a_clock():
    rules = [path for path in product() if room(path, "rules")]
    calls = [(p, n) for p in rules for n in ast.walk(tree(p)) if isinstance(n, ast.Call) and called(n) in CLOCKS]
    assert [shown(path, node.lineno) for path, node in calls] == []


def test_every_public_function_says_what_it_means():
    silent = [
        f"{shown(path, function.lineno)} {function.name}"
        for path in product()
        for function in public(tree(path))
        if function.name not in FRAMEWORK and not ast.get_docstring(function)
    ]
    assert silent == []


def test_every_function_has_types():
    def untyped(function):
        given = function.args
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        bare = [a.arg for a in every if a and a.annotation is None and a.arg not in ("self", "cls")]
        return bare or function.returns is None

    assert [f"{shown(p, f.lineno)} {f.name}" for p in product() for f in functions(p) if untyped(f)] == []


def test_imports_stand_at_the_top_or_give_a_reason():
    def hidden(path):
        rows = text(path).splitlines()
        for function in functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and "#" not in "".join(
                    rows[node.lineno - 1 : node.end_lineno]
                ):
                    yield function, node

    found = [(p, f, n) for p in product() for f, n in hidden(p) if (p.name, f.name) != ("apps.py", "ready")]
    assert [shown(path, node.lineno) for path, _, node in found] == []


def test_there_are_two_exceptions_of_our_own():
    def is_exception(node):
        names = [getattr(base, "id", None) or getattr(base, "attr", "") for base in node.bases]
        return any(re.search(r"(Exception|Error|Http404|PermissionDenied)$", name) for name in names)

    classes = [n for p in product() for n in ast.walk(tree(p)) if isinstance(n, ast.ClassDef) and is_exception(n)]
    assert {node.name for node in classes} - OWN_EXCEPTIONS == set()


def test_nobody_is_superuser():
    # The person who runs the machine may be, by the framework's command; that command needs its one manager.
    everywhere_else = [path for path in product() if path.parts[-2:] != ("accounts", "models.py")]
    pattern = r"create_superuser|is_superuser\s*=\s*True"
    assert [hit for path in everywhere_else for hit in hits(path, text(path), pattern)] == []


def test_writes_take_no_open_ended_keywords():
    services = [path for path in product() if room(path, "services")]
    loose = [(p, f) for p in services for f in public(tree(p)) if f.args.kwarg is not None]
    assert [f"{shown(path, function.lineno)} {function.name}" for path, function in loose] == []


def test_no_test_skips_itself():
    words = ("skip", "skipif", "xfail", "importorskip")
    pattern = r"\b(?:pytest|mark|unittest)\.(?:" + "|".join(words) + r")\b"
    assert [hit for path in files("tests", "*.py") for hit in hits(path, text(path), pattern)] == []


def test_chinese_sentences_use_chinese_punctuation():
    half = re.compile(f"[{CHINESE}”」》）][,:;?!.][{CHINESE}“「《（]|[{CHINESE}]\\([{CHINESE}]|[{CHINESE}]\\)")
    found = [
        f"{shown(path, line)} {half.search(sentence).group()}"
        for path in product() + files(".ci", "*.py")
        for line, sentence in sentences(path)
        if "\\" not in sentence and "|" not in sentence and half.search(sentence)
    ]
    assert found == []
