"""Debian's chromium, driven by Playwright, and what axe says about a page of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="no chromium on this machine: apt-get install chromium"
)
FLAGS = (
    *("--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-first-run", "--disable-software-rasterizer"),
)


@contextmanager
def launched() -> Iterator[Any]:
    """One browser, ended behind it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(FLAGS), env={"PATH": os.environ["PATH"]}
        )
        yield browser
        browser.close()


def faults(page: Any, rules: str = "") -> list[str]:
    """Return what axe finds: rules of WCAG 2 A and AA, and what is good practice; or by one rule.

    It is put into the page once: only the colours are others in the dark.
    """
    from axe_playwright_python.sync_playwright import Axe

    if not rules:
        page.evaluate(Axe().axe_script)
    only = {"runOnly": {"type": "rule", "values": [rules]}} if rules else {}
    # Axe would load the styles a second time, which the policy of a page may forbid.
    options = {"resultTypes": ["violations"], "preload": False, **only}
    found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
