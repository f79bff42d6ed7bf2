"""What the tests share: the switch `--update`, how hard hypothesis searches, and a browser.

Must not know what Dossier makes: a test that needs a dossier brings it along.
"""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, expect, sync_playwright

import start

IN_CI = os.environ.get("CI") == "true"

# In CI the same examples every time: no change may fail by chance. At home new ones, to find the unforeseen.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("home", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if IN_CI else "home")

# What a page comes to is waited for: on a machine that does much else it may take longer than the library waits.
expect.set_options(timeout=30_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="store what is made now as what is expected")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by their length: a time among them made the workers collect tests of different names."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether stored expectations are to be rewritten, stale ones removed, instead of compared."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, and fails in CI."""
    found = start.find_chromium(os.environ)
    if found:
        return found
    message = f"Chromium is missing; to get it: {start.how_to_get_chromium(start.system())}"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; the test fails if it complains, throws, opens a dialog or asks a foreign host."""
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text}")

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"file", "data", "blob", "about"} and url.hostname not in {
            "127.0.0.1",
            "localhost",
        }:
            complaints.append(f"foreign request: {request.url}")

    def on_dialog(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context = browser.new_context()
    fresh = context.new_page()
    fresh.on("console", on_console)
    fresh.on("request", on_request)
    fresh.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    fresh.on("dialog", on_dialog)
    yield fresh
    context.close()
    assert not complaints
