"""Nothing newer than Chromium 88 and Safari 14 knows, unless the line says why it may be missing: `extra: …`.

Space between boxes (`gap` in a flex row) is allowed without a word: where it is unknown, boxes stand closer.
"""

import re

import pytest

from tests.house.sources import files, hits, shown, without_comments

TOO_NEW_CSS = {
    "choosing a parent": r":has\(",
    "layers, containers, scopes": r"@(?:layer|container|scope|property|starting-style)\b",
    "inset": r"(?<![\w-])inset(?:-[a-z-]+)?\s*:",
    "aspect ratio": r"(?<![\w-])(?<!\()aspect-ratio\s*:(?![^;{}]*\))",
    "units of the small viewport": r"\d(?:dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|cqi|lh|rlh)\b",
    "colour functions": r"\b(?:color-mix|oklch|oklab|lch|lab|light-dark|color)\(",
    "sub-grids": r"\bsubgrid\b",
    "single transforms": r"(?<![\w-])(?:translate|rotate|scale)\s*:",
    "range queries": r"@media[^{]*[<>]",
    "two sides at once": r"(?<![\w-])(?:margin|padding)-(?:inline|block)\s*:",
    "young pseudo-classes": r":(?:user-valid|user-invalid|popover-open|modal|state\()",
    "own properties in media queries": r"@custom-media",
}
TOO_NEW_JS = {
    "at and with": r"\.(?:at|with|toSorted|toReversed|toSpliced|findLast|findLastIndex)\(",
    "objects": r"\b(?:structuredClone\(|Object\.(?:hasOwn|groupBy)|Map\.groupBy|Array\.fromAsync|WeakRef)",
    "blocks and private names in classes": r"\bstatic\s*\{|(?:this|\w)\.#\w|^\s+#\w+\s*[=;(]",
    "looking behind": r"\(\?<[=!]",
    "modules": r"^(?:import|export)\s",
    "waiting at the top": r"^(?:(?:const|let|var)\s+\w+\s*=\s*)?await\s",
    "forms": r"\.requestSubmit\(|\.submitter\b|\.showModal\(|\.showPicker\(|\.showPopover\(",
    "browser services": r"\b(?:crypto\.randomUUID|AbortSignal\.(?:timeout|any)|requestIdleCallback|BroadcastChannel"
    r"|createImageBitmap|OffscreenCanvas|new DataTransfer\b|navigator\.locks|scheduler\.|URL\.canParse)",
    "choosing a parent": r":has\(",
    "numbers with separators": r"\b\d+_\d{3}\b",
}


@pytest.mark.parametrize("name", TOO_NEW_CSS)
def test_style_sheets_do_without(name):
    sheets = files("static", "*.css")
    assert [hit for path in sheets for hit in hits(path, without_comments(path), TOO_NEW_CSS[name])] == []


@pytest.mark.parametrize("name", TOO_NEW_JS)
def test_scripts_do_without(name):
    scripts = files("static", "*.js")
    assert [hit for path in scripts for hit in hits(path, without_comments(path), TOO_NEW_JS[name])] == []


def nested(source):
    """Line of the first rule inside a rule, 0 when there is none."""
    open_rules, start = [], 0
    for found in re.finditer(r"[{};]", source):
        if found.group() == "{":
            prelude = source[start : found.start()].strip()
            if open_rules and not open_rules[-1].startswith("@"):
                return source.count("\n", 0, found.start()) + 1
            open_rules.append(prelude)
        elif found.group() == "}" and open_rules:
            open_rules.pop()
        start = found.end()
    return 0


def test_no_rule_stands_inside_another():
    assert nested("a { color: red } @media print { a { color: black } }") == 0
    assert nested("a { color: red;\n &:hover { color: blue } }") == 2
    sheets = [(path, nested(without_comments(path))) for path in files("static", "*.css")]
    assert [shown(path, line) for path, line in sheets if line] == []


@pytest.mark.parametrize(
    ("patterns", "name", "line"),
    [
        (TOO_NEW_CSS, "choosing a parent", "li:has(input) {}"),
        (TOO_NEW_CSS, "inset", "  inset: 0;"),
        (TOO_NEW_CSS, "aspect ratio", "  aspect-ratio: 4 / 3;"),
        (TOO_NEW_CSS, "range queries", "@media (width >= 640px) {"),
        (TOO_NEW_JS, "at and with", "const last = rows.at(-1);"),
        (TOO_NEW_JS, "waiting at the top", "const page = await fetch('/');"),
        (TOO_NEW_JS, "looking behind", "/(?<=a)b/"),
    ],
)
def test_the_lists_catch_what_they_name(patterns, name, line):
    assert re.search(patterns[name], line, flags=re.MULTILINE)
