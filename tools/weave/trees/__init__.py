"""The code at each stage: guards read, clean trees written, symbols found, differences made."""
