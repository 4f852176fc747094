"""The page about redlines is true: its program runs."""

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "redlines.md"


def test_the_program_on_the_page_runs() -> None:
    programs = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(programs) == 1
    exec(programs[0], {})
