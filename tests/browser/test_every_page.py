"""Every kind of page of the demo, once per address pattern and in both modes, as whoever can reach it sees it."""

import re
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error

from tests.house.demo_site import Demo

ROLES = ("visitor", "resident", "owner", "committee", "secretary", "owners-committee", "property", "street", "stranger")
PAGES_A_ROLE = 45
START = 240
NOT_OURS = re.compile(
    r"logout|/static/|/media/|/cms/|/admin/|/ws/|/healthz|\.(?:pdf|zip|ics|csv|xlsx|json|png|jpe?g|svg)(?:\?|$)"
    r"|/export/|/template/|/csv/|/download/|/files/"
)
LINK = re.compile(r'<a\s[^>]*?href="([^"#]+)')
# Words of another language that a reader of Chinese meets: not abbreviations and codes, addresses or programs' names.
PROBE = """() => {
  const words = document.body.innerText.replace(/https?:\\/\\/\\S+/g, "").match(/[A-Za-z]*[a-z][A-Za-z]{2,}/g) || [];
  const code = [...document.querySelectorAll("code, pre")].map(one => one.innerText).join(" ");
  const kept = ["Excel", "Word", "Python", "xlsx", "xls", "csv"];
  return {
    headings: [...document.querySelectorAll('h1')].filter(one => one.getClientRects().length).length,
    inline: document.querySelectorAll('[style], [onclick], script:not([src]):not([type="application/json"])').length,
    english: [...new Set(words.filter(word => !kept.includes(word) && !code.includes(word)))].slice(0, 5),
    halfwidth: (document.body.innerText.match(/[\\u4e00-\\u9fff][,;:?!](?=[\\u4e00-\\u9fff])/g) || []).slice(0, 3),
  };
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = """() => Promise.race([
  axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations.map(
    one => one.id + ' ' + one.nodes.slice(0, 2).map(node => node.html.slice(0, 140)).join(' | '))),
  new Promise(answer => setTimeout(() => answer(['axe did not come back']), 20000)),
])"""


def kind(address):
    """An address without its numbers and its query: pages of one kind look alike."""
    return re.sub(r"\d+", "N", address.partition("?")[0])


@dataclass
class Walk:
    """One role's walk; what another role has looked at in the same mode is not looked at again."""

    page: object
    base: str
    seen: set
    faults: list = field(default_factory=list)
    mode: str = ""

    def __post_init__(self):
        self.said = []
        self.page.on("console", lambda said: self.said.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def everything(self):
        """Look at each new kind of page that links lead to; gives the paths looked at."""
        waiting, mine, looked_at = deque(["/"]), set(), []
        while waiting and len(looked_at) < PAGES_A_ROLE:
            path = waiting.popleft()
            if kind(path) in mine or NOT_OURS.search(path):
                continue
            mine.add(kind(path))
            if kind(path) in self.seen:
                found = self.read(path)
            elif found := self.open(path):
                self.seen.add(kind(path))
                looked_at.append(path)
                self.look(path)
            links = [urljoin(self.base + path, unescape(link)) for link in LINK.findall(found)]
            waiting += [link.removeprefix(self.base) for link in links if link.startswith(f"{self.base}/")]
        return looked_at

    def read(self, path):
        """What a page holds, without a look at it; nothing if it is refused."""
        answer = self.page.request.get(self.base + path)
        return answer.text() if answer.ok else ""

    def open(self, path):
        """Open a page, gives what it holds; a refusal, which has its own tests, and a file to keep hold nothing."""
        self.said.clear()
        try:
            answer = self.page.goto(self.base + path, wait_until="load")
        except Error as stopped:
            if "Download is starting" not in stopped.message:
                raise
            return ""
        return self.page.content() if answer and answer.ok else ""

    def look(self, path):
        """Write down what a careful visitor would find wrong with the page that is open."""
        found = self.page.evaluate(PROBE)
        wrong = list(self.said)
        wrong += [] if found["headings"] == 1 else [f"{found['headings']} h1"]
        wrong += [f"{name}: {found[name]}" for name in ("inline", "english", "halfwidth") if found[name]]
        self.page.set_viewport_size({"width": 320, "height": 640})
        over = self.page.evaluate(OVERFLOW)
        wrong += [f"{over} px too wide at 320 px"] if over > 0 else []
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.page.evaluate(AXE_SCRIPT)
        wrong += self.page.evaluate(AXE)
        self.faults += [f"{path} {self.mode}: {one}" for one in wrong]


def enter(page, base, role):
    """Become one of the demo's people by the button on /demo/."""
    page.goto(f"{base}/demo/")
    page.locator(f"button[name=person][value='{role}']").first.click()
    page.wait_for_load_state("load")


def switch(page, base):
    """Press the switch between the normal and the large version."""
    page.goto(f"{base}/search/")
    page.locator("form[action='/elder/'] button").click()
    page.wait_for_load_state("load")


def walk(context, base, role, seen, seen_large):
    """Everything new that this role reaches, then the same in the large version."""
    page = context.new_page()
    page.set_default_timeout(30_000)
    if role != "visitor":
        enter(page, base, role)
    steps = Walk(page, base, seen)
    paths = steps.everything()
    switch(page, base)
    steps.mode = "大字版"
    for path in paths:
        if kind(path) not in seen_large and steps.open(path):
            seen_large.add(kind(path))
            steps.look(path)
    switch(page, base)
    return steps.faults


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, loaded and running."""
    started = Demo(tmp_path_factory.mktemp("demo"))
    try:
        started.wait(START)
        yield started
    finally:
        started.stop()


def test_every_page_is_right_in_both_modes(browser, demo):
    seen, seen_large, faults = set(), set(), []
    for role in ROLES:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        faults += [f"{role} {fault}" for fault in walk(context, demo.address, role, seen, seen_large)]
        context.close()
    assert len(seen) >= 60
    assert not faults, "\n".join(faults)
