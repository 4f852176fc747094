"""`python -m govkit` does what `govkit` does."""

from govkit.cli.main import main

main()
