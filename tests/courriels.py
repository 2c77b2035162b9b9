"""The worker's part, done by the test: mails are written once what happened is committed."""

from mse.notifications.annonces import write_next


def write_mails() -> None:
    while write_next():
        pass
