"""The C++ of a stage: its clean tree, configured and compiled."""
