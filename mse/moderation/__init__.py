"""What animateurs decide: publish, withdraw, hide, choose the owners."""
