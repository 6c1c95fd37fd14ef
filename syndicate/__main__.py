"""`python -m syndicate`."""

from syndicate.cli.main import main

main()
