"""An option that is given twice: both values count, or it is refused; the last never wins."""

import click
from click.testing import CliRunner

from govkit.cli.main import govkit

from .command_tree import commands, words_of


def test_no_option_of_one_value_is_taken_twice() -> None:
    every = [
        (words_of(each), param)
        for each in commands()
        for param in each.command.params
        if isinstance(param, click.Option) and not param.is_flag and not param.multiple
    ]
    assert {("list",), ("release", "cut"), ("member", "key", "add"), ()} <= {c for c, _ in every}
    for called, option in every:
        given = [word for name in (option.opts[0], option.opts[-1]) for word in (name, "x")]
        done = CliRunner().invoke(govkit, [*called, *given])
        refused = f"{max(option.opts, key=len)} is given twice. Write it once." in done.output
        assert (done.exit_code, refused) == (2, True), (called, option.opts, done.output)


def test_a_flag_means_the_same_however_often_it_is_given() -> None:
    assert CliRunner().invoke(govkit, ["diff", "--plain", "--plain", "--help"]).exit_code == 0


def test_two_days_for_one_text_are_refused() -> None:
    words = ("--commence", "A-1=2027-01-01", "--commence", "A-1=2027-02-01")
    done = CliRunner().invoke(govkit, ["release", "cut", "x", *words])
    assert done.exit_code == 2
    assert "--commence gives two days for A-1: 2027-01-01 and 2027-02-01" in done.output


def test_two_accounts_on_one_host_and_a_text_named_twice_are_refused() -> None:
    for words, said in (
        (
            ("member", "add", "a", "--account", "code.example:x", "--account", "Code.example:y"),
            "two accounts on code.example are given",
        ),
        (
            (
                "take-over",
                "A-1",
                "A-1",
                "--adopted-at",
                "x",
                "--adopted-on",
                "2026-01-01",
                "--evidence",
                "x",
            ),
            "A-1 is given twice. Write it once.",
        ),
    ):
        done = CliRunner().invoke(govkit, [*words])
        assert (done.exit_code, said in " ".join(done.output.split())) == (2, True), done.output
