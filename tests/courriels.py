"""The worker's part, run by a test: write the e-mails of committed events."""

from mse.notifications.annonces import write_next


def write_mails() -> None:
    while write_next():
        pass
