"""``python -m loops`` is the `loops` command."""

from loops.cli import main

main()
