"""What every part stands on: places, other programs, words on the terminal, tables."""
