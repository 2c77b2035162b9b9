"""The nightly job that deletes what has been kept long enough."""
