"""Web addresses that only their author could open are refused, however they are written."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from govkit.records.registers import Initiative
from govkit.records.web_hosts import is_for_everybody

AT_HOME = (
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "https://localhost:8080/x",
    "https://LOCALHOST./",
    "https://intranet/page",
    "https://printer.local/",
    "https://x.home.arpa/",
    "https://10.0.0.8/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest",
    "https://[::1]/",
    "https://[fe80::1]/",
    "https://[broken/",
    "https://example.org@127.0.0.1/",
)
FOR_ALL = (
    "https://example.org/a?b=http://localhost/",
    "http://example.org.:80/",
    "https://xn--bcher-kva.example/",
    "https://bücher.example/",
    "https://1.1.1.1/",
    "https://localhost.example/",
)


@pytest.mark.parametrize("address", [*AT_HOME, *FOR_ALL])
def test_who_can_open_an_address(address: str) -> None:
    assert is_for_everybody(address) == (address in FOR_ALL)


def test_the_record_of_an_initiative_says_why() -> None:
    with pytest.raises(ValidationError, match="nobody else can open it"):
        Initiative.model_validate(
            {"title": "A label", "kind": "evaluation", "address": "http://127.0.0.1/"}
        )
