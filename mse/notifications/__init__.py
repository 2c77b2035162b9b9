"""E-mails: queue, worker, preferences, digests, unread notifications."""
