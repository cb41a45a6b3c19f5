"""What the browser tests share: a headless Chromium, and a reader who notes all that a page asks for or says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Reader:
    """A page, with all it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        self.until("frames > 0")

    def ask(self, what: str) -> Any:
        return self.page.evaluate(f"window.__globe.{what}")

    def until(self, what: str) -> None:
        """Wait until it holds; asked from here, since the page's policy lets no string be evaluated in it."""
        for _ in range(300):
            if self.ask(what):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"not within 15 s: {what}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def read(browser: Any, page_file: Path) -> Iterator[Any]:
    """Open the module's `page_file`; at the end no page may have complained or asked for anything else."""
    opened: list[Reader] = []

    def reader(width: int = 1400, height: int = 860, **context: Any) -> Reader:
        opened.append(Reader(browser, page_file, viewport={"width": width, "height": height}, **context))
        return opened[-1]

    yield reader
    for one in opened:
        one.context.close()
        assert one.complaints == []
        assert one.requests == [page_file.as_uri()]
