"""The questions of `govkit adopt` on a terminal: each with why it is asked, and a default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.adoption.choices import bounds_in_words, choices_of
from govkit.adoption.interview import Question, open_options, questions
from govkit.cli.printing.words import number_of
from govkit.procedures.adoption.new_profile import new_profile
from govkit.procedures.adoption.platform_terms import read_profile

if TYPE_CHECKING:
    from govkit.adoption.choices import FilledBlank
    from govkit.adoption.interview import Question
    from govkit.corpus.whole import Corpus


def interviewed(corpus: Corpus) -> str:
    """Ask what a profile says, and return it as YAML. Raises `click.Abort`."""

    click.echo("Enter takes the default. Nothing is written before the last answer.\n")
    answers = {question.key: _answer(question) for question in questions(corpus)}
    options = _options(corpus, answers.get("level", ""))
    blanks = _blanks(corpus, new_profile(corpus, answers, options=options))
    return new_profile(corpus, answers, blanks, options)


def _options(corpus: Corpus, level: str) -> dict[str, str]:
    """Ask which option is taken of each provision where the level leaves it open."""

    chosen = {}
    for text, offered in open_options(corpus, level):
        words = f"{text.id}, {text.title}: which option do you take?"
        why = f"the level leaves it to you; `govkit show {text.id}` has the clauses of each"
        chosen[text.id] = _answer(Question(text.id, words, why, offered[0], offered))
    return chosen


def _answer(question: Question) -> str:
    click.echo(click.style(question.words, bold=True))
    click.echo(f"  Why: {question.why}.")
    if question.answers:
        many = "several fit, with commas between" if question.several else "one of"
        click.echo(f"  Answers ({many}): {', '.join(question.answers)}")
    while True:
        answer: str = click.prompt("  ", default=question.default, prompt_suffix="> ")
        words = [word.strip() for word in answer.split(",") if word.strip()]
        wrong = [word for word in words if question.answers and word not in question.answers]
        if wrong:
            click.echo(f"  `{wrong[0]}` is none of the answers.")
        elif question.answers and (not words or (len(words) > 1 and not question.several)):
            click.echo("  One answer is needed.")
        else:
            click.echo("")
            return answer.strip()


def _blanks(corpus: Corpus, profile: str) -> dict[str, dict[str, str]]:
    """Ask for the blanks, if the person wants to choose; those at their default are left out."""

    choices = choices_of(read_profile("profile.yaml", profile.encode()), corpus)
    numbers = [blank for blank in choices.blanks if blank.parameter.type != "text"]
    click.echo(f"{number_of(len(choices.blanks), 'blank')} have defaults.")
    if not numbers or not click.confirm("Go through them one by one?", default=False):
        return {}
    chosen: dict[str, dict[str, str]] = {}
    for blank in numbers:
        value = _number(blank)
        if value != blank.value:
            chosen.setdefault(blank.text, {})[blank.name] = value
    return chosen


def _number(blank: FilledBlank) -> str:

    parameter = blank.parameter
    click.echo(f"{blank.text}: {' '.join(parameter.meaning.split())}, in {parameter.type}")
    who = {"longer": "More", "shorter": "Less"}.get(parameter.favours or "")
    if who:
        click.echo(f"  {who} protects the user better, and costs the platform.")
    low, high = parameter.minimum, parameter.maximum
    limits = click.IntRange(low, high)
    value: int = click.prompt(
        f"  {bounds_in_words(parameter) or 'any number'}", default=int(blank.value), type=limits
    )
    return str(value)
