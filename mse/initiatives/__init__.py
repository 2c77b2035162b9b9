"""Solutions that trainees build themselves: who carries them, what became of them."""
