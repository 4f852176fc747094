"""`govkit explain`: the list of rules, or the page of one: why it is there, and examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import IN_A_PIPE, width, wrapped
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.checks.rule import Rule
from govkit.cli.session import Session

CHARTER, POLICY = "charter", "policy:"

_EPILOG = """Examples:
  govkit explain                        list all rules
  govkit explain unknown-reference      read the page of one rule
  govkit explain policy:substance       read in words how a policy decides
  govkit explain charter                read how all of its policies decide
  govkit explain --format json > rules.json
"""


@click.command(epilog=_EPILOG)
@click.argument("rule", metavar="[RULE|charter|policy:POLICY]", required=False)
@format_option("text", "json")
@click.pass_obj
def explain(session: Session | None, rule: str | None, format_: str) -> None:
    """Explain a rule: why it is there, a bad and a good example.

    Without RULE, all rules are listed with their sentence. RULE is the name in brackets at the end
    of a finding, as unknown-reference; or `charter`, or `policy:` and the name of a policy.
    """
    if rule is not None and session is not None and (rule == CHARTER or rule.startswith(POLICY)):
        _explain_deciding(session, rule, format_)
        return
    from govkit.checks.all_rules import RULES

    found = None if rule is None else _find(rule)
    if format_ == "json":
        listed = [_described(each) for each in RULES]
        say_json(_described(found) if found else listed)
    elif found:
        from govkit.checks.pages_index import page

        click.echo("\n".join(_readable(page(found.slug))))
    else:
        click.echo("\n".join(_overview()))


def _explain_deciding(session: Session, name: str, format_: str) -> None:
    from govkit.cli.printing.record import paragraphs

    title, words = _deciding(session, name)
    if format_ == "json":
        answer = {"version": 1, "of": name, "title": title, "words": words.strip().split("\n\n")}
        say_json(answer)
        return
    click.echo(click.style(title, bold=True) + "\n")
    click.echo("\n".join(paragraphs(words)), nl=False)


def _deciding(session: Session, name: str) -> tuple[str, str]:
    """Return the title of a policy or of the charter, and how it decides, in words."""
    from govkit.consent.policy_text import deciding_in_words, policy_in_words
    from govkit.records.policies import Policy

    corpus = session.workspace().corpus
    charter = corpus.charter
    if charter is None:
        raise WrongUse("the charter can't be read", "`govkit check` says why.")
    policies = {
        each.id: each.record for each in corpus.of_kind("policy") if isinstance(each.record, Policy)
    }
    if name == CHARTER:
        return f"{charter.name}: how it decides", (
            deciding_in_words(charter, policies) or "The charter names no policy yet.\n"
        )
    slug = name.removeprefix(POLICY)
    if slug not in policies:
        raise WrongUse(
            f"there is no policy `{slug}` that can be read", typed=slug, known=sorted(policies)
        )
    return policies[slug].title, policy_in_words(policies[slug], charter.groups)


def _find(slug: str) -> Rule:
    from govkit.checks.all_rules import BY_SLUG

    if slug not in BY_SLUG:
        raise WrongUse(
            f"there is no rule `{slug}`",
            typed=slug,
            known=[*BY_SLUG, CHARTER],
            otherwise="`govkit explain` lists all rules.",
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


def _overview() -> Iterator[str]:
    """Yield all rules by family, each sentence wrapped to the width of the terminal."""
    from govkit.checks.pages_index import FAMILIES, in_family

    room = width(IN_A_PIPE)
    for family, heading in FAMILIES.items():
        yield from (click.style(line, bold=True) for line in wrapped(heading, room))
        for rule in in_family(family):
            yield "  " + click.style(rule.slug, fg="cyan")
            yield from wrapped(rule.sentence, room, " " * 6, " " * 6)
        yield ""
    yield from wrapped("`govkit explain RULE` prints the page of one rule.", room)
