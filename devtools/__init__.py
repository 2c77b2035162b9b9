"""Code shared by the tests, the bench and the proofs of reliability (preuves)."""
