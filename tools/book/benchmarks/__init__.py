"""What things cost: our loops beside Go's and C's, and what pages cost a reader."""
