"""The words of the editor: Wagtail's Chinese catalogues and ours together leave nothing in English."""

import ast
import re
import struct
from collections import Counter
from gettext import NullTranslations
from gettext import translation as catalogue_of
from itertools import groupby
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

OURS, ANEW = (Path(path) for path in settings.LOCALE_PATHS[:2])
CODE = "zh_Hans"
DOMAINS = pytest.mark.parametrize("domain", ["django", "djangojs"])
# What stays as it is when the words around it change: what is filled in, and tags.
KEPT = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|<[^>]+>")


def entries(path):
    """The entries of a .po file: by msgid, msgid_plural, msgstr and so on."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for filled, block in groupby(lines, key=bool):
        entry, key = {}, ""
        for line in [line for line in block if filled and not line.startswith("#")]:
            name, quote, rest = line.partition('"')
            key = name.strip() or key  # a line without a name goes on with the last one
            entry[key] = entry.get(key, "") + ast.literal_eval(quote + rest)
        if entry:
            yield entry


def words(path):
    """The entries that say something, without the header."""
    return [entry for entry in entries(path) if entry["msgid"]]


def compiled(path):
    """What a .mo file holds, read by the form of its tables."""
    data = path.read_bytes()
    _magic, _revision, count, ours, theirs = struct.unpack_from("<5I", data)

    def text(table, row):
        length, start = struct.unpack_from("<2I", data, table + 8 * row)
        return data[start : start + length].decode()

    return {text(ours, row): text(theirs, row) for row in range(count)}


class Untranslated(NullTranslations):
    """Where a look-up ends that found nothing."""

    def gettext(self, message):
        return None

    def ngettext(self, msgid1, msgid2, n):
        return None

    def pgettext(self, context, message):
        return None


def found(catalogue, entry):
    """What a catalogue says for an entry of another, or None."""
    if "msgctxt" in entry:
        return catalogue.pgettext(entry["msgctxt"], entry["msgid"])
    if "msgid_plural" in entry:
        return catalogue.ngettext(entry["msgid"], entry["msgid_plural"], 2)
    return catalogue.gettext(entry["msgid"])


def wagtail_words(domain):
    """Every string that the installed parts of Wagtail show, as they say it in English."""
    parts = [Path(app.path) for app in apps.get_app_configs() if app.name.split(".")[0] == "wagtail"]
    paths = [part / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for part in parts]
    return [entry for path in paths if path.exists() for entry in words(path)]


def without_ours(domain):
    """The catalogues that Django would read if we had none."""
    places = [Path(django.__file__).parent / "conf"]
    places += [Path(app.path) for app in apps.get_app_configs() if domain == "django" or app.name == "wagtail.admin"]
    for place in places:
        if place / "locale" != OURS:
            catalogue = catalogue_of(domain, place / "locale", [CODE], fallback=True)
            catalogue.add_fallback(Untranslated())
            yield Untranslated() if type(catalogue) is NullTranslations else catalogue


def in_use(domain):
    """The catalogue that a page of the editor, or a script of its pages, is shown with."""
    places = [str(Path(apps.get_app_config("wagtailadmin").path) / "locale")] if domain == "djangojs" else None
    catalogue = DjangoTranslation("zh-hans", domain, places)
    catalogue.add_fallback(Untranslated())
    return catalogue


def ours(domain):
    """Our own entries."""
    return words(OURS / CODE / "LC_MESSAGES" / f"{domain}.po")


@DOMAINS
def test_everything_the_editor_says_is_said_in_chinese(domain):
    catalogue = in_use(domain)
    english = [entry["msgid"] for entry in wagtail_words(domain) if found(catalogue, entry) is None]
    assert english == [], "translate these in cms/locale"


@DOMAINS
def test_our_catalogue_changes_no_word_that_others_translate_and_keeps_none_that_is_gone(domain):
    others = list(without_ours(domain))
    twice = [entry["msgid"] for entry in ours(domain) if any(found(other, entry) for other in others)]
    assert twice == [], "drop these from cms/locale: they are translated elsewhere by now"
    shown = {entry["msgid"] for entry in wagtail_words(domain)}
    assert [entry["msgid"] for entry in ours(domain) if entry["msgid"] not in shown] == []


def test_what_is_said_anew_is_shown_and_is_what_the_editor_says():
    catalogue, shown = in_use("django"), {entry["msgid"] for entry in wagtail_words("django")}
    anew = words(ANEW / CODE / "LC_MESSAGES" / "django.po")
    assert [entry["msgid"] for entry in anew if entry["msgid"] not in shown] == []
    assert [entry["msgid"] for entry in anew if found(catalogue, entry) != entry["msgstr"]] == []


@pytest.mark.parametrize("path", [path for root in settings.LOCALE_PATHS for path in root.rglob("*.po")], ids=str)
def test_what_is_compiled_is_what_is_written(path):
    written = {}
    for entry in entries(path):
        context = [entry["msgctxt"], "\4"] if "msgctxt" in entry else []
        many = ["\0", entry["msgid_plural"]] if "msgid_plural" in entry else []
        written["".join([*context, entry["msgid"], *many])] = entry.get("msgstr", entry.get("msgstr[0]"))
    assert compiled(path.with_suffix(".mo")) == written, "run msgfmt as the head of the .po file says"


@DOMAINS
def test_every_translation_says_something_and_keeps_what_is_filled_in(domain):
    broken = []
    for entry in ours(domain):
        said = entry.get("msgstr") or entry.get("msgstr[0]", "")
        kept, wanted = Counter(KEPT.findall(said)), [entry["msgid"], entry.get("msgid_plural", entry["msgid"])]
        if not said or kept not in [Counter(KEPT.findall(text)) for text in wanted]:
            broken.append(entry["msgid"])
    assert broken == []
