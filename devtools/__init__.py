"""What the tests, the bench and the proofs of reliability share."""
