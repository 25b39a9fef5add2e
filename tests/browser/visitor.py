"""A visitor at a browser, in the words of what a visitor does: look, press, write, choose, show a photo."""

import io
import re
from pathlib import PurePath
from typing import Any

from django.test import Client
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pypdfium2 import PdfDocument

from xieshang.lib.actor import Actor

BACKEND = "xieshang.accounts.adapter.SignedIn"
PRESSABLE = "a, button, summary"
MOST_QUESTIONS = 8
STORY = "四到七层都不亮，晚上看不清。"


def photo(colour: tuple[int, int, int] = (120, 130, 110)) -> dict[str, Any]:
    """A photo as a phone takes it: a real JPEG, held sideways, with its whereabouts in it."""
    picture = Image.new("RGB", (1800, 1200), colour)
    ImageDraw.Draw(picture).ellipse((300, 300, 900, 900), fill=(240, 200, 60))
    about = picture.getexif()
    about[0x0112] = 6
    about.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=about)
    return {"name": "IMG_0412.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def minutes() -> dict[str, Any]:
    """The minutes of a session, scanned."""
    out = io.BytesIO()
    Image.new("RGB", (595, 842), (255, 255, 255)).save(out, "PDF")
    return {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def sign_in(context: BrowserContext, address: str, actor: Actor) -> None:
    """Let a browser be signed in already, in the actor's office."""
    client = Client()
    client.force_login(actor.person, BACKEND)
    if actor.office:
        session = client.session
        session["office"] = actor.office.id
        session.save()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


class Visitor:
    """One person at one browser. A name matches from its beginning, as a reader recognises a button."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, said: Any) -> None:
        # An answer of 409 or 422 is the site's own "not like this": the browser writes it down as an error.
        if said.type == "error" and not re.search(r"status of 4(09|22)", said.text):
            self.complaints.append(said.text)

    def open(self, path: str = "/") -> "Visitor":
        """Type an address."""
        self.page.goto(self.address + path if path.startswith("/") else path, wait_until="domcontentloaded")
        return self

    def find(self, name: str, *, within: str = "body") -> Locator:
        """The first visible link or button so called."""
        words = re.compile(rf"^\s*{re.escape(name)}")
        return self._turn_to(self.page.locator(within).locator(PRESSABLE).filter(has_text=words, visible=True))

    def _turn_to(self, wanted: Locator) -> Locator:
        """The first of these; in 大字版 a form shows one question at a time, so go on in it until this one comes."""
        for _question in range(MOST_QUESTIONS):
            onward = self.page.locator(".one-by-one .main").filter(visible=True)
            if wanted.count() or not onward.count():
                break
            onward.first.click()
        return wanted.first

    def press(self, name: str, *, within: str = "body") -> "Visitor":
        """Press what leads to another page, or the same anew."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.find(name, within=within).click()
        return self

    def unfold(self, name: str, *, within: str = "body") -> "Visitor":
        """Press what only opens or changes a piece of the page."""
        self.find(name, within=within).click()
        return self

    def write(self, label: str, text: str, *, within: str = "main") -> "Visitor":
        """Write into a field, in place of what stands there."""
        self._field(label, within).fill(text)
        return self

    def tick(self, label: str, *, within: str = "main") -> "Visitor":
        """Tick a box or take one of several choices."""
        words = re.compile(rf"^\s*{re.escape(label)}")
        self._turn_to(self.page.locator(within).locator("label").filter(has_text=words, visible=True)).click()
        return self

    def choose(self, label: str, option: str, *, within: str = "main") -> "Visitor":
        """Take one line of a list."""
        self._field(label, within).select_option(label=option)
        return self

    def attach(self, label: str, file: dict[str, Any], *, within: str = "main") -> "Visitor":
        """Choose a photo or a file; where pictures are shown before they are sent, wait for it."""
        field = self._field(label, within)
        field.set_input_files(files=[file])
        shown = field.locator("xpath=..").locator("[data-upload-list] li")
        if PurePath(file["name"]).suffix == ".jpg" and self.runs_scripts and shown.count():
            expect(shown).to_have_count(1)
        return self

    def _field(self, label: str, within: str) -> Locator:
        words = re.compile(rf"^\s*{re.escape(label)}")
        return self._turn_to(self.page.locator(within).get_by_label(words).filter(visible=True))

    def prints(self, path: str) -> list[int]:
        """How many sheets of paper a page takes, as it stands and in 大字版; in a window of its own."""
        page, sheets = self.page.context.new_page(), []
        page.goto(self.address + path if path.startswith("/") else path)
        for large in (False, True):
            page.evaluate("large => document.documentElement.classList.toggle('elder', large)", large)
            sheets.append(len(PdfDocument(page.pdf(prefer_css_page_size=True))))
        page.close()
        return sheets

    @property
    def main_text(self) -> str:
        """What the page itself says, without its frame."""
        return self.page.locator("main").inner_text()

    @property
    def runs_scripts(self) -> bool:
        """Whether this browser runs scripts."""
        return self.page.evaluate("'htmx' in window") is True

    def sees(self, *sentences: str) -> "Visitor":
        """The page says all of this, and can be read without moving it sideways."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)
        return self

    def sees_no(self, *sentences: str) -> "Visitor":
        """The page says nothing of this."""
        for sentence in sentences:
            expect(self.page.locator("body")).not_to_contain_text(sentence)
        return self

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
