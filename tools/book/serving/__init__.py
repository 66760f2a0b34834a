"""The pages on a local address."""
