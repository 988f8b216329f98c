"""What a learner's browser loads, first and again, and when the page stands on a slow machine (CDP throttling)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.load import Call
from tests.fixtures.browser import FLAGS, LAPTOP, find_chromium

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PROCESSOR = 6
GOALS = {"home": (60, 15, 1.2), "desk": (120, 15, 1.5)}
"""First load kB, again kB, LCP seconds."""

LCP = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
  .observe({type: 'largest-contentful-paint', buffered: true}))"""


def measure_pages(port: int, calls: dict[str, Call]) -> dict[str, Any]:
    """For each page: kB and requests at the first load and again, LCP in seconds on the slow machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        found = {name: _measure(browser, port, one) for name, one in calls.items()}
        browser.close()
    return found


def _measure(browser: Browser, port: int, one: Call) -> dict[str, Any]:
    lines = one.wire.split(b"\r\n\r\n")[0].decode().split("\r\n")
    path = lines[0].split(" ")[1]
    cookie = next(line.split(": ", 1)[1] for line in lines if line.startswith("Cookie"))
    url = f"http://127.0.0.1:{port}{path}"
    context = _new_context(browser, port, cookie)
    first = _weigh(context.new_page(), url)
    again = _weigh(context.new_page(), url)
    context.close()
    context = _new_context(browser, port, cookie)
    lcp = _time(context, url)
    context.close()
    return {"first": first, "again": again, "lcp": lcp}


def _new_context(browser: Browser, port: int, cookie: str) -> BrowserContext:
    context = browser.new_context(viewport=LAPTOP)
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
    return context


def _weigh(page: Page, url: str) -> dict[str, Any]:
    """Bytes over the network as the browser counts them, headers included."""
    sizes: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    page.close()
    over = [size for size in sizes if size > 0]
    return {"kb": round(sum(over) / 1000, 1), "requests": len(over)}


def _time(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(1500)
    return round(float(page.evaluate(LCP)) / 1000, 2)
