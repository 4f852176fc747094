"""`govkit explain`: the list of rules, or the page of one: why it is there, and examples."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.checks.rule import Rule

_EPILOG = """\b
Examples:
  govkit explain                        list all rules
  govkit explain unknown-reference      read the page of one rule
  govkit explain --format json > rules.json
"""


@click.command(epilog=_EPILOG)
@click.argument("rule", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text for people, json for programs.",
)
def explain(rule: str | None, format_: str) -> None:
    """Explain a rule: why it is there, a bad and a good example.

    Without RULE, all rules are listed with their sentence. RULE is the name in brackets at the end
    of a finding, as unknown-reference.
    """
    from govkit.checks.all_rules import RULES

    found = None if rule is None else _find(rule)
    if format_ == "json":
        from govkit.cli.printing.as_json import as_text

        listed = [_described(each) for each in RULES]
        click.echo(as_text(_described(found) if found else listed), nl=False)
    elif found:
        from govkit.checks.pages_index import page

        click.echo("\n".join(_readable(page(found.slug))))
    else:
        click.echo("\n".join(_overview(shutil.get_terminal_size().columns)))


def _find(slug: str) -> Rule:
    from govkit.checks.all_rules import BY_SLUG
    from govkit.source.validation import nearest

    if slug not in BY_SLUG:
        near = nearest(slug, list(BY_SLUG))
        raise WrongUse(
            f"there is no rule `{slug}`",
            f"Did you mean `{near}`?" if near else "`govkit explain` lists all rules.",
        )
    return BY_SLUG[slug]


def _described(rule: Rule) -> dict[str, str]:
    from govkit.checks.pages_index import page

    return {
        "rule": rule.slug,
        "family": rule.family,
        "sentence": rule.sentence,
        "page": page(rule.slug),
    }


def _readable(text: str) -> Iterator[str]:
    """Yield the lines of a page, its headings bold; a # inside an example is no heading."""
    in_example = False
    for line in text.splitlines():
        in_example ^= line.startswith("```")
        heading = line.startswith("#") and not in_example
        yield click.style(line, bold=True) if heading else line


def _overview(columns: int) -> Iterator[str]:
    """Yield all rules by family, each sentence wrapped to the width of the terminal."""
    from govkit.checks.pages_index import FAMILIES, in_family

    width = max(40, min(columns, 100))
    for family, heading in FAMILIES.items():
        yield from (click.style(line, bold=True) for line in textwrap.wrap(heading, width))
        for rule in in_family(family):
            yield "  " + click.style(rule.slug, fg="cyan")
            yield from textwrap.wrap(
                rule.sentence, width, initial_indent=" " * 6, subsequent_indent=" " * 6
            )
        yield ""
    yield from textwrap.wrap("`govkit explain RULE` prints the page of one rule.", width)
