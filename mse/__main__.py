"""`python -m mse` is the command `mse`."""

from mse.cli import main

main(prog_name="mse")
