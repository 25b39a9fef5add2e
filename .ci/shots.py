"""Photograph a running demo, shots.py ADDRESS: each role walks from its home page, each kind of page is taken once."""

import html
import os
import re
import shutil
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

OUT = Path(__file__).resolve().parent.parent / "screens"
ROLES = {
    "visitor": "没有登录",
    "resident": "居民",
    "owner": "业主",
    "co-owner": "共有人",
    "elder": "居民（大字版）",
    "committee": "居委会",
    "secretary": "党组织书记",
    "owners-committee": "业委会",
    "clerk-1": "录票人（业委会）",
    "clerk-2": "录票人（居委会）",
    "property": "物业",
    "village-secretary": "村党支部书记",
    "village-chair": "村委会主任",
    "street": "街道",
    "stranger": "外人",
}
WIDTHS = {"390": (390, 844), "1280": (1280, 900)}
ALWAYS = ("/", "/demo/")
PAGES_A_ROLE = 30
# A long page takes its time on a busy machine.
PATIENCE_MS = 120_000
ARGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
OUTSIDE_THE_WALK = re.compile(
    r"logout|/static/|/media/|/admin|/cms/|/demo/|\.(?:pdf|zip|ics|csv|xlsx|json|png|jpg|svg)(?:\?|$)"
)
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"


def kind(address: str) -> str:
    """An address without its numbers and its query: pages of one kind look alike."""
    return re.sub(r"\d+", "N", address.partition("?")[0])


@dataclass
class Walk:
    """One role's way through the site."""

    base: str
    role: str
    seen: set[str]
    taken: list[tuple[str, str, str]] = field(default_factory=list)

    def addresses(self, page: Page) -> list[str]:
        """Paths of the kinds of page this role can reach and nobody has shown yet, the role's own first page always."""
        waiting, mine, found = deque(ALWAYS), set(), []
        while waiting and len(found) < PAGES_A_ROLE:
            path = waiting.popleft()
            if kind(path) in mine:
                continue
            mine.add(kind(path))
            if not self._open(page, path):
                continue
            if path in ALWAYS or kind(path) not in self.seen:
                found.append(path)
                self.seen.add(kind(path))
            links = (urldefrag(link)[0] for link in page.evaluate(LINKS) if link.startswith(self.base))
            waiting += [link.removeprefix(self.base) for link in links if not OUTSIDE_THE_WALK.search(link)]
        return found

    def _open(self, page: Page, path: str) -> bool:
        """Open a page; a refusal or a download is not worth a picture."""
        try:
            answer = page.goto(self.base + path, wait_until="load")
        except Error:
            return False
        return bool(answer and answer.ok)

    def shoot(self, context: BrowserContext, paths: list[str]) -> None:
        """Take the pictures at each width."""
        page = context.new_page()
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            for path in paths:
                if self._open(page, path):
                    name = f"{self.role}{re.sub(r'[^A-Za-z0-9]+', '-', path).rstrip('-') or '-home'}-{width}.png"
                    page.screenshot(path=str(OUT / name), full_page=True, timeout=PATIENCE_MS)
                    self.taken.append((path, width, name))
        page.close()


def enter(context: BrowserContext, base: str, role: str) -> None:
    """Become one of the demo's people by the button on /demo/."""
    page = context.new_page()
    page.goto(f"{base}/demo/")
    page.locator(f"form[action='/demo/enter'] [name=person][value='{role}']").first.click()
    page.wait_for_load_state("load")
    page.close()


def index(walks: list[Walk]) -> str:
    """A page with all pictures, a section per role."""
    sections = []
    for walk in walks:
        shots = "".join(
            f'<figure><a href="{name}"><img loading="lazy" src="{name}" width="{195 if width == "390" else 480}"></a>'
            f"<figcaption>{html.escape(path)} · {width}</figcaption></figure>"
            for path, width, name in walk.taken
        )
        sections.append(f'<h2 id="{walk.role}">{ROLES[walk.role]}</h2><div>{shots}</div>')
    style = "div{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{border:1px solid #ccc}"
    return f'<!doctype html><meta charset="utf-8"><title>协商</title><style>{style}</style>{"".join(sections)}'


def main() -> int:
    """Walk as every role."""
    base = sys.argv[1].rstrip("/")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    walks, seen = [], set()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=ARGS
        )
        for role, name in ROLES.items():
            context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
            if role != "visitor":
                enter(context, base, role)
            walk = Walk(base, role, set() if role == "elder" else seen)
            page = context.new_page()
            paths = walk.addresses(page)
            page.close()
            walk.shoot(context, paths)
            context.close()
            walks.append(walk)
            print(f"{name}：{len(walk.taken)} 张", flush=True)
        browser.close()
    (OUT / "index.html").write_text(index(walks), encoding="utf-8")
    return 0 if all(walk.taken for walk in walks) else 1


if __name__ == "__main__":
    sys.exit(main())
