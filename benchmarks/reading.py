"""Measures what a reader's browser gets: weight and number of files, first and largest paint, layout shift.

    python -m benchmarks.reading [SITE] [PAGE …]

SITE is a built site (`build/site`), a page an address below it (`de/`); needs Chromium. Bytes are those of the files,
before a server packs them. Times are of one cold visit from this machine: read their ratios.
"""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

import start
from generator.outputs.site import served

_PAGES: Final = ("de/", "de/disputes/", "de/chronology/", "de/glossary/", "de/sources/")
_KINDS: Final = ("document", "stylesheet", "script", "font")
_WATCH: Final = """
  window.seen = {shift: 0, paint: 0};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  new PerformanceObserver((list) => {
    window.seen.paint = list.getEntries().at(-1).startTime;
  }).observe({type: "largest-contentful-paint", buffered: true});
"""


def visit(browser: Browser, address: str) -> tuple[Counter[str], int, dict[str, Any]]:
    """Visit a page with an empty cache; return KiB by kind of file, the number of requests, what the browser saw."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    weights: Counter[str] = Counter()
    requests: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request.url))
    page.on("response", lambda response: weights.update({response.request.resource_type: len(response.body())}))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    first = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    seen = page.evaluate(f"({{...window.seen, first: {first}}})")
    context.close()
    return weights, len(requests), seen


def main(arguments: list[str]) -> None:
    """Print a Markdown table, one row for each page."""
    site = Path(arguments[0] if arguments else "build/site")
    print("| page | HTML KiB | CSS KiB | JS KiB | fonts KiB | requests | first paint ms | largest paint ms | shift |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=start.find_chromium(os.environ))
        for path in arguments[1:] or _PAGES:
            weights, requests, seen = visit(browser, root + path)
            sizes = " | ".join(f"{weights[kind] / 1024:.0f}" for kind in _KINDS)
            print(
                f"| {path} | {sizes} | {requests} | {seen['first']:.0f} | {seen['paint']:.0f} | {seen['shift']:.4f} |"
            )
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
