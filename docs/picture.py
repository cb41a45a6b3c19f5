"""Draw the picture on the README: the head of the bundled briefing and its globe in the middle of a flight.

Run by `make picture`; needs Chromium. The table between the two is left out, for size.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from detente.briefing.brief import brief

PICTURE = Path(__file__).parent / "pictures" / "briefing.png"
FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"]
SCENE, MOMENT = ("us-framework", "atlantic-to-moscow"), 800.0
"""Case and threat that are shown, and the seconds after launch."""


def main() -> None:
    """Write the briefing into a folder of its own, open it, and keep what it looks like."""
    chromium = shutil.which("chromium") or sys.exit("picture: no chromium on the path; install it first")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page_file = brief("genoa-2001", Path(folder) / "out").page
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1120, "height": 800}, color_scheme="light")
        page.goto(page_file.as_uri())
        page.evaluate("document.getElementById('cases').style.display = 'none'")
        page.evaluate("document.querySelectorAll('main > section').forEach((s, i) => { if (i > 2) s.remove() })")
        page.evaluate("document.querySelector('footer').remove()")
        page.evaluate("document.getElementById('globe').scrollIntoView()")
        page.evaluate("([c, t]) => { window.__globe.select(c, t); window.__globe.pause() }", SCENE)
        page.evaluate("t => window.__globe.seek(t)", MOMENT)
        page.wait_for_timeout(800)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
