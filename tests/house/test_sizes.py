"""Small pieces: the sizes of the house style."""

from statistics import median

from tests.house.sources import files, functions, length, product, room, shown, templates, text, tree


def lines(path):
    return text(path).count("\n")


def test_no_function_is_longer_than_forty_lines():
    everything = product() + files("tests", "*.py") + files(".ci", "*.py") + files("bench", "*.py")
    long = [f"{shown(p, f.lineno)} {f.name} {length(f)}" for p in everything for f in functions(p) if length(f) > 40]
    assert long == []


def test_the_median_function_has_at_most_eight_lines():
    assert median([length(f) for path in product() for f in functions(path)] or [0]) <= 8


def test_no_file_is_longer_than_four_hundred_lines():
    everything = product() + files("tests", "*.py") + files(".ci", "*.py") + files("bench", "*.py")
    everything += files("static", "*.css") + files("static", "*.js")
    assert [f"{shown(path)} {lines(path)}" for path in everything if lines(path) > 400] == []


def test_no_template_is_longer_than_a_hundred_and_fifty_lines():
    assert [f"{shown(path)} {lines(path)}" for path in templates() if lines(path) > 150] == []


def test_no_view_is_longer_than_twenty_lines():
    views = [path for path in product() if room(path, "views")]
    long = [f"{shown(p, f.lineno)} {f.name} {length(f)}" for p in views for f in tree(p).body if length_of(f) > 20]
    assert long == []


def length_of(node):
    return length(node) if hasattr(node, "args") else 0


def test_no_function_takes_more_than_five_arguments_by_position():
    def taken(function):
        names = [argument.arg for argument in function.args.posonlyargs + function.args.args]
        return len(names) - (names[:1] in (["self"], ["cls"]))

    assert [f"{shown(p, f.lineno)} {f.name}" for p in product() for f in functions(p) if taken(f) > 5] == []
