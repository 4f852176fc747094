"""The address of a remote, and the page on which a change is handed in there."""

import pytest

from govkit.source.remote_addresses import remote_address, request_address

GITHUB = "https://github.com/example/texts"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (f"{GITHUB}.git", f"{GITHUB}/pull/new/change/EXA-DUE-01"),
        (f"{GITHUB}/", f"{GITHUB}/pull/new/change/EXA-DUE-01"),
        ("git@github.com:example/texts.git", f"{GITHUB}/pull/new/change/EXA-DUE-01"),
        ("ssh://git@ssh.github.com:443/example/texts.git", f"{GITHUB}/pull/new/change/EXA-DUE-01"),
        ("https://ana:secret@github.com/example/texts", f"{GITHUB}/pull/new/change/EXA-DUE-01"),
        (
            "git@gitlab.com:group/sub/texts.git",
            "https://gitlab.com/group/sub/texts/-/merge_requests/new"
            "?merge_request%5Bsource_branch%5D=change%2FEXA-DUE-01",
        ),
        (
            "https://gitlab.example.org:8443/group/texts.git",
            "https://gitlab.example.org:8443/group/texts/-/merge_requests/new"
            "?merge_request%5Bsource_branch%5D=change%2FEXA-DUE-01",
        ),
        (
            "ssh://git@gitlab.example.org:2222/group/texts.git",
            "https://gitlab.example.org/group/texts/-/merge_requests/new"
            "?merge_request%5Bsource_branch%5D=change%2FEXA-DUE-01",
        ),
        (
            "https://codeberg.org/example/texts.git",
            "https://codeberg.org/example/texts/compare/main...change/EXA-DUE-01",
        ),
        (
            "forgejo@forgejo.example.org:example/texts",
            "https://forgejo.example.org/example/texts/compare/main...change/EXA-DUE-01",
        ),
        ("https://code.example.org/example/texts", None),
        ("/srv/texts.git", None),
        ("../texts.git", None),
        ("file:///srv/texts.git", None),
    ],
)
def test_the_page_that_opens_a_request(address: str, page: str | None) -> None:
    found = remote_address(address)
    assert found is not None
    assert request_address(found, "change/EXA-DUE-01", "main") == page
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    ("own", "whole", "page"),
    [
        (
            "git@github.com:ana/texts.git",
            "https://github.com/example/texts",
            f"{GITHUB}/compare/main...ana:change/x?expand=1",
        ),
        (
            "https://codeberg.org/ana/texts",
            "https://codeberg.org/example/texts",
            "https://codeberg.org/example/texts/compare/main...ana:change/x",
        ),
        # A copy on another host is no fork of it.
        (
            "https://github.com/ana/texts",
            "https://codeberg.org/example/texts",
            "https://github.com/ana/texts/pull/new/change/x",
        ),
    ],
)
def test_a_branch_of_a_fork_goes_to_the_repository_that_it_is_a_copy_of(
    own: str, whole: str, page: str
) -> None:
    pushed = remote_address(own)
    assert pushed is not None
    assert request_address(pushed, "change/x", "main", remote_address(whole)) == page


def test_a_host_whose_name_says_nothing_is_known_by_a_setting() -> None:
    found = remote_address("https://code.example.org/example/texts", "gitlab")
    assert found is not None
    assert found.software == "GitLab"


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% /tmp/x",
        "http://github.com/example/texts",
        "git://github.com/example/texts",
        "--upload-pack=x",
        "https://github.com/a\nb/c",
        "https://-oProxyCommand=x/a/b",
        "https://[half/a/b",
        "file://server/share",
    ],
)
def test_nothing_is_pushed_to_what_runs_a_program_or_shows_a_password(address: str) -> None:
    assert remote_address(address) is None
