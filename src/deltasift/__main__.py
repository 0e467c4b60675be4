"""`python -m deltasift`."""

from deltasift.cli import main

main()
