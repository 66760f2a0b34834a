"""What every part stands on: places, other programs, words on the terminal, digests, locks, tables."""
