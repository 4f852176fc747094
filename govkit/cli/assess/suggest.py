"""`govkit assess suggest`: where to look in the terms for an answer."""

from __future__ import annotations

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session

_EPILOG = """Examples:
  govkit assess suggest assessments/kiosk/2026-01-31 EXA-DUE-01
  govkit assess suggest assessments/kiosk/2026-01-31 "EXA-DUE-01(a)" --format json

For each clause it shows the five passages that share most with its words, and with what was quoted
for it in the evaluations of other services. A passage that denies is marked. Nothing is answered:
read the passages, and search yourself before you say that terms are silent.
It needs: pip install 'coalition-govkit[assess]'.
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", metavar="EVALUATION")
@click.argument("clauses", nargs=-1, metavar="[CLAUSE]...")
@format_option("text", "json")
@pass_session
def suggest(session: Session, folder: str, clauses: tuple[str, ...], format_: str) -> None:
    """Show the passages of the terms in which the answer for a clause may stand."""
    from govkit.assessment.passages import passages_of
    from govkit.assessment.suggestions import SuggestionSource, questions_about
    from govkit.procedures.assessment.reading_sets import quotes_of_others, read_set

    workspace = session.workspace()
    found = read_set(workspace.root, folder)
    others = quotes_of_others(workspace.root, found.folder)
    source = SuggestionSource(
        {id: passages_of(text) for id, text in found.texts.items()}, found.language
    )
    questions = questions_about(workspace.corpus, clauses)
    answers = []
    for each in questions:
        quotes = others.get(each.clause, [])
        rows = source.suggested(each.words, quotes)
        answers.append(
            {
                "clause": each.clause,
                "quotes_of_others": len(quotes),
                "passages": [
                    {
                        "document": row.document,
                        "position": [row.found.passage.start, row.found.passage.end],
                        "heading": row.found.passage.heading,
                        "text": row.shown,
                        "score": row.found.score,
                        "words": list(row.found.words),
                        "denials": list(row.denials),
                    }
                    for row in rows
                ],
            }
        )
    if format_ == "json":
        say_json(answers)
        return
    for answer in answers:
        _say(answer)


def _say(answer: dict) -> None:  # type: ignore[type-arg]
    after = number_of(answer["quotes_of_others"], "quotation")
    click.echo(f"{answer['clause']}  (with {after} of other services)")
    if not answer["passages"]:
        click.echo("  nothing shares a word with it")
    for at, row in enumerate(answer["passages"], 1):
        start, end = row["position"]
        click.echo(f"  {at}. {row['document']} {start}-{end}  {visible(row['heading'])}")
        click.echo(f"     {visible(' '.join(row['text'].split()))}")
        click.echo(f"     shares: {visible(', '.join(row['words'][:8]))}")
        if row["denials"]:
            click.echo(f"     DENIES? it says: {visible(', '.join(row['denials'][:6]))}")
    click.echo()
