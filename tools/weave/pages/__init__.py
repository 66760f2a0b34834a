"""A chapter's page: what stands on it, what it shows of the code, what its commands print."""
