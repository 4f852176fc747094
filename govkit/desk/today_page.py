"""The page of what is to be done: by date, with who can do it, and how."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from flask import Flask, render_template, request, url_for

from govkit.desk.folder import Desk
from govkit.desk.plain_words import GIT_WORDS, without_git
from govkit.log.coordinators import coordinators_of
from govkit.procedures.log.register import member_of_clone
from govkit.procedures.tasks import filled_in, tasks_at_hand
from govkit.proposals.task import Task

_DAYS = (7, 14, 30, 60, 365)
_USUAL = 14


class Row(NamedTuple):
    """A task as its row says it. `page` is where the desk does it; else `command` does."""

    what: str
    who: str
    command: str
    page: str


def add_to(app: Flask, desk: Desk) -> None:
    """Give the page its address."""
    app.add_url_rule("/today", "today", lambda: _page(desk))


def _page(desk: Desk) -> str:
    workspace, now = desk.folder.opened(), desk.folder.now()
    asked = request.args.get("days", "")
    days = int(asked) if asked in map(str, _DAYS) else _USUAL
    members = sorted(each.id for each in workspace.corpus.of_kind("member"))
    member = request.args.get("for", "")
    member = member if member in members else ""
    tasks = tasks_at_hand(workspace, now, days, member or None)
    here = member_of_clone(workspace.root)
    groups: dict[str, list[Row]] = {}
    for each in filled_in(tasks, workspace, here, member or None):
        groups.setdefault(_heading(each, now), []).append(_row(each))
    return render_template(
        "today.html",
        groups=groups,
        days=days,
        all_days=_DAYS,
        member=member,
        members=members,
        coordinators=coordinators_of(workspace.corpus),
    )


def _heading(task: Task, now: datetime.datetime) -> str:
    heading = task.heading(now)
    return "No hurry: not shown to anybody yet" if task.kind == "audit" else heading


def _row(task: Task) -> Row:
    page = url_for("comments", proposal=task.about) if task.kind == "answer" else ""
    page = url_for("ballots") if task.kind == "take-in" else page
    plain = not any(word in GIT_WORDS for word in task.command.split())
    command = task.command if plain else ""
    what = without_git(task.what).replace("`", "")
    return Row(what, ", ".join(task.who) or "anybody", command, page)
